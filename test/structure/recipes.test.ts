/** The pages for contributors name files and folders that are there. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { pathsIn } from './room-pages.ts';

const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'contributing-recipes.md'), 'utf8');

it.each(['docs/contributing-recipes.md', 'CONTRIBUTING.md'])(
  'every path of %s is there',
  (name) => {
    const text = readFileSync(join(PACKAGE_ROOT, name), 'utf8');
    // The list of folders is written from `rooms.ts`, which another test holds to the folders.
    const prose = text.replace(/<!-- rooms -->[\s\S]*<!-- end of rooms -->/, '');
    // A name without a folder is that of several files, and `dist/` is there after a build.
    const paths = pathsIn(prose).filter((path) => /\/./.test(path));
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(PACKAGE_ROOT, path)))).toEqual([]);
  },
);

it('tables that the recipes name are in the files that they name', () => {
  const named: [string, string][] = [
    ['load/lib/profiles.ts', 'SCENARIOS'],
    ['operation/campaigns/failures.ts', 'DIAL_FAILURES'],
    ['operation/connect/facts.ts', 'INJECTED_NUMBERS'],
    ['publish/targets.ts', 'TARGETS'],
    ['test/emulator/faults.test.ts', 'TESTS'],
    ['test/emulator/laws/items.ts', 'DEFECTS'],
    ['test/emulator/stores.test.ts', 'KINDS'],
    ['test/emulator/sample-faults.ts', 'SAMPLE_FAULTS'],
  ];
  for (const [file, name] of named) {
    expect(page).toContain(`\`${name}\``);
    expect(readFileSync(join(PACKAGE_ROOT, file), 'utf8')).toContain(`const ${name}`);
  }
});

it('a path is told from a name', () => {
  expect(
    pathsIn('```\n`c/d` `\n```\n`a/b.ts`, `a/b`, `npx jest a/b`, `Target`, `x.md`, a/c'),
  ).toEqual(['a/b.ts', 'a/b', 'x.md']);
});
