import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleForEngine, bundleForK6, textOf } from '../../../load/engine/bundle/bundle.ts';
import { IMPORT_MAP_VARIABLE } from '../../../load/engine/bundle/import-map.ts';
import { runK6Script } from '../../../load/engine/engine.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { scriptOf, useServer } from './support.ts';

const server = useServer();

const URL_OF = 'https://jslib.k6.io/own/1.0.0/index.js';
const TEXT = `import http from 'k6/http';
import { at } from '${URL_OF}';
export default function () { http.get(at('/a')); }`;

function withMap(map: unknown, name = 'import-map.json'): { script: string; map: string } {
  const script = scriptOf(TEXT);
  const folder = dirname(script);
  mkdirSync(join(folder, 'vendor'));
  writeFileSync(join(folder, 'vendor', 'own.js'), 'export const at = (p) => "vendored" + p;');
  const file = join(folder, name);
  writeFileSync(file, typeof map === 'string' ? map : JSON.stringify(map));
  return { script, map: file };
}

afterEach(() => {
  delete process.env[IMPORT_MAP_VARIABLE];
});

test.each([
  ['a whole URL', { [URL_OF]: './vendor/own.js' }],
  [
    'a whole URL before its beginning',
    { 'https://jslib.k6.io/': './no/', [URL_OF]: './vendor/own.js' },
  ],
])(
  '%s is pointed at a file by the map that the variable names, in every bundle',
  async (_, imports) => {
    const { script, map } = withMap({ imports });
    process.env[IMPORT_MAP_VARIABLE] = map;
    for (const text of [
      (await bundleForEngine(script)).code,
      await bundleForK6(script),
      await textOf(script),
    ]) {
      expect(text).toContain('vendored');
    }
  },
);

test('package.json may have the map; the longest beginning counts', async () => {
  const { script } = withMap(
    {
      dialproof: {
        imports: { 'https://jslib.k6.io/': './no/', 'https://jslib.k6.io/own/1.0.0/': './lib/' },
      },
    },
    'package.json',
  );
  mkdirSync(join(dirname(script), 'lib'));
  writeFileSync(
    join(dirname(script), 'lib', 'index.js'),
    'export const at = (p) => "by package" + p;',
  );
  expect((await bundleForEngine(script)).code).toContain('by package');
});

test.each([
  [
    'a file that is not there',
    { imports: { [URL_OF]: './none.js' } },
    /script\.ts:2:20: the import map points .*none\.js, which does not exist/,
  ],
  [
    'a path that is none',
    { imports: { [URL_OF]: 'own.js' } },
    /points https:.* at "own\.js": it must be a path that begins with/,
  ],
  [
    'a folder for a file',
    { imports: { 'https://jslib.k6.io/': './vendor' } },
    /both must end in \/, or neither/,
  ],
  ['no imports', { scopes: {} }, /is no import map: imports must be an object/],
  ['no JSON', '{', /is not JSON/],
])('a map with %s is refused', async (_, map, message) => {
  const given = withMap(map);
  process.env[IMPORT_MAP_VARIABLE] = given.map;
  await expect(bundleForEngine(given.script)).rejects.toThrow(message);
});

test('a map that cannot be read is refused', async () => {
  process.env[IMPORT_MAP_VARIABLE] = join(dirname(scriptOf(TEXT)), 'none.json');
  await expect(bundleForEngine(scriptOf(TEXT))).rejects.toThrow(
    /cannot read the import map .*none\.json \(ENOENT\)/,
  );
});

test('the example of docs/engine.md runs', async () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'engine.md'), 'utf8');
  const [, map = '', text = '', helper = ''] =
    /```json\n(.*?)```.*?```js\n(.*?)```.*?```js\n(.*?)```/s.exec(page) ?? [];
  const script = scriptOf(text, 'script.js');
  const [, path = 'none'] = /^\/\/ (vendor\/\S+)/.exec(helper) ?? [];
  mkdirSync(dirname(join(dirname(script), path)), { recursive: true });
  writeFileSync(join(dirname(script), path), helper);
  writeFileSync(join(dirname(script), 'map.json'), map);
  process.env[IMPORT_MAP_VARIABLE] = join(dirname(script), 'map.json');
  const { exitCode } = await runK6Script({ script, env: { BASE_URL: server.url } });
  expect(exitCode).toBe(0);
  expect(server.received.map(({ path: asked }) => asked)).toEqual([
    expect.stringMatching(/^\/items\/[1-5]$/),
  ]);
});
