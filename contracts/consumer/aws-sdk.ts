/** Loads the AWS SDK client. Only users who write the contract or measure drift install it. */

import { needPackages } from '../../system/packages.ts';

const NAME = '@aws-sdk/client-connect';

/** @throws UnavailableError if the client is not installed. */
export function loadSdk(): typeof import('@aws-sdk/client-connect') {
  needPackages('the contract', [NAME]);
  return require(NAME);
}
