/** Options that make the endpoint speak HTTPS: a pair of one's own, or a self-signed one. */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { selfSigned, type TlsPair } from '../../emulator/wire/self-signed.ts';
import { UserError } from '../../system/errors.ts';

export interface TlsOptions {
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

export function addTlsOptions(command: Command): Command {
  return command
    .option('--tls', 'speak HTTPS with a self-signed certificate, made now and printed')
    .option('--tls-cert <file>', 'speak HTTPS with this certificate (PEM, with its chain)')
    .option('--tls-key <file>', 'private key of --tls-cert (PEM, not encrypted)');
}

/**
 * @param host at which the endpoint listens.
 * @returns null for plain HTTP.
 * @throws UserError for options that do not go together, and for files that are no pair.
 */
export function tlsPair({ tls, tlsCert, tlsKey }: TlsOptions, host: string): TlsPair | null {
  if (tlsCert === undefined && tlsKey === undefined) {
    if (!tls) return null;
    const own = ['localhost', '127.0.0.1', '::1', host.replace(/^\[(.*)\]$/, '$1')];
    return selfSigned(own, Date.now());
  }
  if (tls) throw new UserError('--tls makes a certificate: leave it out with --tls-cert');
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new UserError('--tls-cert and --tls-key belong together: give both');
  }
  const pair = { cert: read(tlsCert), key: read(tlsKey) };
  const certificate = parsed(tlsCert, 'a certificate', () => new X509Certificate(pair.cert));
  const key = parsed(tlsKey, 'a private key without a passphrase', () =>
    createPrivateKey(pair.key),
  );
  if (!certificate.checkPrivateKey(key)) {
    throw new UserError(`${tlsKey} is not the key of the certificate in ${tlsCert}`);
  }
  return pair;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code}): give a file in PEM`);
  }
}

function parsed<T>(file: string, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UserError(`${file} is not ${what} in PEM (${(error as Error).message})`);
  }
}
