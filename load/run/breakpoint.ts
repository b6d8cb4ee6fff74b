/** Finds the highest arrival rate that holds the objective: a ramp, then bisection at constant rates. */

import type { LoadResult } from '../../run/run.ts';
import type { Finding, LoadFault, RateTrouble, SearchEnd } from '../../run/statements/load.ts';
import { type ProfileValues, SCENARIOS } from '../lib/profiles.ts';
import { runScript, type ScriptRun, scriptOf } from './run-script.ts';

/** One constant rate, tried. */
export interface Step {
  readonly rate: number;
  /** Null where it held. */
  readonly why: RateTrouble | null;
}

export interface Search {
  /** Rates from which the limit is known to be, or thought to be: both are tried. */
  readonly low: number;
  readonly high: number;
  /** No rate above it is tried. */
  readonly ceiling: number;
  /** Done when the lowest rate that broke is at most this share above the highest that held. */
  readonly precision: number;
}

/** How far a search goes up at a time while rates hold. */
const STRIDE = 1.5;

/**
 * Tries rates until the highest that holds is known well enough.
 *
 * @param hold tries a rate: null where it held, else why not. Undefined ends the search.
 * @returns the steps in their order.
 */
export async function search(
  { low, high, ceiling, precision }: Search,
  hold: (rate: number) => Promise<RateTrouble | null | undefined>,
): Promise<Step[]> {
  const steps: Step[] = [];
  let held: number | null = null;
  let broke: number | null = null;
  let rate: number | null = Math.min(high, ceiling);
  while (rate !== null) {
    const why = await hold(rate);
    if (why === undefined) break;
    steps.push({ rate, why });
    if (why === null) held = rate;
    else broke = rate;
    rate = nextRate(held, broke, { low, high, ceiling, precision });
  }
  return steps;
}

function nextRate(
  held: number | null,
  broke: number | null,
  { low, ceiling, precision }: Search,
): number | null {
  if (broke === null) {
    const up = Math.min(ceiling, Math.ceil((held ?? low) * STRIDE));
    return held !== null && up > held ? up : null;
  }
  // Nothing has held yet: the rate that must.
  if (held === null) return broke > low ? low : null;
  const between = Math.round(Math.sqrt(held * broke));
  return broke > held * (1 + precision) && between > held && between < broke ? between : null;
}

/** Metrics of the ramp's script that end it: crossing one is what the ramp is for. */
const ENDS = ['http_req_failed', 'http_req_duration', 'dropped_iterations'];

/**
 * Runs the scenario `breakpoint`.
 *
 * @param newRunTag a run tag for each step: no two may send the same tokens.
 * @returns the run at the highest rate that held, with the whole search in its findings; a step in which an
 * invariant was violated instead, for that is no question of rate.
 */
export async function findBreakpoint(
  run: ScriptRun,
  newRunTag: () => string,
  onStep: (step: Step) => void,
): Promise<LoadResult> {
  const profile = { ...SCENARIOS.breakpoint.profile, ...run.values };
  const interrupted = () => run.signal?.aborted === true;
  const ramp = await runScript(run);
  if (isWrong(ramp)) return ramp;
  const crossed = ramp.thresholds.find(({ metric, ok }) => !ok && ENDS.includes(metric));
  const reached = crossed || interrupted() ? rateAt(ramp.durationMs, profile) : profile.peak;
  const results = new Map<number, LoadResult>();
  /** The step that ended the search without an answer to its question. */
  const ended: LoadResult[] = [];
  const bounds = {
    low: profile.rate,
    high: reached,
    ceiling: profile.peak,
    precision: profile.precisionPercent / 100,
  };
  const steps = await search(bounds, async (rate) => {
    if (interrupted()) return undefined;
    const trial = () => runScript(stepOf(run, rate, profile, newRunTag()));
    let result = await trial();
    // A busy moment of this machine is no property of the endpoint: one more try.
    if (whyNot(result) !== null && missed(result) === undefined && !isWrong(result)) {
      result = interrupted() ? result : await trial();
    }
    if (isWrong(result) || interrupted()) {
      ended.push(result);
      return undefined;
    }
    results.set(rate, result);
    const why = whyNot(result);
    onStep({ rate, why });
    return why;
  });
  const best = highestHeld(steps) ?? steps.at(-1)?.rate;
  const held = best === undefined ? undefined : results.get(best);
  const shown = ended.find(isWrong) ?? held ?? ended[0] ?? ramp;
  const ramped: Finding = {
    kind: 'ramp',
    rate: reached,
    metric: crossed?.metric ?? null,
    expression: crossed?.expression ?? null,
  };
  const end = interrupted() ? 'interrupted' : ended.length > 0 ? 'wrong' : 'found';
  const found = conclusion(steps, profile, end);
  const unjudged: Partial<LoadResult> = { verdict: 'not exercised', reasons: [found] };
  return {
    ...shown,
    ...(shown.verdict === 'pass' && highestHeld(steps) === undefined ? unjudged : {}),
    // A rate that broke the objective is what was looked for: it fails a search that came to its end only.
    ...(end === 'interrupted' && !isWrong(shown)
      ? { ...unjudged, thresholds: shown.thresholds.filter(({ ok }) => ok) }
      : {}),
    scenario: run.script.name,
    findings: [
      found,
      ramped,
      ...steps.map((step) => ({ kind: 'step' as const, ...step })),
      ...shown.findings,
    ],
  };
}

