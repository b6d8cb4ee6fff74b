/** What `dialproof init` writes into a project, and what it leaves alone. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { parse } from 'yaml';
import { init } from '../../cli/commands/init.ts';
import { loadConfig } from '../../config/load.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
let count = 0;

function project(manifest: object, files: Readonly<Record<string, string>> = {}): string {
  count += 1;
  const folder = join(dir, String(count));
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

const TYPESCRIPT = { 'tsconfig.json': '{}' };
/** A compiler that refuses import in a .ts file of a CommonJS package. */
const VERBATIM = { 'tsconfig.json': '{\n  // as tsc --init\n  "verbatimModuleSyntax": true,\n}' };

test.each([
  ['vitest', { vitest: '5' }, TYPESCRIPT, 'consumer.test.ts', "from 'vitest'"],
  ['vitest without TypeScript', { vitest: '5' }, {}, 'consumer.test.js', "from 'vitest'"],
  ['jest', { jest: '30' }, {}, 'consumer.test.js', "require('dialproof/jest')"],
  ['jest that reads no TypeScript', { jest: '30' }, TYPESCRIPT, 'consumer.test.js', 'require('],
  [
    'jest with TypeScript',
    { jest: '30', 'ts-jest': '29' },
    TYPESCRIPT,
    'consumer.test.ts',
    'import ',
  ],
  ['no runner', {}, TYPESCRIPT, 'consumer.test.mjs', "from 'node:test'"],
])('the test is for what the project has: %s', async (_, devDependencies, files, name, text) => {
  const folder = project({ devDependencies }, files);
  await init(folder, {});
  const test = readFileSync(join(folder, 'dialproof', name), 'utf8');
  expect(test).toContain(text);
  expect(() => transformSync(test, { loader: name.endsWith('.ts') ? 'ts' : 'js' })).not.toThrow();
  expect(printed).toContain(`wrote       dialproof/${name}`);
  const config = join(
    folder,
    files === TYPESCRIPT ? 'dialproof.config.ts' : 'dialproof.config.json',
  );
  const { scenarios = {} } = loadConfig(config).config;
  const [script = ''] = Object.keys(scenarios).filter((one) => one.startsWith('./'));
  expect(existsSync(join(folder, script))).toBe(true);
});

test('jest requires in a project of ES modules too', async () => {
  const folder = project({ type: 'module', devDependencies: { jest: '30' } });
  await init(folder, {});
  expect(existsSync(join(folder, 'dialproof', 'consumer.test.cjs'))).toBe(true);
});

test.each([
  ['jest', { jest: '30', 'ts-jest': '29' }],
  ['vitest', { vitest: '5' }],
])(
  'what the compiler of a CommonJS package would refuse is not written: %s',
  async (_, devDependencies) => {
    const folder = project({ devDependencies }, VERBATIM);
    await init(folder, {});
    for (const name of [
      'dialproof.config.json',
      'dialproof/consumer.test.js',
      'dialproof/evening.js',
    ])
      expect(existsSync(join(folder, name))).toBe(true);
    const modules = project({ type: 'module', devDependencies }, VERBATIM);
    await init(modules, {});
    expect(existsSync(join(modules, 'dialproof.config.ts'))).toBe(true);
    expect(existsSync(join(modules, 'dialproof', 'consumer.test.ts'))).toBe(true);
  },
);

test.each([
  ['@team/night dialer', 'night-dialer'],
  ['dialer', 'dialer'],
])('the pact is that of the package %s, and the workflow publishes it', async (name, consumer) => {
  const folder = project({ name, devDependencies: { vitest: '5' } });
  await init(folder, { ci: 'gitlab' });
  const pact = `pacts/${consumer}-dialproof-emulator.json`;
  expect(readFileSync(join(folder, 'dialproof', 'consumer.test.js'), 'utf8')).toContain(
    `useContractMock({ consumer: '${consumer}' }`,
  );
  const pipeline = parse(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8'));
  expect(pipeline.dialproof.script).toContain(
    `if [ -n "$PACT_BROKER_BASE_URL" ]; then npx dialproof contracts broker publish --pact ${pact}; fi`,
  );
  expect(printed).toContain(`The test writes ${pact}.`);
  await init(folder, { ci: 'github' });
  const { jobs } = parse(readFileSync(join(folder, '.github/workflows/dialproof.yml'), 'utf8'));
  expect(jobs.dialproof.steps).toContainEqual(
    expect.objectContaining({
      if: expect.stringContaining("vars.PACT_BROKER_BASE_URL != ''"),
      run: `npx dialproof contracts broker publish --pact ${pact}`,
    }),
  );
});

test('nothing is overwritten unasked', async () => {
  const folder = project({}, { 'dialproof.config.json': '{ "out": "mine" }' });
  await init(folder, { json: true });
  expect(readFileSync(join(folder, 'dialproof.config.json'), 'utf8')).toBe('{ "out": "mine" }');
  expect(printed).toContain(
    'left alone  dialproof.config.json (it is there; --force replaces it)\n',
  );
  await init(folder, { json: true, force: true });
  expect(readFileSync(join(folder, 'dialproof.config.json'), 'utf8')).toContain('"$schema"');
});

test('a second configuration is not written, even if replacing is asked for', async () => {
  const folder = project({}, { 'dialproof.config.json': '{}' });
  await init(folder, { typescript: true, force: true });
  expect(existsSync(join(folder, 'dialproof.config.ts'))).toBe(false);
  expect(printed).toContain('left alone  dialproof.config.ts (dialproof.config.json is there)\n');
});

test('a dry run writes nothing', async () => {
  const folder = project({});
  await init(folder, { dryRun: true });
  expect(existsSync(join(folder, 'dialproof'))).toBe(false);
  expect(printed).toContain('would write dialproof.config.json\n');
});

test.each([
  ['github', '.github/workflows/dialproof.yml'],
  ['gitlab', '.gitlab-ci.yml'],
] as const)('the workflow for %s runs the test and the scenario', async (ci, path) => {
  const folder = project({ devDependencies: { vitest: '5' } }, { 'pnpm-lock.yaml': '' });
  await init(folder, { ci });
  const text = readFileSync(join(folder, path), 'utf8');
  expect(parse(text)).toHaveProperty(ci === 'github' ? 'jobs' : 'dialproof');
  expect(text).toContain('pnpm install --frozen-lockfile');
  expect(text).toContain('npx vitest run dialproof/consumer.test.js');
  expect(text).toContain('npx dialproof load run ./dialproof/evening.js');
});

test('a pipeline of the project itself stays, whatever is asked for: it includes ours', async () => {
  const folder = project({}, { '.gitlab-ci.yml': 'test: {}\n' });
  await init(folder, { force: true });
  expect(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).toBe('test: {}\n');
  expect(readFileSync(join(folder, 'dialproof', 'gitlab-ci.yml'), 'utf8')).toMatch(/^dialproof:/);
  expect(printed).toContain('    - local: dialproof/gitlab-ci.yml\n');
});

test('a folder without package.json is told what to do', async () => {
  count += 1;
  const folder = join(dir, String(count));
  mkdirSync(folder);
  await expect(init(folder, {})).rejects.toThrow(/^there is no package\.json in this folder: run /);
});
