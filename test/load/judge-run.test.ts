/** What a finished run amounts to, above all one that was interrupted. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionsOf } from '../../generators/corpus.ts';
import type { EngineOutcome } from '../../load/engines/engine.ts';
import { judgeRun } from '../../load/judge/judge-run.ts';
import { historyLine } from '../../load/lib/history-line.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import type { ThresholdResult } from '../../run/run.ts';
import { judgeLoad } from '../../run/verdict.ts';
import { tempDir } from '../support/temp-dir.ts';

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

function judged(change: Partial<EngineOutcome>, history = `${LINE}\n`, scenario = 'smoke') {
  const historyFile = join(dir, 'judged.history.tsv');
  writeFileSync(historyFile, history);
  return judgeRun({
    scenario,
    engine: { name: 'dialproof', version: '0' },
    outcome: { ...OUTCOME, ...change },
    historyFile,
    ledger: null,
    quota: null,
    predictions: predictionsOf(Buffer.from('..'), 2),
    cut: false,
    reasons: [],
    findings: [],
  });
}

const broken = (metric: string, expression: string, value: number | null): ThresholdResult => ({
  metric,
  expression,
  ok: false,
  value,
});

const met = (metric: string, expression: string): ThresholdResult => ({
  metric,
  expression,
  ok: true,
  value: 1,
});

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
      reasons: ['It was interrupted before its end.'],
      thresholds: [{ metric: 'checks', ok: true }],
      validity: { valid: false, reasons: ['the run was interrupted'] },
    });
    expect(judgeLoad(result)).toEqual({ verdict: 'not exercised', reasons: result.reasons });
    expect(result.findings).toEqual(
      expect.arrayContaining([
        'Not judged, for the run was interrupted: batches_started count>=400 (137).',
        'Not judged, for the run was interrupted: iteration_ok rate==1 (no sample).',
      ]),
    );
  });

  it('is not exercised where it sent nothing', async () => {
    const result = await judged({ interrupted: true, requests: 0 }, '');
    expect(result.verdict).toBe('not exercised');
    expect(result.reasons).toEqual(['It was interrupted before its end.']);
  });

  it.each<[string, Partial<EngineOutcome>]>([
    ['a share', { thresholds: [broken('checks', 'rate==1', 0.9)] }],
    ['a ceiling', { thresholds: [broken('refused_within_quota', 'count<1', 2)] }],
    ['a response time', { thresholds: [broken('http_req_duration', 'p(95)<5', 9)] }],
    ['an exception', { errors: ['boom'] }],
  ])('fails all the same for %s', async (_, change) => {
    expect((await judged({ interrupted: true, ...change })).verdict).toBe('fail');
  });
});

it.each(LEFT_OPEN)('a run that came to its end fails for $metric $expression', async (one) => {
  const result = await judged({ thresholds: [one] });
  expect(result).toMatchObject({ verdict: 'fail', thresholds: [one] });
});

const AMPLIFICATION: [string, number, string][] = [
  ['retry-storm', 3, '3 requests for 1 batch: an amplification of 3.00.'],
  [
    'ambiguous',
    3,
    '3 requests for 1 batch, each asked for once more when it was known: an amplification of 1.50.',
  ],
  [
    'fault',
    2,
    '2 requests for 1 batch, each asked for once more when it was known: an amplification of 1.00.',
  ],
];

it.each(AMPLIFICATION)(
  'the amplification of %s is over what it sends where nothing goes wrong',
  async (scenario, requests, sentence) => {
    const lines = Array.from({ length: requests }, (_, i) => LINE.replace('\t1\t', `\t${i + 1}\t`));
    const { findings } = await judged({ iterations: 0 }, `${lines.join('\n')}\n`, scenario);
    expect(findings).toContain(sentence);
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

  it('fails for a violated invariant, an exception and an unmet threshold, each in a sentence', async () => {
    const result = await judged(
      {
        errors: ['boom'],
        thresholds: [
          broken('checks', 'rate==1', 0.12345),
          broken('iteration_ok', 'rate==1', null),
          met('http_req_failed', 'rate==0'),
        ],
      },
      `${LINE.replace('\t..\t', '\t.?\t')}\n`,
    );
    expect(result.verdict).toBe('fail');
    expect(result.reasons).toEqual([
      'Invariant "one result per item" is violated in 1 of 1 cases.',
      'Invariant "answered as predicted" is violated in 1 of 1 cases.',
      'boom',
      'Threshold checks rate==1 failed: 0.123.',
      'Threshold iteration_ok rate==1 failed: no sample.',
    ]);
  });

  it('fails where no request was made', async () => {
    const result = await judged({ requests: 0 }, '');
    expect(result).toMatchObject({ verdict: 'fail', reasons: ['No request was made.'] });
    expect(result.findings).toEqual([]);
  });

  it('says what was cut besides its verdict where it was interrupted and failed', async () => {
    const { reasons } = await judged({ interrupted: true, errors: ['boom'] });
    expect(reasons).toEqual(['boom']);
  });
});

describe('a script that leaves no history', () => {
  const NO_HISTORY =
    'The script left no history: its 7 requests were not audited, and their response times are in its thresholds only.';
  const NOTHING_JUDGED = 'The script has no thresholds and leaves no history: nothing was judged.';

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
      reasons: ['Threshold checks rate==1 failed: 0.'],
    });
  });

  it('is not exercised without any, and fails for an exception', async () => {
    expect(await judged({ requests: 7 }, '')).toMatchObject({
      verdict: 'not exercised',
      reasons: [NOTHING_JUDGED],
    });
    expect(await judged({ requests: 7, errors: ['boom'] }, '')).toMatchObject({
      verdict: 'fail',
      reasons: ['boom', NOTHING_JUDGED],
    });
  });

  it('has its console lines named, where it printed any', async () => {
    const { findings } = await judged({ requests: 7 }, 'hello\n');
    expect(findings).toEqual([NO_HISTORY, 'What it printed is in judged.history.tsv.']);
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
