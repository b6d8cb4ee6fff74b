/** Loads the AWS SDK client, which only those who write the contract or measure drift install. */

import { needPackages } from '../../system/packages.ts';

const NAME = '@aws-sdk/client-connect';

/** @throws UnavailableError where it is not installed. */
export function loadSdk(): typeof import('@aws-sdk/client-connect') {
  needPackages('the contract', [NAME]);
  return require(NAME);
}
