/** A configuration is read from JSON and from modules, and what is wrong in it is said with its place. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { findConfig, namedConfig } from '../../config/find.ts';
import { loadConfig } from '../../config/load.ts';
import { UserError } from '../../system/errors.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
let count = 0;

function written(name: string, text: string): string {
  count += 1;
  const folder = join(dir, String(count));
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** What is said of a text, without the folder. */
function said(name: string, text: string): string {
  const file = written(name, text);
  try {
    loadConfig(file);
  } catch (error) {
    if (error instanceof UserError) return error.message.replace(file, name);
    throw error;
  }
  return 'nothing';
}

const WHOLE = `{
  "region": "eu-central-1",
  "account": "210987654321",
  "keys": [{ "accessKeyId": "AKIDMYTESTSEXAMPLE", "secretAccessKey": "made-up" }],
  "instances": [
    {
      "id": "11111111-2222-4333-8444-555555555555",
      "queues": [{ "id": "q", "name": "Evening", "enabled": true }],
      "numbers": ["+12065550177"],
      "campaigns": ["spring"]
    }
  ],
  "agents": [{ "from": "09:00", "to": "17:00", "agents": 25 }],
  "choices": { "diallableTypes": ["TELEPHONE_NUMBER", "VOIP"], "tokenLifetimeSeconds": 60 },
  "faults": { "faults": [{ "fault": "throttle" }] },
  "emulator": { "port": 4020 },
  "scenarios": { "throughput": { "rate": 7 }, "./evening.ts": { "pages": 3 } },
  "outputs": { "otlp": "http://127.0.0.1:4318" },
  "publishing": { "to": ["folder=site"], "on": ["failure"] }
}
`;

test('the published schema accepts it, and refuses what the reader refuses', () => {
  const schema = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'schemas', 'config.schema.json'), 'utf8'),
  ) as object;
  const isValid = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
  expect([isValid(JSON.parse(WHOLE)), isValid.errors]).toEqual([true, null]);
  for (const [from, to] of [
    ['"port": 4020', '"port": "4020"'],
    ['"region"', '"regoin"'],
    ['"rate"', '"rat"'],
    ['"throughput"', '"thruput"'],
    ['210987654321', '21098765432'],
  ] as const) {
    expect([to, isValid(JSON.parse(WHOLE.replace(from, to)))]).toEqual([to, false]);
  }
});

test('JSON is read', () => {
  const { config } = loadConfig(written('dialproof.config.json', WHOLE));
  expect(JSON.parse(JSON.stringify(config))).toMatchObject(JSON.parse(WHOLE) as object);
});

test.each([
  ['a wrong value', '"port": 4020', '"port": "4020"', '16:17: emulator.port must be a whole'],
  ['an item of a list', '25 }]', '-1 }]', '13:48: agents[0].agents must be a whole number'],
  ['a time', '17:00', '25:99', '13:14: agents[0]: '],
  ['an unknown member', '"region"', '"regoin"', '2:3: the configuration has no member'],
  [
    'an unknown member within',
    '"rate"',
    '"rat"',
    "17:34: scenarios.throughput has no member 'rat'",
  ],
  ['a scenario', '"throughput"', '"thruput"', "17:18: scenarios has no member 'thruput'"],
  ['a key with dots', '"pages": 3', '"pages": "3"', '17:65: scenarios../evening.ts.pages must be'],
  ['a choice', '60 }', '-5 }', '14:64: choices.tokenLifetimeSeconds must be 1..'],
  ['a fault', '"throttle"', '"throttel"', '15:28: faults.faults[0].fault must be'],
  ['an account', '210987654321', '21098765432', '3:3: account must be an account of 12 digits'],
  ['a URL', 'http://127.0.0.1:4318', 'collector', '18:16: outputs.otlp must be an http'],
])('the place is told: %s', (_, from, to, expected) => {
  expect(said('dialproof.config.json', WHOLE.replace(from, to))).toMatch(
    new RegExp(`^dialproof\\.config\\.json:${expected.replace(/[.[\]/]/g, '\\$&')}`),
  );
});

test('JSON that is no JavaScript is told without its place', () => {
  expect(said('dialproof.config.json', '{"__proto__": 1, "__proto__": 2}')).toBe(
    'dialproof.config.json:1:1: the member __proto__ stands there twice: leave one out',
  );
});

test('a member that stands there twice is refused, for the first would be lost', () => {
  const twice = WHOLE.replace('"emulator": {', '"emulator": { "port": 1 },\n  "emulator": {');
  expect(said('dialproof.config.json', twice)).toMatch(
    /^dialproof\.config\.json:16:3: the member emulator stands there twice: leave one out$/,
  );
});

test('two queues of one instance with the same id are told by the second', () => {
  const twice = WHOLE.replace(
    '"enabled": true }',
    '"enabled": true },\n        { "id": "q", "name": "Night", "enabled": true }',
  );
  expect(said('dialproof.config.json', twice)).toMatch(
    /^dialproof\.config\.json:9:11: instances\[0\]/,
  );
});

