/** k6/crypto: hashes, HMACs and random bytes by Node's own code. */

import {
  type BinaryToTextEncoding,
  createHash,
  type Hash,
  hash,
  randomFillSync,
} from 'node:crypto';
import { arrayBufferOf, bytesOf } from '../read/bytes.ts';
import { notSupported } from '../read/refusal.ts';
import { HmacKey } from './hmac.ts';
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
    createHMAC: (name: string, secret: unknown) => {
      const key = keyOf(algorithmOf(name), bytesOf(secret, 'the secret'));
      return new Hasher(key.begin(), (inner, form) => key.end(inner, form));
    },
    hmac: (name: string, secret: unknown, input: unknown, encoding: string): Digest => {
      const key = keyOf(algorithmOf(name), bytesOf(secret, 'the secret'));
      const data = inputOf(input);
      return encoded(encoding, (form) => key.digest(data, form));
    },
    randomBytes: (size: number): ArrayBuffer => {
      if (!Number.isInteger(size) || size < 1)
        throw new Error('randomBytes() takes a size above 0');
      return randomFillSync(new Uint8Array(size)).buffer;
    },
  }),
};

type End = (hash: Hash, form: BinaryToTextEncoding) => string;

/** As in k6 a digest is that of the input so far: more may follow. */
class Hasher {
  readonly #hash: Hash;
  readonly #end: End;

  constructor(hash: Hash, end: End = (whole, form) => whole.digest(form)) {
    this.#hash = hash;
    this.#end = end;
  }

  update(input: unknown): void {
    this.#hash.update(inputOf(input));
  }

  digest(encoding: string): Digest {
    return encoded(encoding, (form) => this.#end(this.#hash.copy(), form));
  }
}

function digest(algorithm: string, input: unknown, encoding: string): Digest {
  const data = inputOf(input);
  return encoded(encoding, (form) => hash(algorithm, data, form));
}

function inputOf(input: unknown): string | Uint8Array {
  return typeof input === 'string' ? input : bytesOf(input, 'the input');
}

/** @param digestIn gives the digest as text: as bytes it would cost more than the hash of a short one. */
function encoded(encoding: string, digestIn: (form: BinaryToTextEncoding) => string): Digest {
  switch (encoding) {
    case 'hex':
    case 'base64':
      return digestIn(encoding);
    case 'base64url':
      return digestIn('base64').replaceAll('+', '-').replaceAll('/', '_');
    case 'base64rawurl':
      return digestIn('base64url');
    case 'binary':
      return arrayBufferOf(Buffer.from(digestIn('binary'), 'binary'));
    default:
      throw new Error(`invalid output encoding: ${String(encoding)}`);
  }
}

function algorithmOf(name: string): string {
  const algorithm = ALGORITHMS[name];
  if (algorithm !== undefined) return algorithm;
  throw new Error(name === 'md4' ? notSupported('md4') : `invalid algorithm: ${String(name)}`);
}

/** Keys by content, not identity: a script may write into its buffer. */
const keys = new Map<string, HmacKey>();
const MAX_KEYS = 64;

function keyOf(algorithm: string, secret: Uint8Array): HmacKey {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  const content = `${algorithm}:${bytes.toString('latin1')}`;
  let key = keys.get(content);
  if (!key) {
    key = new HmacKey(algorithm, bytes);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(content, key);
  }
  return key;
}
