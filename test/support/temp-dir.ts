/** Temporary folders of tests, gone when the tests of a file are done. */

import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';

const made: string[] = [];

// jest loads this module once for each file of tests, and so takes the hook for that file.
afterAll(() => {
  for (const folder of made.splice(0)) removeTemporaryFolder(folder);
});

export function tempDir(): string {
  const folder = makeTemporaryFolder('test');
  made.push(folder);
  return folder;
}
