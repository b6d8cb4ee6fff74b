import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';

/** A checkout with one source file. */
function checkout() {
  const root = tempDir();
  mkdirSync(join(root, 'system'));
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['@swc', 'ts-node', 'typescript']) {
    symlinkSync(join(PACKAGE_ROOT, 'node_modules', name), join(root, 'node_modules', name));
  }
  cpSync(join(PACKAGE_ROOT, 'tsconfig.json'), join(root, 'tsconfig.json'));
  const preload = join(root, 'system', 'typescript.js');
  cpSync(join(PACKAGE_ROOT, 'system', 'typescript.js'), preload);
  const main = join(root, 'main.ts');
  return {
    cache: join(root, 'node_modules', '.cache', 'dialproof'),
    write: (source: string) => writeFileSync(main, source),
    run: () => spawnSync(process.execPath, ['-r', preload, main], { encoding: 'utf8' }),
  };
}

it('compiles once, and again when the source has changed', () => {
  const { cache, write, run } = checkout();
  write(`const said: string = 'one';\nconsole.log(said);\n`);
  expect(run().stdout).toBe('one\n');
  const kept = join(cache, 'main.ts.js');
  const first = readFileSync(kept, 'utf8');
  expect(readdirSync(cache).filter((name) => name.startsWith('main.ts'))).toEqual([
    'main.ts.js',
    'main.ts.js.map',
  ]);

  // What is kept is what runs: the source is not compiled a second time.
  writeFileSync(kept, first.replace("'one'", "'kept'"));
  expect(run().stdout).toBe('kept\n');

  write(`const said: string = 'two';\nconsole.log(said);\n`);
  expect(run().stdout).toBe('two\n');
  expect(readFileSync(kept, 'utf8')).not.toBe(first);
});

it('names lines of the source in a stack', () => {
  const { write, run } = checkout();
  write(`interface Erased {\n  a: string;\n}\n\nthrow new Error('here');\n`);
  for (const _ of ['compiled', 'kept']) expect(run().stderr).toContain('main.ts:5:7');
});

it('runs where it cannot write', () => {
  const { cache, write, run } = checkout();
  mkdirSync(join(cache, '..'), { recursive: true });
  writeFileSync(cache, 'not a folder');
  write(`console.log('one' satisfies string);\n`);
  expect(run()).toMatchObject({ status: 0, stdout: 'one\n', stderr: '' });
});
