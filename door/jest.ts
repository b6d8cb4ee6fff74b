/** `dialproof/jest`: the matchers, for `expect.extend(matchers)`. */

import type {} from 'expect';
import type { DialproofMatchers } from './matchers.ts';

export { type DialproofMatchers, matchers } from './matchers.ts';

declare global {
  namespace jest {
    interface Matchers<R, T> extends DialproofMatchers<R> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends DialproofMatchers<R> {}
}
