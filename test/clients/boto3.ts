import { can } from './program.ts';

/** Whether there is a python3 with a boto3 that has the operation. */
export const HAS_BOTO3 = can('python3', [
  '-c',
  'import boto3; boto3.client("connect", region_name="us-east-1").batch_put_contact',
]);
