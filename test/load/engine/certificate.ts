/** A certificate for localhost, signed by itself. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../../support/temp-dir.ts';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export function selfSigned(): { readonly key: string; readonly cert: string } {
  const folder = tempDir();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost'];
  const made = spawnSync('openssl', [...request, '-days', '1', '-keyout', key, '-out', cert]);
  if (made.status !== 0) throw new Error(`openssl: ${String(made.stderr)}`);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
