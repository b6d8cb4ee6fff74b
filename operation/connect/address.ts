/** Where the operation lives: method, path and the instance id in it. */

export const OPERATION = {
  name: 'BatchPutContact',
  service: 'connect',
  apiVersion: '2017-08-08',
  method: 'PUT',
  pathPrefix: '/contact/batch/',
  contentType: 'application/json',
} as const;

/** Percent-encodes all but RFC 3986 unreserved characters, as every AWS signer does. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path of a call for an instance id or ARN: one encoded segment after the prefix. */
export function pathOf(instanceId: string): string {
  return OPERATION.pathPrefix + uriEncode(instanceId);
}

/**
 * The `InstanceId` that a raw (still encoded) path names.
 *
 * @returns the decoded segment (`''` when it is empty), or null where the path is not this operation's.
 */
export function instanceIdIn(rawPath: string): string | null {
  if (!rawPath.startsWith(OPERATION.pathPrefix)) return null;
  const segment = rawPath.slice(OPERATION.pathPrefix.length);
  if (segment.includes('/')) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

const INSTANCE_ARN = /^arn:aws(?:-us-gov)?:connect:([a-z0-9-]+):(\d{12}):instance\/([^/]+)$/;

/**
 * The bare instance id behind an id or ARN, as this account and Region see it.
 *
 * @returns null for an ARN of another account or Region.
 */
export function bareInstanceId(idOrArn: string, account: string, region: string): string | null {
  const arn = INSTANCE_ARN.exec(idOrArn);
  if (!arn) return idOrArn;
  return arn[1] === region && arn[2] === account ? (arn[3] ?? null) : null;
}
