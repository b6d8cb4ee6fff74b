import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCorpus } from '../../generators/corpus.ts';
import type { Engine, EngineOutcome } from '../../load/engines/engine.ts';
import { historyLine } from '../../load/lib/history-line.ts';
import {
  conclusion,
  findBreakpoint,
  type Search,
  type Step,
  search,
} from '../../load/run/breakpoint.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import type { RateTrouble } from '../../run/statements/load.ts';
import { tempDir } from '../support/temp-dir.ts';
import { threshold } from '../support/threshold.ts';

const dir = tempDir();
const STEPS = { peak: 1_500, stepSeconds: 4 };
const BOUNDS: Search = { low: 50, high: 400, ceiling: 1_500, precision: 0.1 };

const TOO_SLOW: RateTrouble = { kind: 'users busy', batches: 1 };
const SEARCHED = { kind: 'search', seconds: 4, peak: 1_500 };

/** A target that holds up to `limit`. */
const limitedTo = (limit: number) => async (rate: number) => (rate <= limit ? null : TOO_SLOW);
const rates = (steps: readonly { rate: number }[]) => steps.map(({ rate }) => rate);

describe('the search for the highest rate', () => {
  it.each([50, 51, 60, 137, 399, 400, 401, 777, 1_200])(
    'ends within a tenth of a limit of %d',
    async (limit) => {
      const steps = await search(BOUNDS, limitedTo(limit));
      const held = Math.max(...rates(steps.filter(({ why }) => why === null)));
      const broke = Math.min(...rates(steps.filter(({ why }) => why !== null)));
      expect(held).toBeLessThanOrEqual(limit);
      expect(broke).toBeGreaterThan(limit);
      expect(broke === held + 1 || broke <= held * 1.1).toBe(true);
      expect(new Set(rates(steps)).size).toBe(steps.length);
      expect(steps.length).toBeLessThan(12);
    },
  );

  it('goes no higher than the ceiling, and says that there was no more to try', async () => {
    const steps = await search(BOUNDS, limitedTo(10_000));
    expect(rates(steps)).toEqual([400, 600, 900, 1_350, 1_500]);
    expect(conclusion(steps, STEPS, 'found')).toEqual({
      ...SEARCHED,
      end: 'found',
      held: 1_500,
      broke: null,
      why: null,
    });
  });

  it('finds no rate where the lowest does not hold', async () => {
    const steps = await search(BOUNDS, limitedTo(49));
    expect(rates(steps)).toEqual([400, 50]);
    expect(conclusion(steps, STEPS, 'found')).toEqual({
      ...SEARCHED,
      end: 'found',
      held: null,
      broke: 50,
      why: TOO_SLOW,
    });
  });

  it('ends when it is told to', async () => {
    const tried: number[] = [];
    const steps = await search(BOUNDS, async (rate) => {
      tried.push(rate);
      return tried.length < 2 ? TOO_SLOW : undefined;
    });
    expect(rates(steps)).toEqual([400]);
  });

  it('says which rate was the first too high, and why', async () => {
    const steps = await search(BOUNDS, limitedTo(137));
    const { held, broke, why } = conclusion(steps, STEPS, 'found');
    expect(held).toBeLessThanOrEqual(137);
    expect(broke).toBeGreaterThan(137);
    expect(why).toEqual(TOO_SLOW);
  });
});

