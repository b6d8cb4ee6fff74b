/** k6/crypto: hashes, HMACs and random bytes by Node's own code. */

import {
  createHash,
  createHmac,
  createSecretKey,
  type Hash,
  type Hmac,
  hash,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { notSupported } from '../refusal.ts';
import { arrayBufferOf, bytesOf } from './bytes.ts';
import type { K6Module } from './module.ts';

/** k6's name -> OpenSSL's. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha512_224: 'sha512-224',
  sha512_256: 'sha512-256',
  ripemd160: 'ripemd160',
};

type Digest = string | ArrayBuffer;

export const cryptoModule: K6Module = {
  members: [...Object.keys(ALGORITHMS), 'createHash', 'createHMAC', 'hmac', 'randomBytes'],
  left: ['md4', 'Hasher'],
  make: () => ({
    ...Object.fromEntries(
      Object.entries(ALGORITHMS).map(([name, algorithm]) => [
        name,
        (input: unknown, encoding: string) => digest(algorithm, input, encoding),
      ]),
    ),
    createHash: (name: string) => new Hasher(createHash(algorithmOf(name))),
    createHMAC: (name: string, secret: unknown) => new Hasher(hmacOf(name, secret)),
    hmac: (name: string, secret: unknown, input: unknown, encoding: string): Digest => {
      const mac = hmacOf(name, secret);
      mac.update(typeof input === 'string' ? input : bytesOf(input, 'the input'));
      return encoding === 'hex' ? mac.digest('hex') : encoded(mac.digest(), encoding);
    },
    randomBytes: (size: number): ArrayBuffer => {
      if (!Number.isInteger(size) || size < 1)
        throw new Error('randomBytes() takes a size above 0');
      return randomFillSync(new Uint8Array(size)).buffer;
    },
  }),
};

class Hasher {
  readonly #hash: Hash | Hmac;
  /** Kept, for k6 lets a script take it in several encodings. */
  #digested: Buffer | null = null;

  constructor(hash: Hash | Hmac) {
    this.#hash = hash;
  }

  update(input: unknown): void {
    if (this.#digested) throw new Error(notSupported('update() after digest()'));
    this.#hash.update(typeof input === 'string' ? input : bytesOf(input, 'the input'));
  }

  digest(encoding: string): Digest {
    this.#digested ??= this.#hash.digest();
    return encoded(this.#digested, encoding);
  }
}

function digest(algorithm: string, input: unknown, encoding: string): Digest {
  const data = typeof input === 'string' ? input : bytesOf(input, 'the input');
  if (encoding === 'hex') return hash(algorithm, data, 'hex');
  return encoded(hash(algorithm, data, 'buffer'), encoding);
}

function encoded(bytes: Buffer, encoding: string): Digest {
  switch (encoding) {
    case 'hex':
    case 'base64':
      return bytes.toString(encoding);
    case 'base64url':
      return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    case 'base64rawurl':
      return bytes.toString('base64url');
    case 'binary':
      return arrayBufferOf(bytes);
    default:
      throw new Error(`invalid output encoding: ${String(encoding)}`);
  }
}

function algorithmOf(name: string): string {
  const algorithm = ALGORITHMS[name];
  if (algorithm !== undefined) return algorithm;
  throw new Error(name === 'md4' ? notSupported('md4') : `invalid algorithm: ${String(name)}`);
}

function hmacOf(name: string, secret: unknown): Hmac {
  const key = typeof secret === 'string' ? secret : keyOf(bytesOf(secret, 'the secret'));
  return createHmac(algorithmOf(name), key);
}

/**
 * Keys by content, for a key given as bytes costs eight times the HMAC itself on Node 24.
 * Content, not identity: a script may write into its buffer.
 */
const keys = new Map<string, KeyObject>();
const MAX_KEYS = 64;

function keyOf(secret: Uint8Array): KeyObject {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  const content = bytes.toString('latin1');
  let key = keys.get(content);
  if (!key) {
    key = createSecretKey(bytes);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(content, key);
  }
  return key;
}
