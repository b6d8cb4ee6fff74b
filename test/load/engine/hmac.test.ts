import { createHmac } from 'node:crypto';
import { HmacKey } from '../../../load/engine/modules/hmac.ts';
import { HASH_NAMES } from './hash-names.ts';

describe.each(HASH_NAMES)('%s', (algorithm) => {
  test.each([0, 1, 63, 64, 65, 127, 128, 129, 300])('a key of %d bytes', (length) => {
    const secret = Buffer.from(Array.from({ length }, (_, i) => (i * 37 + 5) % 256));
    const key = new HmacKey(algorithm, secret);
    // A shorter input after a longer one: nothing of the one before is left.
    for (const input of ['ein langer Text, grüße', '', new Uint8Array([0, 255, 128]), 'v']) {
      const expected = createHmac(algorithm, secret).update(input);
      expect(key.digest(input, 'base64')).toBe(expected.digest('base64'));
    }
  });
});
