/**
 * The package as strangers get it: packed, looked at by the tools that look at packages, and installed into
 * an empty folder outside the checkout. UPDATE_GOLDEN=1 writes the API and the list of packages.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { apiOf } from '../../build/api.ts';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../../system/package.ts';
import { textOf } from '../docs/blocks.ts';
import { commandsOf } from '../docs/commands.ts';
import { bareInstallation, hasRegistry, npmInstall } from '../support/installed.ts';
import { packedTarball } from '../support/tarball.ts';
import { tempDir } from '../support/temp-dir.ts';
import { buildImage } from './image-steps.ts';

const GOLDEN = join(__dirname, 'golden');
const MINUTES = 60_000;
/** The examples that are tested here, and what a runner says of each. */
const EXAMPLES = [
  ['jest', 'Tests:       4 passed, 4 total'],
  ['vitest', 'Tests  4 passed (4)'],
  ['event-handler', 'Tests:       14 passed, 14 total'],
  ['consumer-typescript', 'Tests:       4 passed, 4 total'],
  ['feeder-typescript', 'Tests:       3 passed, 3 total'],
  ['campaign', 'Tests:       1 passed, 1 total'],
  ['provider-campaigns', 'pass 3'],
] as const;
const dir = tempDir();
const tarball = join(dir, 'dialproof.tgz');
const unpacked = join(dir, 'unpacked', 'package');
const installed = join(dir, 'installed');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Runs a command to its end; what it printed is in both texts. */
function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', CI: 'true' },
  });
  if (error) throw error;
  return { status, stdout, stderr, all: `${stdout}${stderr}` };
}

