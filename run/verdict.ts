/** What a run amounts to: one verdict and the reasons for it. */

import { count } from './figures.ts';
import type {
  AuditResult,
  CheckResult,
  ContractsResult,
  CoverageCell,
  DriftResult,
  InteractionResult,
  InvariantResult,
  LoadResult,
  MutationResult,
  Run,
  RunVerdict,
  SeededBugResult,
} from './run.ts';

/** A run whose parts are done and whose verdict is still open. */
export type Unjudged = Omit<Run, 'verdict' | 'reasons'>;

export interface Standing {
  readonly verdict: RunVerdict;
  readonly reasons: readonly string[];
}

/** `fail` outweighs `not exercised`, which outweighs `pass`; of nothing at all: `not exercised`. */
export function worst(verdicts: readonly RunVerdict[]): RunVerdict {
  if (verdicts.includes('fail')) return 'fail';
  if (verdicts.length === 0 || verdicts.includes('not exercised')) return 'not exercised';
  return 'pass';
}

/** What failed before all else, otherwise as they were. */
export function failuresFirst<One extends { readonly verdict: RunVerdict }>(
  all: readonly One[],
): readonly One[] {
  return all.toSorted((a, b) => Number(b.verdict === 'fail') - Number(a.verdict === 'fail'));
}

/**
 * Judges the parts that a run was asked for. A part that was not asked for (no contracts, no load)
 * weighs nothing, but a run of no part at all is not exercised, and an interrupted one cannot pass.
 */
export function judge(run: Unjudged): Standing {
  const parts = [
    ...(run.contracts ? [prefixed('Contracts', judgeContracts(run.contracts))] : []),
    ...run.load.map((load) => prefixed(`Load ${load.scenario}`, judgeLoad(load))),
    ...(run.selfChecks.length > 0
      ? [prefixed('Self-checks', judgeSelfChecks(run.selfChecks))]
      : []),
    ...run.seededBugs.filter(({ caught }) => caught === false).map(missed),
  ];
  const open = run.interrupted
    ? ['The run was interrupted: only what had finished by then is judged.']
    : parts.length === 0
      ? ['Nothing was exercised: the run has neither contracts nor load.']
      : [];
  const verdict = worst([
    ...parts.map((part) => part.verdict),
    ...(open.length > 0 ? (['not exercised'] as const) : []),
  ]);
  return { verdict, reasons: [...parts.flatMap((part) => part.reasons), ...open] };
}

/** A harness that lets a bug pass which it is meant to catch has failed, whatever else it found. */
function missed({ bug, catcher }: SeededBugResult): Standing {
  return { verdict: 'fail', reasons: [`Seeded bug ${bug} was not caught (${catcher}).`] };
}

/**
 * The verdict that reports show: the recorded one, unless a part contradicts a recorded `pass`.
 * A report is never greener than what it is about, and never red without a reason.
 */
export function standing(run: Run): Standing {
  const judged = judge(run);
  if (run.verdict === 'pass' && judged.verdict !== 'pass') {
    return {
      verdict: judged.verdict,
      reasons: ['The run is recorded as pass, but its parts are not.', ...judged.reasons],
    };
  }
  if (run.verdict === 'pass' || run.reasons.length > 0) return run;
  const fallback = 'The run gives no reason; what failed is listed below.';
  return {
    verdict: run.verdict,
    reasons: judged.reasons.length > 0 ? judged.reasons : [fallback],
  };
}

/** What has a consumer's and a provider's side; a null side is not asked. */
export type Sides = Pick<InteractionResult, 'consumer' | 'provider'>;

/** The worse verdict of the sides that are asked. */
export function interactionVerdict({ consumer, provider }: Sides): RunVerdict {
  return provider === null ? consumer : worst([consumer, provider]);
}

/** The verdict of the contracts as recorded, or a worse one that their parts call for. */
export function judgeContracts(contracts: ContractsResult): Standing {
  const { interactions, checks } = contracts;
  const verdict = worst([
    contracts.verdict,
    ...interactions.map(interactionVerdict),
    ...checks.map((check) => check.verdict),
    judgeCoverage(contracts.coverage),
    ...(contracts.mutation ? [judgeMutation(contracts.mutation)] : []),
    ...(contracts.drift ? [judgeDrift(contracts.drift)] : []),
  ]);
  const tell = (which: RunVerdict, noun: string, names: string[], total: number): string[] =>
    names.length === 0
      ? []
      : [`${whichOf(names.length, total, noun)} ${saying(which, names.length)}: ${some(names)}`];
  const reasons = (['fail', 'not exercised'] as const).flatMap((which) => [
    ...tell(
      which,
      'interaction',
      interactions.filter((one) => interactionVerdict(one) === which).map((one) => one.description),
      interactions.length,
    ),
    ...tell(
      which,
      'contract check',
      checks.filter((one) => one.verdict === which).map((one) => one.name),
      checks.length,
    ),
  ]);
  return { verdict, reasons: orSaying(verdict, reasons) };
}

