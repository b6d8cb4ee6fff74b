/** k6/timers: the timers that are in the global scope too. */

import type { K6Module } from './module.ts';

export const timersModule: K6Module = {
  members: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  left: [],
  make: (vu) => ({ ...vu.timers }),
};
