/** Runs the script named by the argument and sends the result to the parent. */

import { runK6Script } from '../../../load/engine/engine.ts';

void runK6Script({ script: process.argv[2] ?? '' })
  .then(
    (result) => ({ ...result, residentMb: process.memoryUsage.rss() / 2 ** 20 }),
    (error: Error) => ({ refused: error.message }),
  )
  .then((told) => {
    process.send?.(told);
    process.disconnect?.();
  });
