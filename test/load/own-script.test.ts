/** Whether a script of one's own has a profile is found out without asking whether k6 could run it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownScript } from '../../load/run/run-script.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

const DEFAULT = 'export default function () {}';

test.each([
  ['top-level await', `await null; ${DEFAULT}`],
  ['import.meta.resolve', `export const t = import.meta.resolve('./own.js'); ${DEFAULT}`],
  ['import() of a file', `export const lib = await import('./lib.js'); ${DEFAULT}`],
  ['BigInt', `export const big = 2n ** 64n; ${DEFAULT}`],
  [
    'a module that the embedded engine leaves out',
    `import { browser } from 'k6/browser'; browser; ${DEFAULT}`,
  ],
])('a plain script with %s', async (_, text) => {
  const script = join(dir, 'own.js');
  writeFileSync(script, text);
  writeFileSync(join(dir, 'lib.js'), 'export const x = 1;');
  expect(await ownScript(script)).toMatchObject({ plain: true, name: 'own' });
});

test.each([
  ['of the docs', join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts')],
  ['that reads a value by itself', join(dir, 'reads.js')],
])('a script %s has a profile', async (_, script) => {
  writeFileSync(join(dir, 'reads.js'), `export const n = __ENV.DIALPROOF_SET_PAGES; ${DEFAULT}`);
  expect(await ownScript(script)).toMatchObject({ plain: false });
});

test('a script that is none is refused with its place', async () => {
  const script = join(dir, 'none.js');
  writeFileSync(script, 'const = 1;');
  await expect(ownScript(script)).rejects.toThrow(/none\.js:1:7: Expected identifier/);
});
