import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  bundleForEngine,
  bundleForK6,
  bundleForK6Elsewhere,
} from '../../../load/engine/bundle/bundle.ts';
import { runK6Script } from '../../../load/engine/engine.ts';
import { scriptOf } from './support.ts';

const IN_K6 = 'is not supported by the embedded engine; run it with --engine k6';

test.each([
  [
    'a module left out',
    'import ws from "k6/ws"; ws.connect();',
    `:2:16: the module k6/ws ${IN_K6}`,
  ],
  ['an extension', 'import x from "k6/x/faker"; x.y();', `:2:15: the module k6/x/faker ${IN_K6}`],
  [
    'a member left out',
    'import { OCSP_STATUS_GOOD } from "k6/http"; OCSP_STATUS_GOOD();',
    `:2:10: OCSP_STATUS_GOOD of k6/http ${IN_K6}`,
  ],
  [
    'a member of a namespace',
    'import * as http from "k6/http"; http.OCSP_STATUS_GOOD();',
    `OCSP_STATUS_GOOD of k6/http ${IN_K6}`,
  ],
  ['a Node module', 'import fs from "node:fs"; fs.x;', ':2:16: node:fs is a module of Node'],
  ['a bare Node module', 'import fs from "fs"; fs.x;', ':2:16: fs is a module of Node'],
  [
    'a file that is not there',
    'import { x } from "./none.ts"; x();',
    'Could not resolve "./none.ts"',
  ],
  [
    'a package that is not there',
    'import { x } from "no-such"; x();',
    'Could not resolve "no-such"',
  ],
  ['a URL', 'import x from "https://jslib.k6.io/x.js"; x();', 'would be fetched at run time'],
  ['a syntax error', 'const = 1;', ':2:7: Expected identifier but found "="'],
  ['import.meta', 'console.log(import.meta.url);', `import.meta ${IN_K6}`],
  [
    'an import of what only shows when it runs',
    'export const late = import(__ENV.X);',
    ':2:21: import() of a path that is not written out',
  ],
])('%s is refused with its place', async (_, line, message) => {
  const script = scriptOf(`// first line\n${line}\nexport default function () {}\n`);
  const refused = bundleForEngine(script);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toThrow(basename(script));
  await expect(refused).rejects.toMatchObject({ name: 'UserError', exitCode: 107 });
});

test('import.meta.resolve starts at the file that has it', async () => {
  const script = scriptOf(`import { beside } from './sub/helper.js';
    const own = open(import.meta.resolve('./own.txt'));
    export default function () { console.log(JSON.stringify([own, beside])); }`);
  const sub = join(dirname(script), 'sub');
  mkdirSync(sub);
  writeFileSync(join(dirname(script), 'own.txt'), 'own');
  writeFileSync(join(sub, 'beside.txt'), 'beside');
  writeFileSync(
    join(sub, 'helper.js'),
    "export const beside = open(import.meta.resolve('./beside.txt'));",
  );
  const consoleOutput = join(dirname(script), 'console.txt');
  await runK6Script({ script, consoleOutput });
  expect(JSON.parse(readFileSync(consoleOutput, 'utf8'))).toEqual(['own', 'beside']);
});

test('types, enums and imports with .ts are stripped and followed', async () => {
  const helper = scriptOf('export const two: number = 2;', 'helper.ts');
  const script = scriptOf(
    `import type { Options } from 'k6/options';\nimport { two } from ${JSON.stringify(helper)};
     export const options: Options = { vus: two, iterations: two };
     export default function (): void {}`,
  );
  const { code } = await bundleForEngine(script);
  expect(code).toContain('vus: two');
  expect(code).not.toContain('Options');
});

