/** Reads the TLS options of a script: client certificates by domain, and versions. */

import type { SecureVersion, TLSSocket } from 'node:tls';
import type { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import type { TlsState } from './exchange.ts';

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly passphrase: string | null;
  /** Hosts that get the certificate, also as `*.domain`; null for all hosts. */
  readonly domains: readonly string[] | null;
}

export interface TlsPlan {
  readonly certificates: readonly ClientCertificate[];
  readonly minVersion: SecureVersion | null;
  readonly maxVersion: SecureVersion | null;
}

/** Node's default. */
export const DEFAULT_TLS: TlsPlan = { certificates: [], minVersion: null, maxVersion: null };

/** k6's names of the versions. They are the values of its TLS_ constants. */
export const TLS_VERSIONS: Readonly<Record<string, SecureVersion>> = {
  'tls1.0': 'TLSv1',
  'tls1.1': 'TLSv1.1',
  'tls1.2': 'TLSv1.2',
  'tls1.3': 'TLSv1.3',
};

/** The version and cipher suite that a connection uses. */
export function tlsStateOf(socket: TLSSocket): TlsState {
  const spoken = socket.getProtocol();
  const [version = ''] = Object.entries(TLS_VERSIONS).find(([, one]) => one === spoken) ?? [];
  return { version, cipherSuite: socket.getCipher().standardName };
}

/** Reads `tlsAuth` and `tlsVersion` of the options. @throws ScriptRefused naming what is wrong. */
export function readTls(fields: Fields): TlsPlan {
  const certificates = fields.has('tlsAuth') ? fields.list('tlsAuth').map(readCertificate) : [];
  const version = fields.raw('tlsVersion');
  const both = typeof version === 'object' ? (version as { min?: unknown; max?: unknown }) : null;
  return {
    certificates,
    minVersion: readVersion(both ? both.min : version),
    maxVersion: readVersion(both ? both.max : version),
  };
}

function readCertificate(fields: Fields): ClientCertificate {
  const certificate = {
    cert: fields.text('cert', ''),
    key: fields.text('key', ''),
    passphrase: fields.has('password') ? fields.text('password', '') : null,
    domains: fields.has('domains') ? fields.texts('domains', []) : null,
  };
  fields.finish();
  if (certificate.cert === '' || certificate.key === '') {
    throw new ScriptRefused(`${fields.where} must have cert and key, each a text in PEM`);
  }
  return certificate;
}

function readVersion(value: unknown): SecureVersion | null {
  if (value === undefined || value === null) return null;
  const version = typeof value === 'string' ? TLS_VERSIONS[value] : undefined;
  if (version) return version;
  throw new ScriptRefused(
    `tlsVersion of options has ${JSON.stringify(value)}: ${Object.keys(TLS_VERSIONS).join(', ')} exist`,
  );
}

/** The first certificate whose domains include the host. */
export function certificateFor(
  { certificates }: TlsPlan,
  hostname: string,
): ClientCertificate | null {
  return (
    certificates.find(({ domains }) => domains?.some((one) => covers(one, hostname)) ?? true) ??
    null
  );
}

function covers(domain: string, hostname: string): boolean {
  return domain.startsWith('*.') ? hostname.endsWith(domain.slice(1)) : domain === hostname;
}
