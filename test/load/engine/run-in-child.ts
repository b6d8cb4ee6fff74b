/** Runs the script named by the argument and sends the result to the parent. */

import { runScript } from '../../../load/engine/engine.ts';

void runScript({ script: process.argv[2] ?? '' }).then((result) => {
  process.send?.(result);
  process.disconnect?.();
});
