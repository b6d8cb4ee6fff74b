/** `dialproof/vitest` for CommonJS. It has no types of vitest, because vitest can only be imported. */

export { type DialproofMatchers, matchers } from './matchers.ts';
