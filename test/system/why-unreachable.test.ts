/** A request that got no answer is told by its cause. */

import { whyUnreachable } from '../../system/why-unreachable.ts';

test('the cause of what fetch throws is told', async () => {
  const failed = fetch('http://127.0.0.1:9').catch((error: unknown) => error);
  // fetch refuses the port itself.
  expect(whyUnreachable(await failed)).toBe('bad port');
  expect(whyUnreachable(new Error('failed', { cause: { code: 'ECONNREFUSED' } }))).toBe(
    'ECONNREFUSED',
  );
  expect(whyUnreachable(new DOMException('x', 'TimeoutError'))).toBe('no answer in time');
  expect(whyUnreachable(new Error('other'))).toBe('other');
});
