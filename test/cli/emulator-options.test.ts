/** The options of the endpoint's doors: TLS, keys, account and Region. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addKeyOptions, type KeyOptions, keysOf } from '../../cli/options/key-options.ts';
import { tlsPair } from '../../cli/options/tls-options.ts';
import { credentialsAmong } from '../../emulator/emulator.ts';
import { selfSigned } from '../../emulator/wire/self-signed.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

function read(...args: string[]): KeyOptions {
  const command = addKeyOptions(
    new Command().exitOverride().configureOutput({ writeErr: () => {} }),
  );
  command.parse(args, { from: 'user' });
  return command.opts<KeyOptions>();
}

describe('keys', () => {
  it('are those of the account, where none are given', () => {
    const keys = keysOf(read('--account', '999999999999'));
    const { principal, session, outsider, otherAccount } = credentialsAmong(keys);
    for (const { principalArn } of [principal, session ?? principal, outsider]) {
      expect(principalArn).toContain(':999999999999:');
    }
    expect(otherAccount?.account).toBe('210987654321');
    expect(credentialsAmong(keysOf(read('--account', '210987654321'))).otherAccount?.account).toBe(
      '123456789012',
    );
  });

  it('of one’s own take the place of the published service principals', () => {
    const given = ['--access-key', 'AKIAMYOWNKEY12345', '--secret-key', 'my/secret'];
    const keys = keysOf(read(...given));
    expect(
      keys.filter(({ servicePrincipal, expiresAt }) => servicePrincipal && !expiresAt),
    ).toEqual([
      expect.objectContaining({ accessKeyId: 'AKIAMYOWNKEY12345', secretAccessKey: 'my/secret' }),
    ]);
    const withToken = credentialsAmong(keysOf(read(...given, '--session-token', 'token')));
    expect(withToken.principal).toMatchObject({ sessionToken: 'token' });
    expect(withToken.session).toBe(withToken.principal);
  });

  it('refuse a key without its secret', () => {
    expect(() => keysOf(read('--access-key', 'AKIAMYOWNKEY12345'))).toThrow(
      '--access-key needs --secret-key, or DIALPROOF_SECRET_KEY in the environment',
    );
  });

  it.each([
    [['--account', '1234'], /twelve digits/],
    [['--region', 'Frankfurt'], /name of a Region/],
    [['--access-key', 'has blank in it..'], /16 to 128 letters/],
  ])('refuse %j', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });
});

describe('TLS', () => {
  const [one, other] = [selfSigned(['a'], Date.now()), selfSigned(['a'], Date.now())];
  const file = (name: string, text: string) => {
    const path = join(dir, name);
    writeFileSync(path, text);
    return path;
  };
  const cert = file('cert.pem', one.cert);
  const key = file('key.pem', one.key);

  it('is off by default, takes a pair, and makes one', () => {
    expect(tlsPair({}, '127.0.0.1')).toBeNull();
    expect(tlsPair({ tlsCert: cert, tlsKey: key }, '127.0.0.1')).toEqual(one);
    expect(tlsPair({ tls: true }, '[::1]')?.cert).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });

  it.each([
    [{ tlsCert: cert }, /belong together/],
    [{ tls: true, tlsCert: cert, tlsKey: key }, /leave it out with --tls-cert/],
    [{ tlsCert: join(dir, 'none'), tlsKey: key }, /cannot read .*none \(ENOENT\)/],
    [{ tlsCert: key, tlsKey: key }, /key\.pem is not a certificate in PEM/],
    [{ tlsCert: cert, tlsKey: cert }, /cert\.pem is not a private key without a passphrase in PEM/],
    [{ tlsCert: cert, tlsKey: file('other.pem', other.key) }, /is not the key of the certificate/],
  ])('refuses %j', (options, sentence) => {
    expect(() => tlsPair(options, '127.0.0.1')).toThrow(sentence);
  });
});
