import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';

it('is there, with what is put into it, until it is removed', () => {
  const before = process.listenerCount('exit');
  const [one, other] = [makeTemporaryFolder('one'), makeTemporaryFolder('other')];
  expect(dirname(one)).toBe(tmpdir());
  writeFileSync(join(one, 'file'), '');
  removeTemporaryFolder(one);
  expect([existsSync(one), existsSync(other)]).toEqual([false, true]);
  // One watch for all of them, until the last is gone.
  expect(process.listenerCount('exit')).toBe(before + 1);
  removeTemporaryFolder(other);
  removeTemporaryFolder(other);
  expect(process.listenerCount('exit')).toBe(before);
});
