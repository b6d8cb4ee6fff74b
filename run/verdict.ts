/** Computes the verdict of a run, and the reasons for it. */

import type {
  AuditResult,
  CampaignsResult,
  CheckResult,
  ContractsResult,
  CoverageCell,
  DriftResult,
  InteractionResult,
  InvariantResult,
  LoadResult,
  MutationResult,
  PartVerdict,
  Run,
  RunVerdict,
  SeededBugResult,
} from './run.ts';
import type { LoadReason } from './statements/load.ts';
import type { RunReason } from './statements/run.ts';

/** A run whose parts are done and whose verdict is still open. */
export type Unjudged = Omit<Run, 'verdict' | 'reasons'>;

export interface Standing<Reason = RunReason, Verdict extends RunVerdict = RunVerdict> {
  readonly verdict: Verdict;
  /** Never empty unless the verdict is `pass`. */
  readonly reasons: readonly Reason[];
}

/** The worst verdict first. What did not run stands before what may be run again as it is. */
const VERDICT_ORDER: readonly RunVerdict[] = ['fail', 'not exercised', 'not valid', 'pass'];

/** The worst of these verdicts; of nothing at all: `not exercised`. */
export function worst<Verdict extends RunVerdict>(
  verdicts: readonly Verdict[],
): Verdict | 'not exercised' {
  const found = VERDICT_ORDER.find((one) => verdicts.some((verdict) => verdict === one));
  return (found as Verdict | undefined) ?? 'not exercised';
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
    ...run.contracts.map(judgeContracts),
    ...(run.campaigns ? [judgeCampaigns(run.campaigns)] : []),
    ...run.load.map(loadPart),
    ...(run.selfChecks.length > 0 ? [judgeSelfChecks(run.selfChecks)] : []),
    ...run.seededBugs.filter(({ caught }) => caught === false).map(missed),
  ];
  const open: RunReason[] = run.interrupted
    ? [{ kind: 'interrupted' }]
    : parts.length === 0
      ? [{ kind: 'nothing exercised' }]
      : [];
  const verdict = worst([
    ...parts.map((part) => part.verdict),
    ...(open.length > 0 ? (['not exercised'] as const) : []),
  ]);
  return { verdict, reasons: [...parts.flatMap((part) => part.reasons), ...open] };
}

function loadPart(load: LoadResult): Standing {
  const { verdict, reasons } = judgeLoad(load);
  const { scenario } = load;
  return { verdict, reasons: reasons.map((because) => ({ kind: 'load', scenario, because })) };
}

/** A harness that lets a bug pass which it is meant to catch has failed, whatever else it found. */
function missed({ bug, catcher }: SeededBugResult): Standing {
  return { verdict: 'fail', reasons: [{ kind: 'bug missed', bug, catcher }] };
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
      reasons: [{ kind: 'pass disputed' }, ...judged.reasons],
    };
  }
  if (run.verdict === 'pass' || run.reasons.length > 0) return run;
  return {
    verdict: run.verdict,
    reasons: judged.reasons.length > 0 ? judged.reasons : [{ kind: 'unsaid' }],
  };
}

/** What has a consumer's and a provider's side; a null side is not asked. */
export type Sides = Pick<InteractionResult, 'consumer' | 'provider'>;

/** The worse verdict of the sides that are asked. */
export function interactionVerdict({ consumer, provider }: Sides): PartVerdict {
  return provider === null ? consumer : worst([consumer, provider]);
}

/** The verdict of the contracts as recorded, or a worse one that their parts call for. */
export function judgeContracts(contracts: ContractsResult): Standing<RunReason, PartVerdict> {
  const { interactions, checks } = contracts;
  const verdict = worst([
    contracts.verdict,
    ...interactions.map(interactionVerdict),
    ...checks.map((check) => check.verdict),
    judgeCoverage(contracts.coverage),
    ...(contracts.mutation ? [judgeMutation(contracts.mutation)] : []),
    ...(contracts.drift ? [judgeDrift(contracts.drift)] : []),
  ]);
  const reasons = UNPASSED.flatMap((which) => [
    ...named(
      'interactions',
      which,
      interactions.filter((one) => interactionVerdict(one) === which).map((one) => one.description),
      interactions.length,
    ),
    ...checksOf('contract checks', which, checks),
  ]);
  return {
    verdict,
    reasons: verdict === 'pass' || reasons.length > 0 ? reasons : [{ kind: 'contracts', verdict }],
  };
}

