/** What the machine may lack for the commands of the pages. Each is looked for by the file of tests that needs it. */

import { can } from '../clients/program.ts';

/** What is missing, or false. */
export type Lacking = () => string | false;

export const lacksBoto3: Lacking = () =>
  !(require('../clients/boto3.ts') as typeof import('../clients/boto3.ts')).HAS_BOTO3 &&
  'no python3 with a boto3 that has BatchPutContact';

export const lacksCli: Lacking = () =>
  !(require('../clients/aws-cli.ts') as typeof import('../clients/aws-cli.ts')).HAS_CLI &&
  'no aws command that has BatchPutContact';

export const lacksKubectl: Lacking = () => !can('kubectl', ['kustomize', '--help']) && 'no kubectl';
