import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, makeOutFolder } from '../../system/make-folder.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

it('makes a folder with those above it, and leaves one that is there', async () => {
  const path = join(dir, 'a', 'b', 'c');
  await makeFolder(path);
  writeFileSync(join(path, 'kept'), '');
  await makeFolder(path);
  expect(existsSync(join(path, 'kept'))).toBe(true);
});

it('can be done by several at once', async () => {
  const path = join(dir, 'several', 'deep', 'er');
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(path)]);
  expect(statSync(path).isDirectory()).toBe(true);
});

it('says where a file is in the way', async () => {
  const file = join(dir, 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeOutFolder(join(file, 'below'))).rejects.toThrow(
    `cannot write to ${join(file, 'below')} (ENOTDIR): choose another folder with --out`,
  );
});

(process.platform === 'linux' ? it : it.skip)('ends where nobody can make one', async () => {
  await expect(makeFolder('/proc/dialproof/deep')).rejects.toMatchObject({ code: 'ENOENT' });
});