test.each([
  ['a comma that is missing', '{\n  "region": "x"\n  "out": "y"\n}', '3:3'],
  ['a word', '{\n  "contracts": yes\n}', '2:16'],
  ['an end that is missing', '{\n  "out": "x"', '2:13'],
  ['a comment', '{\n  // no\n}', '2:3'],
  ['a comma too many', '{\n  "out": "x",\n}', '3:1'],
])('what is not JSON is told with its place: %s', (_, text, place) => {
  expect(said('dialproof.config.json', text)).toMatch(
    new RegExp(`^dialproof\\.config\\.json:${place}: this is not JSON \\(.*\\): correct it here$`),
  );
});

const MODULE = `import { defineConfig, type Config } from 'dialproof';
import { rate } from './rates';

interface Own { readonly a: string }

const scenarios: Config['scenarios'] = {
  throughput: { rate },
};

export default defineConfig({
  region: 'eu-central-1' as string,
  scenarios,
  emulator: {
    port: 4020,
  },
} satisfies Config);
`;

function module(text: string, rates = 'export const rate: number = 7;'): string {
  const file = written('dialproof.config.ts', text);
  writeFileSync(join(file, '..', 'rates.ts'), rates);
  return file;
}

test('a module is read, with what it imports', () => {
  expect(loadConfig(module(MODULE)).config).toMatchObject({
    region: 'eu-central-1',
    scenarios: { throughput: { rate: 7 } },
    emulator: { port: 4020 },
  });
});

test.each([
  ['a wrong value', 'port: 4020', "port: '4020'", /^dialproof\.config\.ts:14:5: emulator\.port /],
  [
    'behind a constant',
    'throughput: { rate }',
    'throughput: { rat: rate }',
    /^dialproof\.config\.ts:7:17: scenarios\./,
  ],
  ['a syntax error', 'port: 4020', 'port 4020', /^dialproof\.config\.ts:14:10: Expected/],
  [
    'an error while it runs',
    'port: 4020',
    'port: (() => { throw new Error("no port"); })()',
    /^dialproof\.config\.ts:14:26: no port$/,
  ],
  [
    'no export',
    'export default',
    'const config =',
    /^dialproof\.config\.ts:1:1: it exports nothing: write export default/,
  ],
])('the place in a module is told: %s', (_, from, to, expected) => {
  const file = module(MODULE.replace(from, to));
  expect(() => loadConfig(file)).toThrow(UserError);
  try {
    loadConfig(file);
  } catch (error) {
    expect((error as Error).message.replace(file, 'dialproof.config.ts')).toMatch(expected);
  }
});

test.each([
  ['a promise', 'export default Promise.resolve({ out: 5 });', /:1:1: it exports a promise: /],
  [
    'a function',
    'export default () => ({ out: 5 });',
    /:1:16: the configuration must be an object/,
  ],
  [
    'a function inside',
    'export default { out: () => 5 };',
    /:1:18: out must be .*, not a function$/,
  ],
  ['no JSON', 'export default { out: 5n };', /:1:18: out must be .*, not 5$/],
  [
    'of itself',
    'var a = Object(a); export default Object.assign({ out: 5 }, a);',
    /:1:51: out must be/,
  ],
  [
    'a syntax that Node does not run',
    '@((c: unknown) => c as never) class A {}\nexport default { out: 5 };',
    /:2:18: out must be/,
  ],
  [
    'a package that is not there',
    "import 'no-such-package-of-ours';\nexport default {};",
    /:1:\d+: Cannot find module/,
  ],
])('what a module must not export: %s', (_, text, expected) => {
  expect(said('dialproof.config.ts', text)).toMatch(expected);
});

test('a module may be CommonJS', () => {
  const file = written('dialproof.config.js', "module.exports = { out: 'results' };\n");
  expect(loadConfig(file).config.out).toBe('results');
  expect(said('dialproof.config.js', 'module.exports = {\n  out: 5,\n};\n')).toMatch(
    /^dialproof\.config\.js:2:3: out must be/,
  );
});

describe('where it is', () => {
  test('in the folder or above it, up to the root of the repository', () => {
    const file = written('dialproof.config.json', '{}');
    const deep = join(file, '..', 'a', 'b');
    mkdirSync(deep, { recursive: true });
    expect(findConfig(deep)).toBe(file);
    mkdirSync(join(file, '..', 'a', '.git'));
    expect(findConfig(deep)).toBeNull();
  });

  test('two in one folder are refused', () => {
    const file = written('dialproof.config.json', '{}');
    writeFileSync(join(file, '..', 'dialproof.config.ts'), '');
    expect(() => findConfig(join(file, '..'))).toThrow(
      /are both configurations: keep one of them$/,
    );
  });

  test('one that is named must be there, and be of a known kind', () => {
    const file = written('config.yaml', '');
    expect(() => namedConfig(join(dir, 'none.json'))).toThrow(/^there is no file /);
    expect(() => namedConfig(file)).toThrow(/it must end in \.json, \.ts or \.js$/);
  });
});
