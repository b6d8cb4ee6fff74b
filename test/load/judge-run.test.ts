/** What a finished run amounts to, above all one that was interrupted. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionsOf } from '../../generators/corpus.ts';
import type { EngineOutcome, MeasuredThreshold } from '../../load/engines/engine.ts';
import { judgeRun } from '../../load/judge/judge-run.ts';
import { historyLine } from '../../load/lib/history-line.ts';
import { type ScenarioName, scenarioRow } from '../../load/lib/profiles.ts';
import { roadLine } from '../../load/lib/road-line.ts';
import { dialLetterOf } from '../../operation/corpus/dial-record.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import { judgeLoad } from '../../run/verdict.ts';
import { tempDir } from '../support/temp-dir.ts';
import { threshold } from '../support/threshold.ts';

const dir = tempDir();

const OUTCOME: EngineOutcome = {
  startedAt: 0,
  durationMs: 1_000,
  iterations: 1,
  requests: 1,
  thresholds: [],
  checks: [],
  metrics: {},
  groups: { name: '', path: '', id: '', groups: [], checks: [] },
  failedAnswers: [],
  exitCode: 0,
  errors: [],
  droppedIterations: 0,
  latenessP99Ms: 1,
  eventLoopDelayP99Ms: 1,
  busy: null,
  interrupted: false,
  cutIterations: 0,
  notes: [],
};

const LINE = historyLine({
  index: 0,
  record: 0,
  token: stampOf('judgerun', 0),
  attempt: 1,
  startMs: 5,
  durationMs: 1,
  status: 200,
  error: '-',
  letters: '..',
  digest: 'd',
  places: '-',
});

function judged(
  change: Partial<EngineOutcome>,
  history = `${LINE}\n`,
  scenario: ScenarioName | null = 'smoke',
  faults: readonly string[] = [],
) {
  const historyFile = join(dir, 'judged.history.tsv');
  writeFileSync(historyFile, history);
  return judgeRun({
    scenario: scenario ?? 'own',
    row: scenarioRow(scenario),
    engine: { name: 'dialproof', version: '0' },
    outcome: { ...OUTCOME, ...change },
    historyFile,
    ledger: null,
    quota: null,
    predictions: predictionsOf(Buffer.from('..'), 2),
    cut: false,
    faults,
    reasons: [],
    findings: [],
  });
}

it('attributes missed thresholds to the faults that were met', async () => {
  const thresholds = [broken('checks', 'rate==1', 0.5), met('batches_started', 'count>=1')];
  const missed = { metric: 'checks', expression: 'rate==1', value: 0.5 };
  const { verdict, reasons } = await judged({ thresholds }, undefined, 'smoke', ['latency']);
  expect({ verdict, reasons }).toEqual({
    verdict: 'fail',
    reasons: [{ kind: 'missed under faults', ...missed, faults: ['latency'] }],
  });
  const { reasons: without } = await judged({ thresholds });
  expect(without).toEqual([{ kind: 'threshold missed', ...missed }]);
});

const broken = (metric: string, expression: string, value: number | null) =>
  threshold(metric, expression, false, value);

const met = (metric: string, expression: string) => threshold(metric, expression, true, 1);

const BOOM = { kind: 'script threw', message: 'boom', count: 1, where: null } as const;
const INTERRUPTED = { kind: 'interrupted' } as const;

const LEFT_OPEN = [
  broken('batches_started', 'count>=400', 137),
  broken('refused_past_quota', 'count>0', 0),
  broken('verdict_internal_error', ' count > 0', 0),
  broken('dropped_iterations', 'count<1', 797),
  broken('iteration_ok', 'rate==1', null),
];

describe('a run that was interrupted', () => {
  it('is not exercised where it missed what it had no time for, and says what that is', async () => {
    const result = await judged({
      interrupted: true,
      droppedIterations: 797,
      thresholds: [...LEFT_OPEN, met('checks', 'count>=1')],
    });
    expect(result).toMatchObject({
      verdict: 'not exercised',
      reasons: [INTERRUPTED],
      thresholds: [{ metric: 'checks', ok: true }],
      validity: { valid: false, reasons: [INTERRUPTED] },
    });
    expect(judgeLoad(result)).toEqual({ verdict: 'not exercised', reasons: result.reasons });
    expect(result.findings).toEqual(
      expect.arrayContaining([
        {
          kind: 'threshold open',
          metric: 'batches_started',
          expression: 'count>=400',
          value: 137,
        },
        { kind: 'threshold open', metric: 'iteration_ok', expression: 'rate==1', value: null },
      ]),
    );
  });

  it('is not exercised where it sent nothing', async () => {
    const result = await judged({ interrupted: true, requests: 0 }, '');
    expect(result.verdict).toBe('not exercised');
    expect(result.reasons).toEqual([INTERRUPTED]);
  });

  it.each<[string, Partial<EngineOutcome>]>([
    ['a share', { thresholds: [broken('checks', 'rate==1', 0.9)] }],
    ['a ceiling', { thresholds: [broken('refused_within_quota', 'count<1', 2)] }],
    ['a response time', { thresholds: [broken('http_req_duration', 'p(95)<5', 9)] }],
    ['an exception', { errors: [BOOM] }],
  ])('fails all the same for %s', async (_, change) => {
    expect((await judged({ interrupted: true, ...change })).verdict).toBe('fail');
  });
});

it.each(LEFT_OPEN)('a run that came to its end fails for $metric $expression', async (one) => {
  const result = await judged({ thresholds: [one] });
  expect(result).toMatchObject({ verdict: 'fail', thresholds: [one] });
});

const AMPLIFICATION: [ScenarioName, number, number][] = [
  ['retry-storm', 3, 1],
  ['ambiguous', 3, 2],
  ['fault', 2, 2],
];

it.each(AMPLIFICATION)(
  'the amplification of %s is over what it sends where nothing goes wrong',
  async (scenario, requests, sends) => {
    const lines = Array.from({ length: requests }, (_, i) => LINE.replace('\t1\t', `\t${i + 1}\t`));
    const { findings } = await judged({ iterations: 0 }, `${lines.join('\n')}\n`, scenario);
    expect(findings).toContainEqual({ kind: 'amplification', requests, batches: 1, sends });
  },
);

describe('a run that came to its end', () => {
  it('passes with its figures where nothing is wrong', async () => {
    const result = await judged({ requests: 3, thresholds: [met('checks', 'rate==1')] });
    expect(result).toMatchObject({
      verdict: 'pass',
      reasons: [],
      findings: [],
      requests: 1,
      contacts: 2,
      iterations: 1,
      validity: { valid: true },
      audit: { verdict: 'pass', attempts: 1 },
    });
  });

  it('fails for a violated invariant, an exception and an unmet threshold', async () => {
    const result = await judged(
      {
        errors: [BOOM],
        thresholds: [
          broken('checks', 'rate==1', 0.12345),
          broken('iteration_ok', 'rate==1', null),
          met('http_req_failed', 'rate==0'),
        ],
      },
      `${LINE.replace('\t..\t', '\t.?\t')}\n`,
    );
    const violated = (invariant: string) => ({
      kind: 'invariant violated',
      invariant,
      violations: 1,
      checked: 1,
    });
    expect(result.verdict).toBe('fail');
    expect(result.reasons).toEqual([
      violated('one result per item'),
      violated('answered as predicted'),
      BOOM,
      { kind: 'threshold missed', metric: 'checks', expression: 'rate==1', value: 0.12345 },
      { kind: 'threshold missed', metric: 'iteration_ok', expression: 'rate==1', value: null },
    ]);
  });

  it('fails where no request was made', async () => {
    const result = await judged({ requests: 0 }, '');
    expect(result).toMatchObject({ verdict: 'fail', reasons: [{ kind: 'no request' }] });
    expect(result.findings).toEqual([]);
  });

  it('says what was cut besides its verdict where it was interrupted and failed', async () => {
    const { reasons } = await judged({ interrupted: true, errors: [BOOM] });
    expect(reasons).toEqual([BOOM]);
  });
});

describe('a script that leaves no history', () => {
  const own = (change: Partial<EngineOutcome>, printed = '') =>
    judged({ requests: 7, ...change }, printed, null);
  const NO_HISTORY = { kind: 'no history', requests: 7 };
  const NOTHING_JUDGED = { kind: 'nothing judged' };

  it('is judged by its thresholds', async () => {
    const thresholds = [met('checks', 'rate==1')];
    expect(await own({ thresholds })).toMatchObject({
      verdict: 'pass',
      reasons: [],
      history: false,
      requests: 7,
      findings: [NO_HISTORY],
      // A missing history is no reason to doubt the figures.
      validity: { valid: true },
    });
    const unmet = [broken('checks', 'rate==1', 0)];
    expect(await own({ thresholds: unmet })).toMatchObject({
      verdict: 'fail',
      reasons: [{ kind: 'threshold missed', metric: 'checks', expression: 'rate==1', value: 0 }],
    });
  });

  it('is not exercised without any, and fails for an exception', async () => {
    expect(await own({})).toMatchObject({
      verdict: 'not exercised',
      reasons: [NOTHING_JUDGED],
    });
    expect(await own({ errors: [BOOM] })).toMatchObject({
      verdict: 'fail',
      reasons: [BOOM, NOTHING_JUDGED],
    });
  });

  it('has its console lines named, where it printed any', async () => {
    const { findings } = await own({}, 'hello\n');
    expect(findings).toEqual([NO_HISTORY, { kind: 'printed', file: 'judged.history.tsv' }]);
    expect((await judged({}, `hello\n${LINE}\n`)).findings).toEqual([]);
  });

  const trend = (values: Record<string, number>): Partial<EngineOutcome> => ({
    metrics: { http_req_duration: { type: 'trend', contains: 'time', values } },
  });

  it('keeps its metrics, groups and failed answers', async () => {
    const failedAnswers = [{ status: 404, error: 'Not Found', count: 1 }];
    const checks = [{ name: 'ok', groups: ['a', 'b'], passes: 1, fails: 0 }];
    const values = { avg: 4, 'p(95)': 9 };
    expect(await own({ ...trend(values), failedAnswers, checks })).toMatchObject({
      metrics: [{ name: 'http_req_duration', type: 'trend', contains: 'time', values }],
      failedAnswers,
      checks,
    });
  });

  it.each([
    [{ avg: 4, 'p(95)': 300 }, true],
    [{ avg: 4, 'p(90)': 200, 'p(95)': 100 }, false],
    [{ 'p(99)': 300, 'p(95)': 1 }, true],
    [{ avg: 300 }, false],
  ])('allows the generator a tenth of its own response times: %j', async (values, valid) => {
    const { validity } = await own({ ...trend(values), eventLoopDelayP99Ms: 25 });
    expect(validity.valid).toBe(valid);
  });

  it('is judged without requests too', async () => {
    const thresholds = [met('iterations', 'count>0')];
    expect(await own({ requests: 0, thresholds })).toMatchObject({
      verdict: 'pass',
      findings: [],
      history: false,
    });
  });
});

describe('figures that are not valid', () => {
  const METRICS: EngineOutcome['metrics'] = Object.fromEntries(
    (
      [
        ['http_req_duration', 'trend'],
        ['basket_time', 'trend'],
        ['http_reqs', 'counter'],
        ['batches_started', 'counter'],
        ['orders', 'counter'],
        ['checks', 'rate'],
        ['http_req_failed', 'rate'],
        ['dropped_iterations', 'counter'],
        ['depth', 'gauge'],
      ] as const
    ).map(([name, type]) => [name, { type, contains: 'default', values: {} }]),
  );
  const DROPPED: Partial<EngineOutcome> = { droppedIterations: 5, metrics: METRICS };
  const LATE: Partial<EngineOutcome> = { latenessP99Ms: 600, metrics: METRICS };
  const BUSY: Partial<EngineOutcome> = {
    busy: { what: 'this machine', share: 0.9 },
    metrics: METRICS,
  };
  /** It is not known what the generator adds to a response time. */
  const UNTOLD: Partial<EngineOutcome> = { ...BUSY, eventLoopDelayP99Ms: null };

  it.each<[string, Partial<EngineOutcome>, MeasuredThreshold]>([
    ['an objective that was met', DROPPED, met('http_req_duration', 'p(95)<500')],
    ['an objective that was met', LATE, met('http_req_duration', 'p(95)<500')],
    ['an objective that was met', UNTOLD, met('http_req_duration', 'p(95)<500')],
    ['an objective that was missed', LATE, broken('http_req_duration', 'p(95)<500', 700)],
    ['a response time of the script’s own', LATE, met('basket_time', 'avg<90')],
    ['a rate', BUSY, met('http_reqs', 'rate>5')],
    ['a rate', DROPPED, broken('http_reqs', 'rate>5', 4)],
    ['dropped iterations', DROPPED, broken('dropped_iterations', 'count<1', 5)],
    ['a plan that lacks the dropped ones', DROPPED, broken('batches_started', 'count>=10', 5)],
    ['a count that more could reach', DROPPED, broken('orders', 'count>0', 0)],
  ])('leave %s unjudged, and name it', async (_, change, one) => {
    const { verdict, reasons, thresholds } = await judged({ ...change, thresholds: [one] });
    expect(verdict).toBe('not valid');
    expect(reasons).toEqual([
      {
        kind: 'figures not valid',
        because: [expect.objectContaining({ kind: expect.stringMatching(/dropped|late|busy/) })],
        unjudged: [{ metric: one.metric, expression: one.expression }],
      },
    ]);
    expect(thresholds).toEqual([{ ...one, judged: false }]);
  });

  it.each<[string, Partial<EngineOutcome>, MeasuredThreshold]>([
    // Fewer requests make no answer slower.
    ['an objective that was missed', DROPPED, broken('http_req_duration', 'p(95)<500', 700)],
    // It is measured what the busy generator adds.
    ['an objective that was missed', BUSY, broken('http_req_duration', 'p(95)<500', 700)],
    ['a check', BUSY, broken('checks', 'rate==1', 0.9)],
    ['a share', DROPPED, broken('http_req_failed', 'rate==0', 0.1)],
    ['a count', BUSY, broken('orders', 'count>=10', 4)],
    ['a ceiling', DROPPED, broken('orders', 'count<1', 4)],
    ['a plan that lacks more than the dropped', DROPPED, broken('batches_started', 'count>=11', 5)],
    ['a gauge', BUSY, broken('depth', 'value<1', 4)],
  ])('do not excuse %s', async (_, change, one) => {
    const { verdict, reasons } = await judged({ ...change, thresholds: [one] });
    expect(verdict).toBe('fail');
    expect(reasons.map(({ kind }) => kind)).toEqual(['threshold missed']);
  });

  it.each<[string, MeasuredThreshold]>([
    ['a check', met('checks', 'rate==1')],
    ['a count', met('http_reqs', 'count>1')],
    ['a threshold that every value keeps', met('http_req_duration', 'max>=0')],
  ])('take nothing from %s that passed', async (_, one) => {
    for (const change of [DROPPED, LATE, BUSY]) {
      const result = await judged({ ...change, thresholds: [one] });
      expect(result).toMatchObject({ verdict: 'pass', reasons: [], validity: { valid: false } });
    }
  });

  it('do not excuse a violated invariant or an exception', async () => {
    const thresholds = [met('http_req_duration', 'p(95)<500')];
    const lost = `${LINE.replace('\t..\t', '\t.?\t')}\n`;
    expect((await judged({ ...DROPPED, thresholds }, lost)).verdict).toBe('fail');
    expect((await judged({ ...DROPPED, thresholds, errors: [BOOM] })).verdict).toBe('fail');
  });

  it('weigh less than an interruption', async () => {
    const thresholds = [met('http_req_duration', 'p(95)<500')];
    expect(await judged({ ...LATE, thresholds, interrupted: true })).toMatchObject({
      verdict: 'not exercised',
      reasons: [INTERRUPTED],
    });
  });
});

