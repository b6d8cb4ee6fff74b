/** The recipes for contributors name files and folders that are there. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { pathsIn } from './room-pages.ts';

const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'contributing-recipes.md'), 'utf8');

it('every path is there', () => {
  const paths = pathsIn(page);
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(join(PACKAGE_ROOT, path)))).toEqual([]);
});

it('tables that the recipes name are in the files that they name', () => {
  const named: [string, string][] = [
    ['load/lib/profiles.ts', 'SCENARIOS'],
    ['operation/campaigns/failures.ts', 'DIAL_FAILURES'],
    ['operation/connect/facts.ts', 'INJECTED_NUMBERS'],
    ['publish/targets.ts', 'TARGETS'],
    ['test/clients/python.test.ts', 'MEMBERS'],
    ['test/emulator/faults.test.ts', 'TESTS'],
    ['test/emulator/laws/items.ts', 'DEFECTS'],
    ['test/emulator/stores.test.ts', 'KINDS'],
    ['test/load/scenarios.test.ts', 'NEEDED'],
  ];
  for (const [file, name] of named) {
    expect(page).toContain(`\`${name}\``);
    expect(readFileSync(join(PACKAGE_ROOT, file), 'utf8')).toContain(`const ${name}`);
  }
});

it('a path is told from a name', () => {
  expect(pathsIn('`a/b.ts`, `a/b`, `npx jest a/b`, `Target`, `x.md`, a/c')).toEqual([
    'a/b.ts',
    'a/b',
    'x.md',
  ]);
});