const UNPASSED = ['fail', 'not exercised'] as const;

type Unpassed = (typeof UNPASSED)[number];

function checksOf(
  kind: 'contract checks' | 'campaign checks' | 'self-checks',
  verdict: Unpassed,
  checks: readonly Pick<CheckResult, 'name' | 'verdict'>[],
): RunReason[] {
  const names = checks.filter((one) => one.verdict === verdict).map(({ name }) => name);
  return named(kind, verdict, names, checks.length);
}

function named(
  kind: 'interactions' | 'contract checks' | 'campaign checks' | 'self-checks',
  verdict: Unpassed,
  names: readonly string[],
  of: number,
): RunReason[] {
  return names.length === 0 ? [] : [{ kind, verdict, names, of }];
}

/** A cell without an account of it fails the matrix. */
export function judgeCoverage(cells: readonly CoverageCell[]): PartVerdict {
  return cells.some(({ status }) => status === 'unaccounted') ? 'fail' : 'pass';
}

/** A mutant that survives without a reason fails; so does a score of nothing. */
export function judgeMutation({ provider, client, survivors }: MutationResult): PartVerdict {
  if (survivors.some(({ reason }) => reason === null)) return 'fail';
  return provider.mutants === 0 || client.mutants === 0 ? 'not exercised' : 'pass';
}

export function judgeDrift({ differences }: DriftResult): PartVerdict {
  return differences.some(({ fails }) => fails) ? 'fail' : 'pass';
}

/** A self-check that misses what it must catch fails the run, even if the endpoint passed. */
export function judgeSelfChecks(checks: readonly CheckResult[]): Standing<RunReason, PartVerdict> {
  return {
    verdict: worst(checks.map(({ verdict }) => verdict)),
    reasons: UNPASSED.flatMap((which) => checksOf('self-checks', which, checks)),
  };
}

/** The verdict of the campaigns as recorded, or a worse one that their checks call for. */
export function judgeCampaigns(campaigns: CampaignsResult): Standing<RunReason, PartVerdict> {
  const { checks } = campaigns;
  const verdict = worst([campaigns.verdict, ...checks.map((check) => check.verdict)]);
  const reasons = UNPASSED.flatMap((which) => checksOf('campaign checks', which, checks));
  return {
    verdict,
    reasons: verdict === 'pass' || reasons.length > 0 ? reasons : [{ kind: 'campaigns', verdict }],
  };
}

/** The verdict of a scenario as recorded, or a worse one that its thresholds or audit call for. */
export function judgeLoad(load: LoadResult): Standing<LoadReason> {
  const broken = load.thresholds.filter(({ ok, judged }) => judged && !ok).length;
  const open = load.thresholds.some(({ judged }) => !judged);
  const violated = load.audit.invariants.filter((one) => one.verdict === 'violated').length;
  const failed = broken > 0 || judgeAudit(load.audit) === 'fail';
  const verdict = worst([
    load.verdict,
    ...(failed ? (['fail'] as const) : []),
    ...(open ? (['not valid'] as const) : []),
  ]);
  if (verdict === 'pass' || load.reasons.length > 0) {
    return { verdict, reasons: verdict === 'pass' ? [] : load.reasons };
  }
  const found: LoadReason[] = [
    ...(broken > 0
      ? [{ kind: 'thresholds missed' as const, missed: broken, of: load.thresholds.length }]
      : []),
    ...(violated > 0
      ? [{ kind: 'invariants violated' as const, violated, of: load.audit.invariants.length }]
      : []),
  ];
  return { verdict, reasons: found.length > 0 ? found : [{ kind: 'unsaid', verdict }] };
}

/** The verdict of an audit as recorded, or `fail` where an invariant is violated all the same. */
export function judgeAudit(audit: AuditResult): PartVerdict {
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
