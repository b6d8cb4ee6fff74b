/** jest's global teardown: the folder that the files of a run share is gone. */

import { rmSync } from 'node:fs';

export default function teardown(): void {
  const folder = process.env.DIALPROOF_TEST_RUN;
  if (folder) rmSync(folder, { recursive: true, force: true });
}
