/** Loads AWS SDK clients. Only users who write a contract or measure drift install them. */

import { needPackages } from '../../system/packages.ts';

/** The client package of a service, and its exports that depend on the service's name. */
export interface SdkClient {
  readonly packageName: string;
  readonly client: string;
  readonly exception: string;
  /** The service's name in the environment variable of its endpoint, AWS_ENDPOINT_URL_…. */
  readonly variable: string;
}

export const CONNECT_CLIENT: SdkClient = {
  packageName: '@aws-sdk/client-connect',
  client: 'ConnectClient',
  exception: 'ConnectServiceException',
  variable: 'CONNECT',
};

export const CAMPAIGNS_CLIENT: SdkClient = {
  packageName: '@aws-sdk/client-connectcampaigns',
  client: 'ConnectCampaignsClient',
  exception: 'ConnectCampaignsServiceException',
  variable: 'CONNECTCAMPAIGNS',
};

export const CAMPAIGNS_V2_CLIENT: SdkClient = {
  packageName: '@aws-sdk/client-connectcampaignsv2',
  client: 'ConnectCampaignsV2Client',
  exception: 'ConnectCampaignsV2ServiceException',
  variable: 'CONNECTCAMPAIGNSV2',
};

/**
 * The exports of a client, by name.
 *
 * @throws UnavailableError if the client is not installed.
 */
export function loadSdk({
  packageName,
}: Pick<SdkClient, 'packageName'>): Readonly<Record<string, unknown>> {
  needPackages('the contract', [packageName]);
  return require(packageName) as Readonly<Record<string, unknown>>;
}
