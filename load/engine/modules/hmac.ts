/**
 * HMAC (RFC 2104), computed from one-shot hashes.
 *
 * Node's own Hmac object costs more to make than the hashes of a short text, and with a key given as
 * bytes eight times that (Node 24).
 */

import { type BinaryToTextEncoding, createHash, type Hash, hash } from 'node:crypto';

/** OpenSSL's hashes whose input blocks are not of 64 bytes. */
const LONG_BLOCKS: readonly string[] = ['sha384', 'sha512', 'sha512-224', 'sha512-256'];

/** A key in the two forms that are hashed: before the input, and before the digest of that. */
export class HmacKey {
  readonly #algorithm: string;
  readonly #block: number;
  readonly #inner: Buffer;
  /** With room for a digest behind the key. */
  readonly #outer: Buffer;

  /** @param algorithm OpenSSL's name of the hash. */
  constructor(algorithm: string, secret: Uint8Array) {
    const digestBytes = hash(algorithm, '', 'buffer').length;
    this.#algorithm = algorithm;
    this.#block = LONG_BLOCKS.includes(algorithm) ? 128 : 64;
    const key = secret.length > this.#block ? hash(algorithm, secret, 'buffer') : secret;
    this.#inner = Buffer.alloc(this.#block);
    this.#outer = Buffer.alloc(this.#block + digestBytes);
    for (let i = 0; i < this.#block; i += 1) {
      this.#inner[i] = 0x36 ^ (key[i] ?? 0);
      this.#outer[i] = 0x5c ^ (key[i] ?? 0);
    }
  }

  /** The MAC of a text (as UTF-8) or of bytes. */
  digest(input: string | Uint8Array, encoding: BinaryToTextEncoding): string {
    const block = this.#block;
    const keyed = Buffer.allocUnsafe(block + Buffer.byteLength(input));
    this.#inner.copy(keyed);
    if (typeof input === 'string') keyed.write(input, block);
    else keyed.set(input, block);
    // binary (latin1) is the one form of a digest that is neither longer nor an object.
    return this.#finish(hash(this.#algorithm, keyed, 'binary'), encoding);
  }

  /** A hash that takes the input piece by piece, for end(). */
  begin(): Hash {
    return createHash(this.#algorithm).update(this.#inner);
  }

  /** @param inner what begin() gave, with the input in it; it cannot take more. */
  end(inner: Hash, encoding: BinaryToTextEncoding): string {
    return this.#finish(inner.digest('binary'), encoding);
  }

  #finish(inner: string, encoding: BinaryToTextEncoding): string {
    this.#outer.write(inner, this.#block, 'binary');
    return hash(this.#algorithm, this.#outer, encoding);
  }
}
