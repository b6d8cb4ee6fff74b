/** What a finished run amounts to, above all one that was interrupted. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionsOf } from '../../generators/corpus.ts';
import type { EngineOutcome } from '../../load/engines.ts';
import { historyLine } from '../../load/history-line.ts';
import { judgeRun } from '../../load/judge-run.ts';
import { stampOf } from '../../operation/stamp.ts';
import type { ThresholdResult } from '../../reports/run.ts';
import { judgeLoad } from '../../reports/verdict.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

const OUTCOME: EngineOutcome = {
  startedAt: 0,
  durationMs: 1_000,
  iterations: 1,
  requests: 1,
  thresholds: [],
  checks: [],
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
      thresholds: [...LEFT_OPEN, { ...broken('checks', 'rate==1', 1), ok: true }],
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
