/** The services whose definitions are compared, each with its published models. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extract } from '../../models/model.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { CONNECT } from '../../operation/connect/service.ts';
import { MODEL as CAMPAIGNS } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as CAMPAIGNS_V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import { OPERATIONS } from '../../operation/operations.ts';
import { PACKAGE_ROOT, versionOf } from '../../system/package.ts';
import { isInstalled } from '../../system/packages.ts';
import { botocoreSource } from './botocore.ts';
import type { Source } from './model.ts';
import type { Sdk } from './sdk.ts';

export interface ComparedService {
  /** The name of its extract in models/extracts. */
  readonly extract: string;
  /** The client package of the AWS SDK. */
  readonly client: string;
  readonly operations: readonly ModelledOperation[];
  /** Members of an answer of which the definition has only a part, by the operation's name. */
  readonly partly: Readonly<Record<string, string>>;
}

export const SERVICES: readonly ComparedService[] = [
  {
    extract: 'connect',
    client: '@aws-sdk/client-connect',
    operations: OPERATIONS.filter(({ service }) => service === CONNECT),
    partly: { DescribeContact: 'Contact', SearchContacts: 'Contacts[]' },
  },
  {
    extract: 'connect-campaigns',
    client: '@aws-sdk/client-connectcampaigns',
    operations: Object.values(CAMPAIGNS),
    partly: {},
  },
  {
    extract: 'connect-campaigns-v2',
    client: '@aws-sdk/client-connectcampaignsv2',
    operations: Object.values(CAMPAIGNS_V2),
    partly: {},
  },
];

/** The part of the published model from which the definition was written. */
export function extractSource({ extract }: ComparedService): Source {
  const file = join(PACKAGE_ROOT, 'models', 'extracts', `${extract}.json`);
  return sourceOfExtract(JSON.parse(readFileSync(file, 'utf8')));
}

export function sourceOfExtract(json: unknown): Source {
  const { source } = json as Extract;
  const read = botocoreSource(json, `${source.package} ${source.version}`);
  if (!read) throw new Error('an extract is not a botocore model');
  return read;
}

/** The client package of the service, as it is installed; null if it is not. */
export function installedSdk({ client }: ComparedService): Sdk | null {
  if (!isInstalled(client)) return null;
  return { name: client, version: versionOf(client), exports: { ...require(client) } };
}
