/** `dialproof/vitest` for those who require it: vitest itself, and so its types, can only be imported. */

export { type DialproofMatchers, matchers } from './matchers.ts';
