/** No code of the engine is lost on the way to the verdict. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionsOf } from '../../generators/corpus.ts';
import { EXIT } from '../../load/engine/read/refusal.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { Engine } from '../../load/engines/engine.ts';
import { workersEngine } from '../../load/engines/workers/engine.ts';
import { LIMITS } from '../../load/engines/workers/watchdog.ts';
import { judgeRun } from '../../load/judge/judge-run.ts';
import { loadReasonSaid } from '../../reports/english/load.ts';
import { tempDir } from '../support/temp-dir.ts';
import { startServer, type TestServer } from './engine/support.ts';

const dir = tempDir();
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

interface Row {
  /** What the script does in its one iteration, in setup or in teardown. */
  readonly where: 'iteration' | 'setup' | 'teardown' | 'interruption';
  readonly does: string;
  readonly options?: string;
  readonly verdict: 'pass' | 'fail' | 'not exercised';
  /** Where it is not the one in this process. */
  readonly engine?: Engine;
  /** What the report gives as the reason. */
  readonly says: RegExp | null;
}

const FAILS = "exec.test.fail('a mark')";
const MARKED = /^The script marked the run as failed: a mark$/;

/** A code without a row does not compile. */
const ROWS: Readonly<Record<Exclude<keyof typeof EXIT, 'invalidConfig'>, readonly Row[]>> = {
  ok: [{ where: 'iteration', does: '', verdict: 'pass', says: null }],
  thresholds: [
    {
      where: 'iteration',
      does: '',
      options: "thresholds: { http_reqs: ['count>1'] }",
      verdict: 'fail',
      says: /^Threshold http_reqs count>1 failed: 1\.$/,
    },
  ],
  setupTimeout: [
    {
      where: 'setup',
      does: 'sleep(9)',
      options: "setupTimeout: '20ms'",
      verdict: 'fail',
      says: /^The run was ended: setup\(\): setup\(\) execution timed out/,
    },
  ],
  teardownTimeout: [
    {
      where: 'teardown',
      does: 'sleep(9)',
      options: "teardownTimeout: '20ms'",
      verdict: 'fail',
      says: /^The run was ended: teardown\(\): teardown\(\) execution timed out/,
    },
  ],
  timeout: [
    {
      where: 'iteration',
      does: 'while (true) {}',
      options:
        "scenarios: { s: { executor: 'per-vu-iterations', maxDuration: '3s', gracefulStop: '0s' } }",
      engine: workersEngine(1, { ...LIMITS, graceMs: 500 }),
      verdict: 'fail',
      says: /^The run was ended: the script still ran at .*script\.js:4:\d+ when its time was over/,
    },
  ],
  interrupted: [{ where: 'interruption', does: '', verdict: 'not exercised', says: /interrupted/ }],
  scriptException: (['setup', 'iteration', 'teardown'] as const).map((where) => ({
    where,
    does: "throw new Error('no good')",
    verdict: 'fail',
    says: /^The script threw: no good \(1x, /,
  })),
  aborted: (['setup', 'iteration', 'teardown'] as const).map((where) => ({
    where,
    does: "exec.test.abort('enough')",
    verdict: 'fail',
    says: /^The run was ended: test aborted: enough$/,
  })),
  markedFailed: (['setup', 'iteration', 'teardown'] as const).map((where) => ({
    where,
    does: FAILS,
    verdict: 'fail',
    says: MARKED,
  })),
};

const CASES = Object.entries(ROWS).flatMap(([code, rows]) =>
  rows.map((row) => [code as keyof typeof EXIT, row.where, row] as const),
);

async function resultOf({ where, does, options = '', engine = embeddedEngine }: Row) {
  const script = join(dir, 'script.js');
  const at = (place: Row['where']) => (place === where ? does : '');
  writeFileSync(
    script,
    `import http from 'k6/http'; import exec from 'k6/execution'; import { sleep } from 'k6';
     export const options = { thresholds: { http_reqs: ['count>=0'] }, ${options} };
     export function setup() { ${at('setup')} }
     export default function () { http.get('${server.url}'); ${at('iteration')} }
     export function teardown() { ${at('teardown')} }`,
  );
  const historyFile = join(dir, 'history.tsv');
  const outcome = await engine.run({
    script,
    env: {},
    historyFile,
    plannedMs: 1_000,
    labels: { testid: 'codes', scenario: 'script' },
    loopbackOnly: true,
    ...(where === 'interruption' ? { signal: AbortSignal.abort() } : {}),
  });
  const load = await judgeRun({
    scenario: 'script',
    row: null,
    engine,
    outcome,
    historyFile,
    ledger: null,
    quota: null,
    predictions: predictionsOf(Buffer.from('..'), 2),
    cut: false,
    faults: [],
    reasons: [],
    findings: [],
  });
  return { outcome, load };
}

test.each(CASES)('%s in %s', async (code, _, row) => {
  const { outcome, load } = await resultOf(row);
  expect(outcome.exitCode).toBe(EXIT[code]);
  expect(load.verdict).toBe(row.verdict);
  if (row.says === null) expect(load.reasons).toEqual([]);
  else {
    const said = load.reasons.map(loadReasonSaid);
    expect(said).toContainEqual(expect.stringMatching(row.says));
    // What no line of the script threw has no place.
    expect(said.filter((sentence) => sentence.includes('x, )'))).toEqual([]);
  }
});

test('a mark is told beside what hides its code', async () => {
  const { outcome, load } = await resultOf({
    where: 'iteration',
    does: FAILS,
    options: "thresholds: { http_reqs: ['count>1'] }",
    verdict: 'fail',
    says: MARKED,
  });
  expect(outcome.exitCode).toBe(EXIT.thresholds);
  expect(load.reasons.map(loadReasonSaid)).toEqual([
    expect.stringMatching(MARKED),
    expect.stringMatching(/^Threshold http_reqs/),
  ]);
});

test('what plain scripts are told by: metrics, groups, checks, and answers that were refusals or none', async () => {
  const script = join(dir, 'plain.js');
  writeFileSync(
    script,
    `import http from 'k6/http'; import { check, group } from 'k6'; import { Counter } from 'k6/metrics';
     const things = new Counter('things');
     export const options = { iterations: 2 };
     export default function () {
       things.add(3);
       group('outer', () => check(http.get('${server.url}/'), { good: (r) => r.status === 200 }));
       http.get('${server.url}/status/403');
       http.get('${server.url}/named/403');
       http.get('http://127.0.0.1:1/');
     }`,
  );
  const { metrics, groups, checks, failedAnswers } = await embeddedEngine.run({
    script,
    env: {},
    historyFile: join(dir, 'plain.tsv'),
    plannedMs: 1_000,
    labels: { testid: 'codes', scenario: 'plain' },
    loopbackOnly: true,
  });
  expect(metrics.things).toMatchObject({ type: 'counter', values: { count: 6 } });
  expect(metrics.http_req_duration?.values).toHaveProperty(['p(95)']);
  expect(groups.groups).toMatchObject([{ name: 'outer', checks: [{ name: 'good', passes: 2 }] }]);
  expect(checks).toEqual([{ name: 'good', groups: ['outer'], passes: 2, fails: 0 }]);
  expect(failedAnswers).toHaveLength(3);
  expect(failedAnswers).toEqual(
    expect.arrayContaining([
      { status: 403, error: 'Forbidden', count: 2 },
      { status: 403, error: 'AccessDeniedException', count: 2 },
      { status: 0, error: expect.stringContaining('connection refused'), count: 2 },
    ]),
  );
});