test('a bundle for k6 is one ES module that keeps the k6 imports', async () => {
  const scripts = join(__dirname, 'scripts');
  for (const name of readdirSync(scripts)) {
    const code = await bundleForK6(join(scripts, name));
    const imports = [...code.matchAll(/^import .* from "(.*)";$/gm)].map((match) => match[1]);
    expect(imports.filter((from) => from !== 'k6' && !from?.startsWith('k6/'))).toEqual([]);
    expect(code).toMatch(/^export \{/m);
    // What es2017 has not, k6 cannot always parse.
    expect(code).not.toMatch(/\?\?|\?\./);
  }
});

test('a bundle for k6 refuses Node modules, but no module of k6', async () => {
  const node = scriptOf('import fs from "node:fs";\nexport default () => fs;');
  await expect(bundleForK6(node)).rejects.toThrow('node:fs is a module of Node');
  const browser = scriptOf('import { browser } from "k6/browser";\nexport default () => browser;');
  expect(await bundleForK6(browser)).toContain('from "k6/browser"');
});

/** A folder with a script, and files that several of its modules open by the same name. */
function beside(entry: string): string {
  const script = scriptOf(entry, 'main.js');
  const folder = dirname(script);
  mkdirSync(join(folder, 'lib'));
  const files = {
    'who.txt': 'main',
    'lib/who.txt': 'lib',
    'lib/reader.js': `export function later(name) { return open(name); }
      export const atLoad = open('./who.txt');
      export const bytes = new Uint8Array(open('who.txt', 'b')).length;`,
    'lib/late.js': "export const late = open('./who.txt');",
    'lib/common.cjs': "exports.common = open('./who.txt'); exports.up = open('../who.txt');",
    'lib/waits.js': "await null; export const waited = open('./who.txt');",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return script;
}

const OPENS = `import { atLoad, bytes, later } from './lib/reader.js';
import { waited } from './lib/waits.js';
import { common, up } from './lib/common.cjs';
const own = open('./who.txt');
const viaHelper = later('./who.txt');
const { late } = await import('./lib/late.js');
const afterwards = open('who.txt');
const resolved = later(import.meta.resolve('./lib/who.txt'));
const all = { atLoad, bytes, waited, common, up, own, viaHelper, late, afterwards, resolved };`;

const OPENED = {
  atLoad: 'lib',
  bytes: 3,
  waited: 'lib',
  common: 'lib',
  up: 'main',
  own: 'main',
  // As in k6: of the module that is being loaded, not of the one that has the call.
  viaHelper: 'main',
  late: 'lib',
  afterwards: 'main',
  resolved: 'lib',
};

test('open() starts at the folder of the module that is being loaded', async () => {
  const script = beside(
    `${OPENS} export default function () { console.log(JSON.stringify(all)); }`,
  );
  const consoleOutput = join(dirname(script), 'console.txt');
  await runK6Script({ script, consoleOutput });
  expect(JSON.parse(readFileSync(consoleOutput, 'utf8'))).toEqual(OPENED);
});

test('errors of a module that opens files have their place all the same', async () => {
  const script = beside(`import { later } from './lib/reader.js';
export default function () {
  later('./who.txt'); }`);
  const { scriptErrors } = await runK6Script({ script });
  expect(scriptErrors).toEqual([
    {
      message: 'open() can be called in the init context only',
      count: 1,
      where: expect.stringMatching(/lib\/reader\.js:1:38$/),
    },
  ]);
});

test('a bundle that k6 runs elsewhere finds the files beside its sources', async () => {
  const script = beside(`${OPENS} console.log(JSON.stringify(all));`);
  const text = await bundleForK6Elsewhere(script, dirname(script));
  const elsewhere = scriptOf(
    `import { readFileSync } from 'node:fs';
     globalThis.open = (path, mode) => {
       const url = path.startsWith('file:') ? new URL(path) : path;
       return mode === 'b' ? new Uint8Array(readFileSync(url)).buffer : readFileSync(url, 'utf8');
     };
     await import('./bundle.mjs');`,
    'host.mjs',
  );
  writeFileSync(join(dirname(elsewhere), 'bundle.mjs'), text);
  const { stdout, stderr } = spawnSync(process.execPath, [elsewhere], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(OPENED);
});

test('k6/experimental/fs finds them too', async () => {
  const script = scriptOf(`import { open, SeekMode } from 'k6/experimental/fs';
    const file = await open('./f.txt'); export default function () { file.seek(0, SeekMode.Start); }`);
  const text = await bundleForK6Elsewhere(script, dirname(script));
  expect(text).toContain('import { open as openAt, SeekMode } from "k6/experimental/fs";');
  expect(text).toContain(`openAt(__dialproof_path(${JSON.stringify(dirname(script))}, path))`);
});

describe('a bundle for k6', () => {
  test('keeps what k6 has: top-level await, import.meta.resolve, BigInt', async () => {
    const script = scriptOf(`const late = await Promise.resolve(2n);
      const path = import.meta.resolve('./f.txt');
      export default function () { console.log(late, path); }`);
    const text = await bundleForK6(script);
    expect(text).toContain('await Promise.resolve(2n)');
    expect(text).toContain('import.meta.resolve("./f.txt")');
  });

  test.each([
    ['for await', 'export default async function () { for await (const x of []) console.log(x); }'],
    ['an async generator', 'async function* go() { yield 1; } export default () => go();'],
    ['for await at the top', 'for await (const x of []) console.log(x); export default () => {};'],
  ])('lowers %s, which k6 cannot run', async (_, text) => {
    expect(await bundleForK6(scriptOf(text))).not.toMatch(/for await|async function\*/);
  });

  test('has what import() names, for k6 has no import()', async () => {
    const text = await bundleForK6(beside("export const late = await import('./lib/late.js');"));
    expect(text).not.toContain('import(');
    const ofK6 = scriptOf("\nexport const http = await import('k6/http');");
    await expect(bundleForK6(ofK6)).rejects.toThrow(
      ':2:34: k6 has no import(): import k6/http at the top',
    );
  });
});
