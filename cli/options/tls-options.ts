/** Options that make the endpoint speak HTTPS: a pair of one's own, or a self-signed one. */

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { TlsPair } from '../../emulator/wire/self-signed.ts';
import { checkPair, pairFor } from '../../emulator/wire/tls-pair.ts';
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
    return pairFor(host);
  }
  if (tls) throw new UserError('--tls makes a certificate: leave it out with --tls-cert');
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new UserError('--tls-cert and --tls-key belong together: give both');
  }
  return checkPair({ cert: read(tlsCert), key: read(tlsKey) }, { cert: tlsCert, key: tlsKey });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code}): give a file in PEM`);
  }
}
