/** The certificate and key of an endpoint that speaks HTTPS: made now, or of one's own. */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { UserError } from '../../system/errors.ts';
import { bareHost } from '../../system/loopback.ts';
import { selfSigned, type TlsPair } from './self-signed.ts';

/** Makes a pair for the names of this machine. @param host at which the endpoint listens. */
export function pairFor(host: string): TlsPair {
  return selfSigned(['localhost', '127.0.0.1', '::1', bareHost(host)], Date.now());
}

/**
 * @param named what each part is called in an error: a file, or an option.
 * @throws UserError for texts that are no PEM, and for a key of another certificate.
 */
export function checkPair({ cert, key }: TlsPair, named: TlsPair): TlsPair {
  const certificate = parsed(named.cert, 'a certificate', () => new X509Certificate(cert));
  const secret = parsed(named.key, 'a private key without a passphrase', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(secret)) {
    throw new UserError(`${named.key} is not the key of the certificate in ${named.cert}`);
  }
  return { cert, key };
}

function parsed<T>(name: string, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UserError(`${name} is not ${what} in PEM (${(error as Error).message})`);
  }
}
