/** The house keeps its rules: no cycles, imports one way. The rules catch what is planted against them. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { expectGoldenParts } from '../support/golden.ts';
import { tempDir } from '../support/temp-dir.ts';
import { broken } from './check.ts';
import { drawing } from './drawing.ts';
import { readSources } from './imports.ts';
import { ROOMS, type Room } from './rooms.ts';

const dir = tempDir();
const names = Object.keys(ROOMS);

const sources = readSources(PACKAGE_ROOT, names);

it('the house keeps them', () => {
  expect(sources.files.length).toBeGreaterThan(400);
  expect(sources.imports.length).toBeGreaterThan(2_000);
  expect(broken(sources, ROOMS)).toEqual([]);
});

it('every source folder is a room, and rooms stand after what they import', () => {
  const { include } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'tsconfig.json'), 'utf8')) as {
    include: string[];
  };
  expect([...names, 'test', 'jest.config.ts'].sort()).toEqual(include.sort());
  const late = names.flatMap((name, i) =>
    (ROOMS[name]?.imports ?? []).filter((one) => names.indexOf(one.split('/')[0] ?? '') > i),
  );
  expect(late).toEqual([]);
});

it.each([
  ['operation', 'operation/operations.ts', 'node:crypto'],
  ['operation', 'operation/operations.ts', 'system/errors.ts'],
  ['system', 'system/errors.ts', 'run/run.ts'],
  ['emulator', 'emulator/emulator.ts', 'reports/write.ts'],
  ['emulator', 'emulator/emulator.ts', 'generators/mix.ts'],
  ['contracts', 'contracts/contracts.ts', 'reports/write.ts'],
  ['contracts', 'contracts/contracts.ts', 'emulator/emulator.ts'],
  ['load', 'load/judge/judge-run.ts', 'emulator/emulator.ts'],
  ['load', 'load/judge/judge-run.ts', 'cli/main.ts'],
  ['load/lib', 'load/lib/send.ts', '@faker-js/faker'],
  ['load/lib', 'load/lib/send.ts', 'load/run/run-script.ts'],
  ['load/scenarios', 'load/scenarios/smoke.ts', 'node:fs'],
  ['load/self-check', 'load/self-check/brief.ts', 'contracts/contracts.ts'],
  ['reports', 'reports/write.ts', 'load/judge/judge-run.ts'],
])('%s must not: %s imports %s', (folder, from, what) => {
  const to = what.endsWith('.ts') ? what : null;
  const imports = [...sources.imports, { from, to, written: what }];
  const planted = broken({ ...sources, imports }, ROOMS);
  expect(planted).toContain(`${folder} may not import ${what}: ${from} does`);
});

it('CONTRIBUTING.md shows them', () => {
  expectGoldenParts(join(PACKAGE_ROOT, 'CONTRIBUTING.md'), { rooms: drawing(ROOMS) });
});

describe('is caught:', () => {
  const rooms: Record<string, Room> = {
    low: { job: '', imports: [], folders: { inner: '' } },
    load: {
      job: '',
      imports: ['low'],
      apart: { scenarios: { imports: ['low'], modules: ['k6', 'k6/*'] } },
      folders: { scenarios: '' },
    },
  };
  const sound = {
    'low/a.ts': '',
    'low/inner/b.ts': '',
    'load/c.ts': "import '../low/a.ts';\nimport 'node:fs';\n",
    'load/scenarios/d.ts': "import '../../low/a.ts';\nimport http from 'k6/http';\nimport 'k6';\n",
  };

  /** What the rules say of the sound house with these files in place of its own, or added. */
  function said(planted: Readonly<Record<string, string>>) {
    const root = mkdtempSync(join(dir, 'house-'));
    for (const [path, text] of Object.entries({ ...sound, ...planted })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return broken(readSources(root, Object.keys(rooms)), rooms);
  }

  it('nothing, where all is well', () => {
    expect(said({})).toEqual([]);
  });

  it.each([
    ['import', "import { b } from './b.ts';"],
    ['import type', "import type { B } from './b.ts';"],
    ['import of types only', "import { type B } from './b.ts';"],
    ['export', "export { b } from './b.ts';"],
    ['export type', "export type * from './b.ts';"],
    ['import()', "const b = import('./b.ts');"],
    ['typeof import()', "type B = typeof import('./b.ts');"],
    ['require()', "const b = require('./b.ts');"],
  ])('a cycle of files, by %s', (_, text) => {
    expect(said({ 'low/a.ts': text, 'low/b.ts': "import type { A } from './a.ts';" })).toEqual([
      'files in a cycle: low/a.ts -> low/b.ts -> low/a.ts',
    ]);
  });

  const folders = {
    'low/a.ts': "import './inner/b.ts';",
    'low/inner/e.ts': "import type { F } from '../f.ts';",
    'low/f.ts': '',
  };

  it('a cycle of folders, where no files are in one', () => {
    expect(said(folders)).toEqual([
      'folders in a cycle: low -> low/inner -> low (low/a.ts imports low/inner/b.ts)',
    ]);
  });

  it('an import upward, in a folder with rules of its own too', () => {
    const upward = "import type { D } from '../../load/scenarios/d.ts';";
    expect(said({ 'low/inner/b.ts': upward })).toEqual([
      'low may not import load/scenarios/d.ts: low/inner/b.ts does',
    ]);
    expect(said({ 'load/scenarios/e.ts': "import '../c.ts';" })).toEqual([
      'load/scenarios may not import load/c.ts: load/scenarios/e.ts does',
    ]);
  });

  it('a module of Node, or a package, in a load script', () => {
    const text = "import 'node:fs';\nimport { a } from 'k6x';\nimport { b } from 'k6/crypto';";
    expect(said({ 'load/scenarios/d.ts': text })).toEqual([
      'load/scenarios may not import node:fs: load/scenarios/d.ts does',
      'load/scenarios may not import k6x: load/scenarios/d.ts does',
    ]);
  });

  it('a folder without a line, and a line without a folder', () => {
    expect(said({ 'load/new/a.ts': '' })).toEqual(['load/new has no line']);
    const more = { ...rooms, low: { job: '', imports: [], folders: { inner: '', gone: '' } } };
    expect(broken(readSources(mkdtempSync(join(dir, 'empty-')), []), more)).toContain(
      'low/gone has a line, and no files',
    );
  });
});
