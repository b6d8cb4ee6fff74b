import { can } from './program.ts';

/** Whether there is an AWS CLI that has BatchPutContact. */
export const HAS_CLI = can('aws', ['connect', 'batch-put-contact', '--generate-cli-skeleton']);