describe('a search on an endpoint', () => {
  const interruption = { after: Number.POSITIVE_INFINITY, controller: new AbortController() };
  let trials: number[] = [];

  /** What an engine tells of a run at `rate`. */
  function engineOf(at: (rate: number, trial: number) => Partial<EngineOutcome>): Engine {
    return {
      name: 'dialproof',
      version: '0',
      async run({ env, historyFile, signal }) {
        const rate = Number(env.DIALPROOF_SET_RATE);
        trials.push(rate);
        if (trials.length > interruption.after) interruption.controller.abort();
        const token = stampOf(env.DIALPROOF_RUN ?? '', 0);
        const attempt = { index: 0, record: 0, token, attempt: 1, startMs: 0, durationMs: 1 };
        const answer = { status: 200, error: '-', letters: '..', digest: 'd', places: '-' };
        appendFileSync(historyFile, `${historyLine({ ...attempt, ...answer })}\n`);
        return {
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
          cutIterations: 0,
          notes: [],
          ...at(rate, trials.filter((one) => one === rate).length),
          interrupted: signal?.aborted === true,
        };
      },
    };
  }

  async function find(at: Parameters<typeof engineOf>[0], interruptedAfter?: number) {
    trials = [];
    interruption.after = interruptedAfter ?? Number.POSITIVE_INFINITY;
    interruption.controller = new AbortController();
    const manifest = await writeCorpus(join(dir, 'corpus'), {
      seed: 1,
      batches: 1,
      contactsPerBatch: 2,
      mix: {},
    });
    const told: Step[] = [];
    const values = { rate: 10, peak: 40, seconds: 4, stepSeconds: 2, precisionPercent: 50 };
    const result = await findBreakpoint(
      {
        script: scriptOf('breakpoint', values),
        engine: engineOf(at),
        target: {
          url: 'http://127.0.0.1:1',
          controlUrl: null,
          quota: null,
          region: 'us-east-1',
          accessKeyId: 'k',
          secretAccessKey: 's',
        },
        corpusDir: join(dir, 'corpus'),
        manifest,
        runTag: 'ramp0000',
        outDir: dir,
        values,
        signal: interruption.controller.signal,
      },
      () => `step${String(trials.length).padStart(4, '0')}`,
      (step) => told.push(step),
    );
    return { ...result, told };
  }

  const slow = (rate: number) => ({
    thresholds: [threshold('http_req_duration', 'p(95)<200', rate <= 20, rate * 10)],
  });
  const missed = (value: number) => ({
    kind: 'objective missed',
    metric: 'http_req_duration',
    expression: 'p(95)<200',
    value,
  });
  const found = { kind: 'search', end: 'found', seconds: 2, peak: 40 };

  it('tells the highest rate that held, what every step showed, and what its run found', async () => {
    const { verdict, findings, iterations } = await find((rate, trial) => ({
      ...slow(rate),
      iterations: rate * trial,
    }));
    expect({ verdict, iterations }).toEqual({ verdict: 'pass', iterations: 20 });
    expect(findings).toEqual([
      { ...found, held: 20, broke: 28, why: missed(280) },
      { kind: 'ramp', rate: 40, metric: null, expression: null },
      { kind: 'step', rate: 40, why: missed(400) },
      { kind: 'step', rate: 10, why: null },
      { kind: 'step', rate: 20, why: null },
      { kind: 'step', rate: 28, why: missed(280) },
    ]);
  });

  it('begins at the rate at which the ramp crossed the objective', async () => {
    const { findings, told } = await find((rate, trial) => ({
      // The ramp begins at 10 and is the first of all; two seconds of four take it to 25.
      ...slow(rate === 10 && trial === 1 ? 25 : rate),
      durationMs: 2_000,
    }));
    expect(findings[1]).toEqual({
      kind: 'ramp',
      rate: 25,
      metric: 'http_req_duration',
      expression: 'p(95)<200',
    });
    expect(told.map(({ rate }) => rate)).toEqual([25, 10, 16, 20]);
  });

  it('tries once more where the objective was kept and something else was not', async () => {
    const dropped = (rate: number, trial: number) =>
      rate === 40 && trial === 1
        ? {
            droppedIterations: 1,
            thresholds: [threshold('dropped_iterations', 'count<1', false, 1)],
          }
        : {};
    const { told } = await find(dropped);
    expect(trials.filter((rate) => rate === 40)).toHaveLength(2);
    expect(told).toEqual([{ rate: 40, why: null }]);
    const always = await find((rate) => (rate === 40 ? dropped(40, 1) : {}));
    expect(always.told[0]).toEqual({
      rate: 40,
      why: { kind: 'users busy', batches: 1 },
    });
  });

  it('says that it was interrupted, and calls nothing its limit', async () => {
    const { verdict, reasons, findings, told } = await find(slow, 3);
    expect(told.map(({ rate }) => rate)).toEqual([40, 10]);
    expect({ verdict, reasons, first: findings[0] }).toEqual({
      verdict: 'not exercised',
      reasons: [findings[0]],
      first: { ...found, end: 'interrupted', held: 10, broke: 40, why: missed(400) },
    });
    const atOnce = await find(slow, 0);
    expect(atOnce).toMatchObject({ verdict: 'not exercised', told: [] });
    // A second of four, from 10 to 40 a second.
    expect(atOnce.findings[1]).toEqual({
      kind: 'ramp',
      rate: 18,
      metric: null,
      expression: null,
    });
    const early = await find(slow, 1);
    expect(early).toMatchObject({ verdict: 'not exercised', told: [] });
    expect(early.findings[0]).toEqual({
      ...found,
      end: 'interrupted',
      held: null,
      broke: null,
      why: null,
    });
  });
});
