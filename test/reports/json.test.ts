import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { invaliditySaid, loadReasonSaid } from '../../reports/english/load.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { renderHtml } from '../../reports/html/html.ts';
import { renderJunit } from '../../reports/junit.ts';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { readRun, renderJson } from '../../run/json.ts';
import { UserError } from '../../system/errors.ts';
import { expectGoldenReport } from './golden.ts';
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
    [['schema'], 'run/2', 'schema must be "dialproof-run/3", not "run/2"'],
    [
      ['verdict'],
      'ok',
      'verdict must be "pass" or "fail" or "not valid" or "not exercised", not "ok"',
    ],
    [['seed'], '42', 'seed must be a number, not "42"'],
    [['interrupted'], undefined, 'interrupted must be true or false, not missing'],
    [['load'], {}, 'load must be a list, not an object'],
    [['target'], null, 'target must be an object, not null'],
    [
      ['contracts', 0, 'interactions', 2, 'provider'],
      'passed',
      'contracts[0].interactions[2].provider must be null or "pass" or "fail" or "not exercised", not "passed"',
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
    [['reasons', 0], 'so', 'reasons[0] must be an object with a kind, not "so"'],
    [
      ['load', 1, 'reasons', 0, 'kind'],
      'so',
      'load[1].reasons[0].kind must be one of all refused, ',
    ],
    [
      ['load', 1, 'reasons', 0, 'violations'],
      undefined,
      'load[1].reasons[0].violations must be a number from 0 up, not missing',
    ],
  ])('refuses %j: %j', (path, value, message) => {
    const read = (): unknown => readRun(broken(path, value), 'out/run.json');
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^out\/run\.json is not a run of dialproof: .*; run the tests again/);
  });

  it.each(['', '{', 'null', '[]'])('refuses %j as a user mistake', (text) => {
    expect(() => readRun(text)).toThrow(UserError);
  });

  it('reads drift that does not name its operations: its breaking rows fail', () => {
    const differences = failing.contracts[0]?.drift?.differences.map(({ level, change }) => ({
      level,
      change,
    }));
    const { contracts } = readRun(broken(['contracts', 0, 'drift', 'differences'], differences));
    expect(
      contracts[0]?.drift?.differences.map(({ fails, operation }) => [fails, operation]),
    ).toEqual([
      [true, null],
      [false, null],
    ]);
    const drift = { against: 'a model', differences: [] };
    expect(readRun(broken(['contracts', 0, 'drift'], drift)).contracts[0]?.drift?.absent).toEqual(
      [],
    );
  });

  it('reads a run from before there were campaigns', () => {
    expect(readRun(broken(['campaigns'], undefined)).campaigns).toBeNull();
  });

  it('leaves out members that it does not know', () => {
    expect(readRun(broken(['colour'], 'red'))).toEqual(failing);
  });
});

describe('a run.json of version 1', () => {
  const path = join(__dirname, 'older', 'run-1.json');
  const written = readFileSync(path, 'utf8');
  const old = JSON.parse(written);

  it('is read, its sentences as they were written', () => {
    const run = readRun(written);
    expect(run).toMatchObject({ schema: 'dialproof-run/3', id: old.id, verdict: 'fail' });
    expect(run.reasons.map(runReasonSaid)).toEqual(old.reasons);
    const [, load] = run.load;
    expect(load?.reasons.map(loadReasonSaid)).toEqual(old.load[1].reasons);
    expect(load?.validity.reasons.map(invaliditySaid)).toEqual(old.load[1].validity.reasons);
    expect(load?.thresholds[0]).toEqual({
      ...old.load[1].thresholds[0],
      promised: null,
      judged: true,
    });
    expect(run.contracts[0]?.drift?.differences[0]).toEqual({
      level: 'breaking',
      operation: null,
      against: null,
      fails: true,
      change: { kind: 'text', text: 'request member ClientToken is now required' },
    });
  });

  it('has the reports that it had', () => {
    const run = readRun(written);
    expectGoldenReport('version-1.md', renderMarkdown(run));
    for (const text of [renderHtml(run), renderJunit(run)]) {
      expect(text).toContain('token 5f0c6d1e…, item r-000104: ContactId 7a1d… at attempt 812');
      expect(text).not.toContain('[object Object]');
    }
  });

  it('becomes one of version 3 when it is written again', () => {
    const run = readRun(written);
    expect(readRun(renderJson(run))).toEqual(run);
  });

  it('is refused where it is not whole', () => {
    expect(() => readRun(JSON.stringify({ ...old, reasons: [1] }), 'old.json')).toThrow(
      'old.json is not a run of dialproof: reasons[0] must be a text, not 1',
    );
  });
});

describe('a run.json of version 2', () => {
  const written = readFileSync(join(__dirname, 'older', 'run-2.json'), 'utf8');
  const old = JSON.parse(written);

  it('is read, without what it did not have', () => {
    const run = readRun(written);
    const contracts = old.contracts ? [{ name: 'BatchPutContact', ...old.contracts }] : [];
    expect(run).toMatchObject({ ...old, schema: 'dialproof-run/3', contracts });
    for (const load of run.load) {
      expect(load).toMatchObject({ history: true, metrics: [], failedAnswers: [] });
      for (const { groups } of load.checks) expect(groups).toEqual([]);
      for (const { judged } of load.thresholds) expect(judged).toBe(true);
    }
    expect(readRun(renderJson(run))).toEqual(run);
  });
});

test.each(['dialproof-run/4', 'dialproof-run/0', 'dialproof-run/'])(
  'a run.json of the format %s is refused in one sentence',
  (schema) => {
    const read = (): unknown => readRun(broken(['schema'], schema), 'out/run.json');
    expect(read).toThrow(UserError);
    expect(read).toThrow(
      `out/run.json has the format "${schema}", and this dialproof reads dialproof-run/1, dialproof-run/2, dialproof-run/3: render it with the dialproof that wrote it`,
    );
  },
);

describe('renderJson', () => {
  it('refuses to write what could not be read', () => {
    const run = { ...passing, durationMs: Number.NaN };
    expect(() => renderJson(run)).toThrow('durationMs must be a number from 0 up, not NaN');
  });
});