/** A cell that nobody accounts for fails the matrix. */
export function judgeCoverage(cells: readonly CoverageCell[]): RunVerdict {
  return cells.some(({ status }) => status === 'unaccounted') ? 'fail' : 'pass';
}

/** A mutant that survives without a reason fails; so does a score of nothing. */
export function judgeMutation({ provider, client, survivors }: MutationResult): RunVerdict {
  if (survivors.some(({ reason }) => reason === null)) return 'fail';
  return provider.mutants === 0 || client.mutants === 0 ? 'not exercised' : 'pass';
}

/** A breaking difference fails. */
export function judgeDrift({ differences }: DriftResult): RunVerdict {
  return differences.some(({ level }) => level === 'breaking') ? 'fail' : 'pass';
}

/** A harness that misses what it must catch has failed, whatever it says of the endpoint. */
export function judgeSelfChecks(checks: readonly CheckResult[]): Standing {
  const reasons = (['fail', 'not exercised'] as const).flatMap((which) => {
    const names = checks.filter(({ verdict }) => verdict === which).map(({ name }) => name);
    return names.length === 0
      ? []
      : [
          `${whichOf(names.length, checks.length, 'check')} ${saying(which, names.length)}: ${some(names)}`,
        ];
  });
  return { verdict: worst(checks.map(({ verdict }) => verdict)), reasons };
}

/** The verdict of a scenario as recorded, or a worse one that its thresholds or audit call for. */
export function judgeLoad(load: LoadResult): Standing {
  const broken = load.thresholds.filter((threshold) => !threshold.ok).length;
  const violated = load.audit.invariants.filter((one) => one.verdict === 'violated').length;
  const failed = broken > 0 || judgeAudit(load.audit) === 'fail';
  const verdict = failed ? 'fail' : load.verdict;
  if (verdict === 'pass' || load.reasons.length > 0) {
    return { verdict, reasons: verdict === 'pass' ? [] : load.reasons };
  }
  const found = [
    ...(broken > 0 ? [`${whichOf(broken, load.thresholds.length, 'threshold')} not met`] : []),
    ...(violated > 0
      ? [`${whichOf(violated, load.audit.invariants.length, 'invariant')} violated`]
      : []),
  ];
  return { verdict, reasons: orSaying(verdict, found) };
}

/** The verdict of an audit as recorded, or `fail` where an invariant is violated all the same. */
export function judgeAudit(audit: AuditResult): RunVerdict {
  return audit.invariants.some((one) => one.verdict === 'violated') ? 'fail' : audit.verdict;
}

/** Invariant -> what the run says of it: violated in any scenario, or else decided in one, or not. */
export function invariantVerdicts({
  load,
}: Pick<Run, 'load'>): ReadonlyMap<string, InvariantResult['verdict']> {
  const weight = { 'not decidable': 0, holds: 1, violated: 2 };
  const verdicts = new Map<string, InvariantResult['verdict']>();
  for (const { name, verdict } of load.flatMap(({ audit }) => audit.invariants)) {
    const known = verdicts.get(name);
    if (known === undefined || weight[verdict] > weight[known]) verdicts.set(name, verdict);
  }
  return verdicts;
}

function whichOf(n: number, total: number, noun: string): string {
  return n === total ? count(n, noun) : `${n} of ${count(total, noun)}`;
}

function prefixed(part: string, { verdict, reasons }: Standing): Standing {
  return { verdict, reasons: reasons.map((reason) => `${part}: ${reason}`) };
}

/** A verdict other than pass never stands without a word of why. */
function orSaying(verdict: RunVerdict, reasons: readonly string[]): readonly string[] {
  return verdict === 'pass' || reasons.length > 0 ? reasons : [saying(verdict, 1)];
}

/** The first few names; the sections have them all. */
function some(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join('; ') + more;
}

function saying(verdict: RunVerdict, n: number): string {
  if (verdict === 'not exercised') return n === 1 ? 'was not exercised' : 'were not exercised';
  return n === 1 ? 'fails' : 'fail';
}
