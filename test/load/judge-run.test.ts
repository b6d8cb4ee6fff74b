/** What a finished run amounts to, above all one that was interrupted. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionsOf } from '../../generators/corpus.ts';
import type { EngineOutcome } from '../../load/engines/engine.ts';
import { judgeRun } from '../../load/judge/judge-run.ts';
import { historyLine } from '../../load/lib/history-line.ts';
import { type ScenarioName, scenarioRow } from '../../load/lib/profiles.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import type { ThresholdResult } from '../../run/run.ts';
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
  scenario: ScenarioName = 'smoke',
  faults: readonly string[] = [],
) {
  const historyFile = join(dir, 'judged.history.tsv');
  writeFileSync(historyFile, history);
  return judgeRun({
    scenario,
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
  const NO_HISTORY = { kind: 'no history', requests: 7 };
  const NOTHING_JUDGED = { kind: 'nothing judged' };

  it('is judged by its thresholds', async () => {
    const thresholds = [met('checks', 'rate==1')];
    expect(await judged({ requests: 7, thresholds }, '')).toMatchObject({
      verdict: 'pass',
      reasons: [],
      requests: 7,
      findings: [NO_HISTORY],
    });
    const unmet = [broken('checks', 'rate==1', 0)];
    expect(await judged({ requests: 7, thresholds: unmet }, '')).toMatchObject({
      verdict: 'fail',
      reasons: [{ kind: 'threshold missed', metric: 'checks', expression: 'rate==1', value: 0 }],
    });
  });

  it('is not exercised without any, and fails for an exception', async () => {
    expect(await judged({ requests: 7 }, '')).toMatchObject({
      verdict: 'not exercised',
      reasons: [NOTHING_JUDGED],
    });
    expect(await judged({ requests: 7, errors: [BOOM] }, '')).toMatchObject({
      verdict: 'fail',
      reasons: [BOOM, NOTHING_JUDGED],
    });
  });

  it('has its console lines named, where it printed any', async () => {
    const { findings } = await judged({ requests: 7 }, 'hello\n');
    expect(findings).toEqual([NO_HISTORY, { kind: 'printed', file: 'judged.history.tsv' }]);
    expect((await judged({}, `hello\n${LINE}\n`)).findings).toEqual([]);
  });
});

it.each<[string, ThresholdResult[], boolean]>([
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