/** Answers that no rate excuses. */
function isWrong({ audit, thresholds }: LoadResult): boolean {
  return (
    audit.verdict === 'fail' ||
    thresholds.some(({ metric, ok }) => !ok && metric === 'verdict_as_predicted')
  );
}

function stepOf(
  run: ScriptRun,
  rate: number,
  { vus, stepSeconds, p95Ms }: ProfileValues,
  runTag: string,
): ScriptRun {
  const values = {
    rate,
    seconds: stepSeconds ?? 0,
    vus: vus ?? 0,
    p95Ms: p95Ms ?? 0,
  };
  const script = { ...scriptOf('throughput', values), name: `${run.script.name}-${rate}` };
  return { ...run, script, values, runTag };
}

/** The rate that the ramp had risen to, in whole batches a second. */
function rateAt(
  ms: number,
  { rate, peak, seconds }: { rate: number; peak: number; seconds: number },
): number {
  return Math.round(rate + (peak - rate) * Math.min(1, ms / 1_000 / seconds));
}

/** The objective that a step missed. */
function missed({ thresholds }: LoadResult) {
  return thresholds.find(
    ({ metric, ok, judged }) => judged && !ok && metric.startsWith('http_req_'),
  );
}

/** The objective itself first, then want of virtual users, then the generator's own limits. */
function whyNot(result: LoadResult): RateTrouble | null {
  const { verdict, reasons, validity } = result;
  if (verdict === 'pass' && validity.valid) return null;
  const objective = missed(result);
  if (objective) {
    const { metric, expression, value } = objective;
    return { kind: 'objective missed', metric, expression, value };
  }
  const { droppedIterations } = validity;
  if (droppedIterations > 0) return { kind: 'users busy', batches: droppedIterations };
  if (!validity.valid) return { kind: 'generator was the limit', because: validity.reasons };
  const because =
    reasons.find(
      (reason): reason is LoadFault =>
        reason.kind !== 'search' && reason.kind !== 'figures not valid',
    ) ?? null;
  return { kind: 'failed', because, verdict };
}

function highestHeld(steps: readonly Step[]): number | undefined {
  const held = steps.filter(({ why }) => why === null).map(({ rate }) => rate);
  return held.length === 0 ? undefined : Math.max(...held);
}

/** The result of the search, and why it ended. */
export function conclusion(
  steps: readonly Step[],
  { peak, stepSeconds }: { readonly peak: number; readonly stepSeconds: number },
  end: SearchEnd['end'],
): SearchEnd {
  const held = highestHeld(steps) ?? null;
  const broken = steps
    .filter(({ why, rate }) => why !== null && rate > (held ?? 0))
    .sort((a, b) => a.rate - b.rate)[0];
  return {
    kind: 'search',
    end,
    held,
    broke: broken?.rate ?? null,
    why: broken?.why ?? null,
    seconds: stepSeconds,
    peak,
  };
}
