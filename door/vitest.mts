/** `dialproof/vitest`: the matchers, for `expect.extend(matchers)`. A module of its own, for vitest is one too. */

import type {} from 'vitest';
import type { DialproofMatchers } from './matchers.ts';

export { type DialproofMatchers, matchers } from './matchers.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends DialproofMatchers<R> {}
}
