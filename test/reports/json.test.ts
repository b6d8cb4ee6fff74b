import { readRun, renderJson } from '../../run/json.ts';
import { UserError } from '../../system/errors.ts';
import { failing, passing, SAMPLES } from './samples.ts';

/** The JSON of the failing run with one member changed; undefined removes it. */
function broken(path: readonly (string | number)[], value: unknown): string {
  const run: unknown = JSON.parse(renderJson(failing));
  const parent = path
    .slice(0, -1)
    .reduce((at, key) => (at as Record<string | number, unknown>)[key], run);
  (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
  return JSON.stringify(run);
}

describe('readRun', () => {
  it.each(Object.entries(SAMPLES))('reads back %s', (name, run) => {
    // JSON itself cannot carry a lone surrogate unharmed through a file; everything else is equal.
    const { hostile } = SAMPLES;
    if (run !== hostile) expect(readRun(renderJson(run))).toEqual(run);
    expect(readRun(renderJson(run), name).verdict).toBe(run.verdict);
  });

  it.each<[readonly (string | number)[], unknown, string]>([
    [['schema'], 'dialproof-run/2', 'schema must be "dialproof-run/1", not "dialproof-run/2"'],
    [['verdict'], 'ok', 'verdict must be "pass" or "fail" or "not exercised", not "ok"'],
    [['seed'], '42', 'seed must be a number, not "42"'],
    [['interrupted'], undefined, 'interrupted must be true or false, not missing'],
    [['load'], {}, 'load must be a list, not an object'],
    [['target'], null, 'target must be an object, not null'],
    [
      ['contracts', 'interactions', 2, 'provider'],
      'passed',
      'contracts.interactions[2].provider must be null or "pass" or "fail" or "not exercised", not "passed"',
    ],
    [
      ['load', 1, 'series', 0, 'p99'],
      null,
      'load[1].series[0].p99 must be a number from 0 up, not null',
    ],
    [['load', 0, 'requests'], -1, 'load[0].requests must be a number from 0 up, not -1'],
    [
      ['load', 0, 'answered', 'NO_SUCH_CODE'],
      1,
      'a key of load[0].answered must be one of CREATED, MISSING_CUSTOMER_ENDPOINT',
    ],
    [['load', 0, 'audit', 'invariants', 0, 'evidence'], 'x', 'evidence must be a list, not "x"'],
  ])('refuses %j: %j', (path, value, message) => {
    const read = (): unknown => readRun(broken(path, value), 'out/run.json');
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^out\/run\.json is not a run of dialproof: .*; run the tests again/);
  });

  it.each(['', '{', 'null', '[]'])('refuses %j as a user mistake', (text) => {
    expect(() => readRun(text)).toThrow(UserError);
  });

  it('leaves out members that it does not know', () => {
    expect(readRun(broken(['colour'], 'red'))).toEqual(failing);
  });
});

describe('renderJson', () => {
  it('refuses to write what could not be read', () => {
    const run = { ...passing, durationMs: Number.NaN };
    expect(() => renderJson(run)).toThrow('durationMs must be a number from 0 up, not NaN');
  });
});
