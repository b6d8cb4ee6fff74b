/** Hashes, HMACs and base64, said out loud. */

import crypto, { type Hasher } from 'k6/crypto';
import encoding from 'k6/encoding';

const input = 'grüße';
const secret = new Uint8Array([0, 200, 7]);
const algorithms = [
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'sha512_224',
  'sha512_256',
  'ripemd160',
] as const;
const encodings = ['hex', 'base64', 'base64url', 'base64rawurl'] as const;

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A digest does not end it. */
function more(hasher: Hasher): string[] {
  hasher.update('v');
  const first = hasher.digest('hex');
  hasher.update('w');
  return [first, hasher.digest('hex')];
}

export default function () {
  const hasher = crypto.createHash('sha256');
  hasher.update('grü');
  hasher.update('ße');
  const mac = crypto.createHMAC('sha256', 'text key');
  mac.update(new TextEncoder().encode(input).buffer as ArrayBuffer);
  secret[0] = 1;
  const changed = crypto.hmac('sha256', secret.buffer, input, 'hex');
  secret[0] = 0;
  console.log(
    JSON.stringify({
      hashes: algorithms.map((name) => crypto[name](input, 'hex')),
      macs: algorithms.map((name) => crypto.hmac(name, secret.buffer, input, 'hex')),
      changed,
      encodings: encodings.map((name) => crypto.sha256('q', name)),
      binary: hex(crypto.sha256(new Uint8Array([1, 2]).buffer, 'binary')),
      macBinary: hex(crypto.hmac('sha256', 'k', 'v', 'binary')),
      further: [...more(crypto.createHash('sha256')), ...more(crypto.createHMAC('sha256', 'k'))],
      streamed: [hasher.digest('hex'), hasher.digest('base64')],
      streamedMac: mac.digest('hex'),
      random: crypto.randomBytes(16).byteLength,
      base64: (['std', 'rawstd', 'url', 'rawurl'] as const).map((variant) => {
        const encoded = encoding.b64encode(new Uint8Array([251, 255, 190, 1]).buffer, variant);
        return [encoded, hex(encoding.b64decode(encoded, variant))];
      }),
      lines: encoding.b64decode('Z3L\r\nDvMOf\nZQ==\n', 'std', 's'),
      decoded: encoding.b64decode(encoding.b64encode(input), 'std', 's'),
    }),
  );
}
