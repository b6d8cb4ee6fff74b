/** The published schemas: made from the readers, and as strict as they are. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS } from '../../cli/documents/documents.ts';
import { ORDINARY, planCampaign } from '../../planner/plan.ts';
import { planJson } from '../../reports/write-plan.ts';
import { CHANGES_SCHEMA } from '../../run/compare/changes.ts';
import { compareRuns, comparison } from '../../run/compare/compare.ts';
import { historyText } from '../../run/compare/history.ts';
import { lineOf, runLine } from '../../run/compare/line.ts';
import { current, renderJson } from '../../run/json.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { schemaDocument } from '../../system/schema.ts';
import { failing, SAMPLES } from '../reports/samples.ts';
import { expectGolden } from '../support/golden.ts';
import { documentsOf, requireDocument, validatorOf } from './documents.ts';

const FOLDER = join(PACKAGE_ROOT, 'schemas');
const ADDRESS = 'https://github.com/dialproof/dialproof/blob/main/schemas';

const fileOf = (name: string): string => `${name}.schema.json`;

it.each(Object.entries(DOCUMENTS))(
  'schemas/%s is what the code says',
  (name, { schema: make, title }) => {
    const schema = schemaDocument(make(), `${ADDRESS}/${fileOf(name)}`, title);
    expectGolden(join(FOLDER, fileOf(name)), `${JSON.stringify(schema, null, 1)}\n`);
  },
);

it('a plan is valid', async () => {
  const made = await planCampaign({ ...ORDINARY, contacts: 50, agents: 5, seeds: [1] });
  expect(isValid('campaign-plan', JSON.parse(JSON.stringify(planJson(made))))).toBe(true);
  expect(isValid('campaign-plan', made)).toBe(false);
});

it('the folder has no others', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(DOCUMENTS).map(fileOf).sort());
});

const isValid = (name: string, value: unknown): boolean => validatorOf(name)(value);

/** Documents that the code reads too, by their readers. */
const READERS: Readonly<Record<string, (value: unknown, at: string) => unknown>> = {
  run: current,
  'run-line': runLine,
  comparison,
};

function isRead(name: string, value: unknown): boolean {
  try {
    READERS[name]?.(value, '');
    return true;
  } catch {
    return false;
  }
}

const compared = compareRuns(
  [lineOf({ ...failing, seed: 7 })],
  [lineOf({ ...SAMPLES.passing, id: 'x', startedAt: '2027' } as typeof failing)],
  'the last run',
);

const REAL: readonly (readonly [string, string])[] = [
  ...Object.entries(SAMPLES).map(([, run]) => ['run', renderJson(run)] as const),
  ['run-line', historyText(lineOf(failing))],
  ['comparison', JSON.stringify(compared)],
  ['changes', JSON.stringify({ schema: CHANGES_SCHEMA, comparisons: [compared], missing: [] })],
];

it.each(REAL)('what is written is valid: %s', (name, json) => {
  expect(isValid(name, JSON.parse(json))).toBe(true);
});

interface Place {
  readonly path: readonly (string | number)[];
}

/** Every member of a document, of each list only the first one. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((one: unknown, i) => [i, one])
    : Object.entries(value);
  return entries.flatMap(([key, member]) => [
    ...(typeof key === 'string' ? [{ path: [...path, key] }] : []),
    ...placesIn(member, [...path, key]),
  ]);
}

function without(document: unknown, path: readonly (string | number)[], value?: unknown): unknown {
  const copy = structuredClone(document);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], copy);
  const last = path.at(-1) ?? '';
  if (value === undefined) delete (parent as Record<string | number, unknown>)[last];
  else (parent as Record<string | number, unknown>)[last] = value;
  return copy;
}

it.each([
  ['run', renderJson(failing)],
  ['run-line', historyText(lineOf(failing))],
  ['comparison', JSON.stringify(compared)],
])(
  'a member that is gone, or of another type, is refused by both or by neither: %s',
  (name, json) => {
    const document: unknown = JSON.parse(json);
    const places = placesIn(document);
    const split: string[] = [];
    let refused = 0;
    for (const { path } of places) {
      for (const value of [undefined, [{}]]) {
        const mutant = without(document, path, value);
        const [valid, read] = [isValid(name, mutant), isRead(name, mutant)];
        if (valid !== read)
          split.push(`${path.join('.')} ${value === undefined ? 'gone' : 'typed'}`);
        if (!valid) refused += 1;
      }
    }
    expect(split).toEqual([]);
    expect(refused).toBeGreaterThan(places.length / 2);
  },
);

it('every file that prints a document has its schema, and no other is named', () => {
  const printing = ['cli/commands', 'cli/stages'].flatMap((folder) =>
    readdirSync(join(PACKAGE_ROOT, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) =>
        readFileSync(join(PACKAGE_ROOT, path), 'utf8').includes('terminal.document('),
      ),
  );
  const named = new Set(Object.values(DOCUMENTS).flatMap(({ from }) => from));
  expect([...named].sort()).toEqual(printing.sort());
});

it('parts of run.json are as it has them', () => {
  const [contract] = failing.contracts;
  const [load] = failing.load;
  expect(isValid('audit', load?.audit)).toBe(true);
  expect(isValid('contracts-drift', contract?.drift)).toBe(true);
  expect(isValid('contracts-mutate', contract?.mutation)).toBe(true);
  expect(isValid('contracts-coverage', contract?.coverage)).toBe(true);
  expect(isValid('contracts-coverage', contract?.drift)).toBe(false);
});

describe('what tests start is held to the schemas', () => {
  const health = { healthy: true, url: 'http://127.0.0.1:1', text: 'ready', answer: {} };

  it('by the longest name of a command', () => {
    expect(documentsOf(['report', 'compare', 'a', 'b'])).toEqual(['comparison', 'missing']);
    expect(documentsOf(['report', 'run.json'])).toEqual(['report-paths']);
    expect(documentsOf(['init'])).toEqual([]);
  });

  it.each([
    ['a member is gone', { ...health, url: undefined }, "must have required property 'url'"],
    ['another type', { ...health, healthy: 'yes' }, 'must be boolean'],
  ])('%s', (_, document, said) => {
    expect(() => requireDocument(['health', '--json'], JSON.stringify(document))).toThrow(said);
  });

  it('a second document, and a command without one', () => {
    const twice = `${JSON.stringify(health)}\n`.repeat(2);
    expect(() => requireDocument(['health', '--json'], twice)).toThrow(SyntaxError);
    expect(() => requireDocument(['init', '--json'], '{}')).toThrow('it has none');
  });

  it('nothing is held to a schema without --json, or without output', () => {
    expect(() => requireDocument(['health'], 'ready')).not.toThrow();
    expect(() => requireDocument(['health', '--json'], '')).not.toThrow();
    expect(() => requireDocument(['health', '--json'], JSON.stringify(health))).not.toThrow();
  });
});
