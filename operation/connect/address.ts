/** The path of BatchPutContact, for clients and the definition, and the ids and ARNs of instances. */

import { uriEncode } from '../aws/uri.ts';
import { CONNECT } from './service.ts';

export const OPERATION = {
  name: 'BatchPutContact',
  service: CONNECT.signingName,
  method: 'PUT',
  pathPrefix: '/contact/batch/',
  contentType: 'application/json',
} as const;

/** The path of a call for an instance id or ARN: one encoded segment after the prefix. */
export function pathOf(instanceId: string): string {
  return OPERATION.pathPrefix + uriEncode(instanceId);
}

const INSTANCE_ARN = /^arn:aws(?:-us-gov)?:connect:([a-z0-9-]+):(\d{12}):instance\/([^/]+)$/;

/**
 * The bare instance id of an id or ARN, for one account and Region.
 *
 * @returns null for an ARN of another account or Region.
 */
export function bareInstanceId(idOrArn: string, account: string, region: string): string | null {
  const arn = INSTANCE_ARN.exec(idOrArn);
  if (!arn) return idOrArn;
  return arn[1] === region && arn[2] === account ? (arn[3] ?? null) : null;
}
