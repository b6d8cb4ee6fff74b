import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundleForEngine, bundleForK6 } from '../../../load/engine/bundle/bundle.ts';
import { runK6Script } from '../../../load/engine/engine.ts';
import { scriptOf } from './support.ts';

const IN_K6 = 'is not supported by the embedded engine; run it with --engine k6';

test.each([
  ['a module left out', 'import ws from "k6/ws"; ws;', `:2:16: the module k6/ws ${IN_K6}`],
  ['an extension', 'import x from "k6/x/faker"; x;', `:2:15: the module k6/x/faker ${IN_K6}`],
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
