/**
 * The TypeScript and JavaScript of the pages, in a project that has the installed package: tsc checks the types of all,
 * and jest runs them.
 */

import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { runProgram } from '../clients/program.ts';
import { newProject, pathOf, writeIn } from '../support/installed.ts';
import { type Block, blocksOf } from './blocks.ts';
import { ACCOUNTS } from './pages/all.ts';
import { type Snippet, swapped } from './rows.ts';

const MINUTES = 60_000;
const own = (...path: string[]) => join(PACKAGE_ROOT, 'node_modules', ...path);

interface Placed extends Block {
  readonly how: string;
  readonly snippet: Snippet;
  /** Its file in the project. */
  readonly file: string;
}

const SNIPPETS: readonly Placed[] = Object.entries(ACCOUNTS).flatMap(([page, rows]) =>
  blocksOf(page).flatMap((block, i) => {
    const { snippet, how } = rows[block.key] ?? {};
    if (!snippet || how === undefined) return [];
    const name = page.replaceAll(/\W+/g, '-').toLowerCase();
    const file = `${name}-${i}.${snippet.typesOnly ? 'only' : 'test'}.ts`;
    return [{ ...block, how, snippet, file }];
  }),
);

/** What each file got wrong; tsc and jest each see all files. */
let wrongTypes: ReadonlyMap<string, string>;
let outcomes: ReadonlyMap<string, { readonly status: string; readonly message: string }>;

async function typeErrors(project: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await runProgram(
    own('.bin', 'tsc'),
    ['-p', '.', '--pretty', 'false'],
    {},
    project,
  );
  const errors = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, file = ''] = /^(\S+?)\(\d+,\d+\): error/.exec(line) ?? [];
    if (line !== '') errors.set(file, `${errors.get(file) ?? ''}${line}\n`);
  }
  return errors;
}

async function outcomesOf(project: string) {
  const { stdout, stderr } = await runProgram(
    process.execPath,
    [own('jest', 'bin', 'jest.js'), '--json', '--runInBand', '--rootDir', project],
    { PATH: pathOf(project) },
    project,
  );
  const { testResults } = JSON.parse(
    stdout || `{"testResults":[],"said":${JSON.stringify(stderr)}}`,
  ) as {
    readonly testResults: readonly { readonly name: string; status: string; message: string }[];
  };
  return new Map(testResults.map((one) => [one.name.split('/').at(-1) ?? '', one]));
}

beforeAll(async () => {
  const transform = {
    '\\.ts$': [
      own('@swc', 'jest', 'index.js'),
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  };
  const project = newProject({ jest: { transform } });
  writeIn(
    project,
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        ...{ target: 'es2023', lib: ['es2023', 'esnext.disposable'], strict: true, noEmit: true },
        ...{ module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true },
        ...{ types: ['jest', 'node'], moduleDetection: 'force', preserveSymlinks: false },
      },
      include: ['*.ts'],
    }),
  );
  for (const { file, text, snippet } of SNIPPETS) {
    const { before = '', after = '', with: swaps } = snippet;
    writeIn(project, file, `${before}\n${swapped(text, swaps)}\n${after}\n`);
  }
  [wrongTypes, outcomes] = await Promise.all([typeErrors(project), outcomesOf(project)]);
}, 10 * MINUTES);

test.each(SNIPPETS.map((one) => [one.page, one.key, one.how, one] as const))(
  '%s: %s: %s',
  (_page, _key, _how, { file, snippet }) => {
    expect(wrongTypes.get(file)).toBeUndefined();
    if (snippet.typesOnly) return;
    const { status = 'was not run', message = '' } = outcomes.get(file) ?? {};
    expect([status, message]).toEqual(['passed', '']);
  },
);

test('nothing else is wrong in the project', () => {
  const files = SNIPPETS.map(({ file }) => file);
  expect([...wrongTypes].filter(([file]) => !files.includes(file))).toEqual([]);
});
