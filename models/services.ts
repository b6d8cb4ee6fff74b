/** The services of which the repository has an extract. */

export interface ExtractedService {
  /** The name of the extract's file, and the folder of the service's tables in operation/. */
  readonly name: string;
  /** The folder below `botocore/data` that has the service-2.json. */
  readonly folder: string;
  /** The operations of the extract; absent for all of the service. */
  readonly operations?: readonly string[];
  /** Whether the tables of the definition are written from the extract, not by hand. */
  readonly tables: boolean;
}

export const SERVICES: readonly ExtractedService[] = [
  {
    name: 'connect',
    folder: 'connect/2017-08-08',
    operations: [
      'BatchPutContact',
      'DescribeContact',
      'GetContactAttributes',
      'SearchContacts',
      'StopContact',
      'UpdateContactAttributes',
    ],
    tables: false,
  },
  { name: 'connect-campaigns', folder: 'connectcampaigns/2021-01-30', tables: true },
  { name: 'connect-campaigns-v2', folder: 'connectcampaignsv2/2024-04-23', tables: true },
];
