/** Reads the Authorization header into its parts, or says what is missing in texts seen on AWS services. */

import { ALGORITHM } from '../../operation/aws/sigv4.ts';

export interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** As sent; lower-case hex when it is a real one. */
  readonly signature: string;
}

export type ReadAuthorization =
  | { readonly ok: true; readonly authorization: Authorization }
  | {
      readonly ok: false;
      readonly refusal: 'MissingAuthenticationTokenException' | 'IncompleteSignatureException';
      readonly message: string;
    };

const PARAMETERS = ['Credential', 'Signature', 'SignedHeaders'] as const;

/**
 * Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
 *
 * @param header undefined or blank if the request has no such header; a query-signed request counts as unsigned
 *   (assumed: no SDK presigns this operation).
 * @param dated whether the request has an X-Amz-Date or a Date header.
 */
export function readAuthorization(header: string | undefined, dated: boolean): ReadAuthorization {
  const text = header?.trim() ?? '';
  const cut = text.indexOf(' ');
  const algorithm = cut < 0 ? text : text.slice(0, cut);
  if (!algorithm.startsWith('AWS4-')) {
    return {
      ok: false,
      refusal: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    };
  }
  if (algorithm !== ALGORITHM) return incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);

  const parameters = new Map<string, string>();
  // A blank ends a part as a comma does, so that a key with a blank in it is refused as AWS refuses it.
  const parts = cut < 0 ? [] : text.slice(cut + 1).split(',');
  for (const pair of parts.flatMap((part) => part.trim().split(/\s+/))) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      return incomplete(
        `'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header: '${text}'.`,
      );
    }
    const name = pair.slice(0, equals);
    if (parameters.has(name)) {
      return incomplete(`Authorization header has the '${name}' parameter more than once.`);
    }
    parameters.set(name, pair.slice(equals + 1));
  }

  const missing = PARAMETERS.filter((name) => !parameters.get(name)).map(
    (name) => `Authorization header requires '${name}' parameter.`,
  );
  if (!dated) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  if (missing.length > 0) return incomplete(`${missing.join(' ')} Authorization=${text}`);

  const credential = parameters.get('Credential') as string;
  const [accessKeyId, date, region, service, terminator, ...more] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || !terminator || more.length > 0) {
    return incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const signedHeaders = (parameters.get('SignedHeaders') as string).toLowerCase().split(';').sort();
  return {
    ok: true,
    authorization: {
      accessKeyId,
      date,
      region,
      service,
      terminator,
      signedHeaders,
      signature: parameters.get('Signature') as string,
    },
  };
}

function incomplete(message: string): ReadAuthorization {
  return { ok: false, refusal: 'IncompleteSignatureException', message };
}