it.each<[string, MeasuredThreshold[], boolean]>([
  [
    'the strictest promised',
    [met('http_req_duration', 'p(95)<500'), met('http_req_duration', 'p(99)<=900')],
    false,
  ],
  [
    'one of a part of the requests',
    [met('http_req_duration{name:a}', 'p(95)<700 in every 10s')],
    true,
  ],
  [
    'none promised',
    [met('batches_started', 'count<100000'), met('http_req_duration', 'p(95)>900')],
    false,
  ],
])(
  'the generator may be as late as a tenth of the response time: %s',
  async (_, thresholds, valid) => {
    const { validity } = await judged({ latenessP99Ms: 60, thresholds });
    expect(validity.valid).toBe(valid);
  },
);

it('has the failure codes of dial requests, second by second, and what the run aimed at', async () => {
  const historyFile = join(dir, 'road.history.tsv');
  const letters = `.${dialLetterOf('InvalidInput')}${dialLetterOf('UnknownError')}${dialLetterOf('InvalidInput')}`;
  const line = roadLine({
    kind: 'put',
    stamp: stampOf('judgerun', 0),
    record: 0,
    campaignId: 'campaign-1',
    attempt: 1,
    places: '-',
    stampedMs: 0,
    startMs: 5,
    endMs: 6,
    durationMs: 1,
    status: 200,
    error: '-',
    letters,
    ids: ['request-1'],
  });
  writeFileSync(historyFile, `${line}\n`);
  const aim = { unit: 'VUs', points: [{ second: 0, value: 2 }] } as const;
  const road = {
    records: null,
    contacts: null,
    before: null,
    dials: null,
    told: null,
    events: null,
    calls: null,
    cut: false,
  };
  const load = await judgeRun({
    scenario: 'dial',
    row: scenarioRow('dial'),
    engine: { name: 'dialproof', version: '0' },
    outcome: OUTCOME,
    historyFile,
    ledger: null,
    quota: null,
    predictions: predictionsOf(Buffer.from('..'), 2),
    cut: false,
    reasons: [],
    faults: [],
    findings: [],
    aim,
    road,
  });
  expect(load.series.map(({ codes }) => codes)).toEqual([{ InvalidInput: 2, UnknownError: 1 }]);
  expect(load.aim).toEqual(aim);
});
