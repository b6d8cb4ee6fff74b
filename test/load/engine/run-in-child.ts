/** Runs the script named by the argument and sends the result to the parent. */

import { runK6Script } from '../../../load/engine/engine.ts';

void runK6Script({ script: process.argv[2] ?? '' }).then((result) => {
  process.send?.(result);
  process.disconnect?.();
});