/** @throws Error with what it printed, unless it ends 0. */
function mustRun(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, all } = run(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended ${status}:\n${all}`);
  return stdout;
}

const own = (name: string) => join(PACKAGE_ROOT, 'node_modules', '.bin', name);

function golden(name: string, text: string): void {
  const file = join(GOLDEN, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

beforeAll(() => {
  cpSync(packedTarball(), tarball);
  mkdirSync(join(dir, 'unpacked'));
  execFileSync('tar', ['-xzf', tarball, '-C', join(dir, 'unpacked')]);
}, 5 * MINUTES);

describe('the tarball', () => {
  test(
    'is what publint wants',
    () => {
      mustRun(own('publint'), ['--strict', tarball], dir);
    },
    5 * MINUTES,
  );

  test(
    'has types that are right for every resolution',
    () => {
      // Into a file: attw ends before a pipe has taken all of it.
      const found = join(dir, 'attw.json');
      const out = openSync(found, 'w');
      spawnSync(own('attw'), [tarball, '--format', 'json'], { stdio: ['ignore', out, 'inherit'] });
      closeSync(out);
      const { problems } = JSON.parse(readFileSync(found, 'utf8')) as {
        readonly problems: Readonly<Record<string, readonly { readonly entrypoint?: string }[]>>;
      };
      // Node never loads it: it imports k6's modules.
      const others = Object.values(problems)
        .flat()
        .filter(({ entrypoint }) => entrypoint !== './load');
      expect(others).toEqual([]);
      expect(Object.keys(problems)).toEqual(['CJSResolvesToESM']);
    },
    5 * MINUTES,
  );

  test(
    'has the public API that is written down',
    () => {
      const entries = {
        dialproof: 'dist/door/index.d.ts',
        contracts: 'dist/door/contracts.d.ts',
        generators: 'dist/door/generators.d.ts',
        jest: 'dist/door/jest.d.ts',
        testcontainers: 'dist/door/testcontainers.d.ts',
        load: 'dist/load/lib/index.d.mts',
        vitest: 'dist/door/vitest.d.mts',
      };
      const texts = apiOf(
        Object.values(entries).map((file) => join(unpacked, file)),
        unpacked,
      );
      for (const [i, name] of Object.keys(entries).entries())
        golden(`${name}.api.txt`, texts[i] ?? '');
    },
    5 * MINUTES,
  );

  test('ships docs, changelog and licence, and names its repository', () => {
    const names = readdirSync(unpacked);
    for (const name of ['CHANGELOG.md', 'LICENSE', 'README.md', 'docs', 'models']) {
      expect(names).toContain(name);
    }
    expect(JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'))).toMatchObject({
      repository: { type: 'git', url: expect.stringMatching(/^git\+https:/) },
    });
  });

  test('has the README of the package, and none of the rooms', () => {
    const names = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /(^|\/)README/.test(name))).toEqual(['README.md']);
  });

  test('bundles faker with its licence', () => {
    const text = readFileSync(join(unpacked, 'dist/generators/fakers.js'), 'utf8');
    expect(text).toContain('Permission is hereby granted');
    expect(text).not.toMatch(/require\("@faker-js/);
  });
});

(hasRegistry() ? describe : describe.skip)('installed from the registry', () => {
  const node = (args: readonly string[]) => mustRun(process.execPath, args, installed);
  const npx = (args: readonly string[]) =>
    run(
      process.execPath,
      [join(installed, 'node_modules', '.bin', 'dialproof'), ...args],
      installed,
    );

  beforeAll(() => {
    // A copy, because the tests write into it.
    cpSync(bareInstallation(), installed, { recursive: true, verbatimSymlinks: true });
  }, 5 * MINUTES);

  test('it brings these packages', () => {
    const lock = JSON.parse(readFileSync(join(installed, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, unknown>>;
    };
    const names = Object.keys(lock.packages)
      .filter((path) => path !== '')
      // esbuild's binary has a package for each platform.
      .filter((path) => !path.startsWith('node_modules/@esbuild/'))
      .map((path) => path.replace(/^.*node_modules\//, ''));
    expect(names.filter((name) => /scarf|pact|opentelemetry|redis|faker/.test(name))).toEqual([]);
    golden('brings.txt', `${names.toSorted().join('\n')}\n`);
  });

  test.each(['require', 'import'])('to %s it loads nothing but itself', (how) => {
    const load =
      how === 'require'
        ? "const all = require('dialproof'); require('dialproof/jest'); require('dialproof/vitest')"
        : "import { startEmulator, UserError } from 'dialproof'; import { matchers } from 'dialproof/jest'; import { matchers as other } from 'dialproof/vitest'; const all = { startEmulator, UserError, matchers, other }";
    const file = join(installed, how === 'require' ? 'light.cjs' : 'light.mjs');
    writeFileSync(
      file,
      `${load};
       if (Object.values(all).some((one) => one === undefined)) throw new Error('an export is missing');
       if (process.moduleLoadList.some((name) => name.endsWith('sqlite'))) throw new Error('SQLite');
       console.log(JSON.stringify(globalThis.loaded));`,
    );
    writeFileSync(
      join(installed, 'hooks.cjs'),
      `globalThis.loaded = [];
       require('node:module').registerHooks({
         load(url, context, next) {
           if (!globalThis.loaded.includes(url)) globalThis.loaded.push(url);
           return next(url, context);
         },
       });`,
    );
    const urls = JSON.parse(node(['--require', './hooks.cjs', file])) as string[];
    const packages = urls.flatMap(
      (url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [],
    );
    expect([...new Set(packages)]).toEqual(['dialproof']);
    // Guards against hooks that see nothing.
    expect(urls.some((url) => url.endsWith('dist/door/index.js'))).toBe(true);
  });

  test('commands do not load SQLite, of which Node 22 warns', () => {
    const probe = "process.on('exit', () => console.error(process.moduleLoadList.join()))";
    writeFileSync(join(installed, 'probe.cjs'), probe);
    const loadedBy = (...args: readonly string[]) =>
      run(process.execPath, ['--require', './probe.cjs', ...args], installed).stderr;
    expect(loadedBy('node_modules/.bin/dialproof', '--help')).toContain('NativeModule');
    expect(loadedBy('node_modules/.bin/dialproof', '--help')).not.toContain('sqlite');
    expect(loadedBy('-e', "require('node:sqlite')")).toContain('NativeModule sqlite');
  });

  test('every entry has its names for import', () => {
    writeFileSync(
      join(installed, 'names.mjs'),
      `import { startEmulator, UnavailableError } from 'dialproof';
       import { openContractMock, useContractMock, verifyPact, writePact } from 'dialproof/contracts';
       import { batchSource, contactSource } from 'dialproof/generators';
       console.log([startEmulator, UnavailableError, openContractMock, useContractMock, verifyPact,
         writePact, batchSource, contactSource].map((one) => typeof one).join());
       console.log(batchSource({ seed: 1, contactsPerBatch: 2 }).batch(0).predicted.join());`,
    );
    expect(node(['names.mjs']).split('\n')).toEqual([
      Array(8).fill('function').join(),
      'CREATED,CREATED',
      '',
    ]);
  });

  test('dialproof is a command, and says what is missing', () => {
    const bin = join(installed, 'node_modules', '.bin', 'dialproof');
    expect(statSync(bin).mode & 0o111).not.toBe(0);
    expect(mustRun('npx', ['--no-install', 'dialproof', '--version'], installed).trim()).toBe(
      DIALPROOF_VERSION,
    );
    expect(npx(['--help']).status).toBe(0);
    const { status, stderr } = npx(['run']);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^dialproof: the contract needs @pact-foundation\/pact, @aws-sdk\/client-connect, @aws-sdk\/client-connectcampaigns, @aws-sdk\/client-connectcampaignsv2, which are not installed: npm install --save-dev @pact-foundation\/pact@\S+ @aws-sdk\/client-connect@\S+ @aws-sdk\/client-connectcampaigns@\S+ @aws-sdk\/client-connectcampaignsv2@\S+ \(or leave them out: --no-contracts\)\n$/,
    );
    const shared = npx(['emulator', '--store', 'redis://127.0.0.1:1']);
    expect([shared.status, shared.stderr]).toEqual([
      3,
      expect.stringContaining('npm install --save-dev @redis/client@'),
    ]);
  });

  test(
    'load scripts find dialproof/load in the engine, and with a bundler of their own',
    () => {
      cpSync(
        join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts'),
        join(installed, 'evening.ts'),
      );
      expect(npx(['load', 'bundle', 'evening.ts'])).toMatchObject({ status: 0 });
      const esbuild = join(installed, 'node_modules', '.bin', 'esbuild');
      const bundled = mustRun(
        esbuild,
        ['evening.ts', '--bundle', '--format=esm', '--external:k6', '--external:k6/*'],
        installed,
      );
      expect(bundled).toContain('from "k6/http"');
      const { status, all } = npx([
        ...['load', 'run', 'evening.ts', '--set', 'pauseMs=1'],
        ...['--p95-ms', '100000', '--json'],
      ]);
      expect({ status, all: status === 0 ? '' : all }).toEqual({ status: 0, all: '' });
      cpSync(
        join(PACKAGE_ROOT, 'docs', 'examples', 'morning-calls.ts'),
        join(installed, 'morning.ts'),
      );
      const road = npx(['load', 'run', 'morning.ts', '--p95-ms', '100000', '--json']);
      expect([road.status, road.status === 0 ? '' : road.all]).toEqual([0, '']);
    },
    2 * MINUTES,
  );

  test(
    'the steps of the Dockerfile make what starts as nobody, is healthy, and ends on SIGTERM',
    async () => {
      const { root, start, check } = buildImage(tarball, join(dir, 'image'));
      const seed = join(root, 'seed.json');
      writeFileSync(seed, '{"instances":[{"id":"11111111-2222-4333-8444-555555555555"}]}');
      // The ports of the image may be in use here.
      const ports = { DIALPROOF_PORT: '0', DIALPROOF_CONTROL_PORT: '0', DIALPROOF_SEED: seed };
      const child = start(ports);
      const ended = once(child, 'close');
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
      }
      while (!said.includes('\n\n') && child.exitCode === null) {
        await Promise.race([once(child.stdout ?? child, 'data'), ended]);
      }
      expect(said).toMatch(/^listening at +http:\/\/0\.0\.0\.0:\d+ /);
      const [, control = ''] = /^control door at +http:\/\/0\.0\.0\.0:(\d+)$/m.exec(said) ?? [];
      if (process.getuid?.() === 0) expect(statSync(`/proc/${child.pid}`).uid).toBe(65_532);
      expect(check({ DIALPROOF_CONTROL_PORT: control })).toEqual({
        status: 0,
        said: `http://127.0.0.1:${control} is ok\n`,
      });
      const facts = await (await fetch(`http://127.0.0.1:${control}/facts`)).text();
      expect(facts).toContain('11111111-2222-4333-8444-555555555555');
      const since = performance.now();
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      // What a container has to end in, unless its engine is told otherwise.
      expect(performance.now() - since).toBeLessThan(10_000);
      expect(check({ DIALPROOF_CONTROL_PORT: control }).status).toBe(1);
      for (const name of ['@redis/client', '@aws-sdk/client-connect']) {
        expect(readdirSync(join(root, 'opt/dialproof/node_modules', name))).toContain(
          'package.json',
        );
      }
    },
    5 * MINUTES,
  );

  describe('with what the examples need', () => {
    // A folder of its own: the tests above ask what there is without these packages.
    const complete = join(dir, 'complete');
    beforeAll(() => {
      cpSync(installed, complete, { recursive: true, verbatimSymlinks: true });
      const needed = new Map<string, string>();
      for (const [name] of EXAMPLES) {
        cpSync(join(PACKAGE_ROOT, 'examples', name), join(complete, name), { recursive: true });
        const manifest = JSON.parse(
          readFileSync(join(complete, name, 'package.json'), 'utf8'),
        ) as Manifest;
        for (const [one, version] of Object.entries({
          ...manifest.dependencies,
          ...manifest.devDependencies,
        })) {
          if (one !== 'dialproof') needed.set(one, version);
        }
      }
      npmInstall(complete, ...[...needed].map(([name, version]) => `${name}@${version}`));
    }, 5 * MINUTES);

    test.each(EXAMPLES)(
      'the example %s passes, and its types are right',
      (name, says) => {
        const folder = join(complete, name);
        // As the page says. The packages have been installed above.
        const page = join('examples', name, 'README.md');
        const commands = commandsOf(textOf(page, 'npm install')).filter((one) =>
          /^npm (test|run check)$/.test(one),
        );
        expect(commands).toEqual(['npm test', 'npm run check']);
        const told = commands.map((one) => mustRun('sh', ['-c', `${one} 2>&1`], folder)).join('');
        expect(told).toContain(says);
      },
      5 * MINUTES,
    );

    test.each([
      ['jest', 'Tests:       3 passed, 3 total'],
      ['vitest', 'Tests  3 passed (3)'],
      ['node', 'pass 3'],
    ])(
      'what init writes for %s passes at once',
      (runner, says) => {
        const folder = join(complete, `mine-${runner}`);
        mkdirSync(folder);
        const devDependencies = runner === 'node' ? {} : { [runner]: '*' };
        writeFileSync(
          join(folder, 'package.json'),
          JSON.stringify({ private: true, devDependencies }),
        );
        const bin = join(complete, 'node_modules', '.bin');
        const told = mustRun(process.execPath, [join(bin, 'dialproof'), 'init'], folder);
        // An objective that a busy machine keeps.
        const written = readdirSync(folder).filter((name) => name.startsWith('dialproof.config.'));
        expect(written).toHaveLength(1);
        const config = join(folder, written[0] ?? '');
        const settings = readFileSync(config, 'utf8');
        writeFileSync(
          config,
          settings.replace(/p95Ms"?: 5000/g, (one) => `${one}0`),
        );
        const [test = '', scenario = ''] = told.slice(told.indexOf('Next:')).split('\n').slice(1);
        const shell = (command: string) =>
          run('sh', ['-c', `PATH="${bin}:$PATH" ${command.trim().replace(/^npx /, '')}`], folder);
        const tested = shell(test);
        expect(tested).toMatchObject({ status: 0, all: expect.stringContaining(says) });
        expect(shell(scenario)).toMatchObject({ status: 0 });
        const latest = readFileSync(join(folder, 'out', 'latest', 'run.json'), 'utf8');
        // The values are those of the configuration.
        expect(latest).toContain('"p(95)<50000"');
      },
      2 * MINUTES,
    );
  });
});
