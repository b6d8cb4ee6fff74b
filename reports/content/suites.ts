/**
 * A run as suites of cases: a suite per stage, a case per thing that was judged. JUnit and CTRF are written from them.
 *
 * `not exercised`, `not decidable` and `not valid` are skipped cases with the reason. The first suite holds the
 * run's own verdict, so that a run of which nothing was exercised is an error, not an empty success.
 */

import { causesByPlace, causesOf } from '../../run/causes/causes.ts';
import * as places from '../../run/causes/places.ts';
import { count, figure } from '../../run/figures.ts';
import type {
  CampaignsResult,
  CheckResult,
  ContractsResult,
  LoadResult,
  Run,
  RunVerdict,
  ThresholdResult,
} from '../../run/run.ts';
import { judgeLoad, standing as standingOf } from '../../run/verdict.ts';
import { evidenceSaid } from '../english/audit.ts';
import { checkSaid } from '../english/checks.ts';
import { troubleSaid, undocumentedSaid } from '../english/contracts.ts';
import { invaliditySaid, loadReasonSaid } from '../english/load.ts';
import { campaignViolationSaid } from '../english/road.ts';
import { runReasonSaid } from '../english/run.ts';
import { type CheckRow, checkCounted, checkRows } from './checks.ts';
import { isPlainRun } from './coverage.ts';

export type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

export interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  /** One line; not shown for what passed. */
  readonly message: string;
  /** The full text under the message; without it, the message again. */
  readonly evidence?: readonly string[];
  /** Where the run has it: the key of its cause. */
  readonly place?: string;
  /** Null where it did not fail. */
  readonly cause?: string | null;
  /** Milliseconds, where it was measured for this case alone. */
  readonly durationMs?: number;
}

export interface Suite {
  readonly name: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cases: readonly Case[];
}

const OUTCOMES: Readonly<Record<RunVerdict, Outcome>> = {
  pass: 'passed',
  fail: 'failure',
  'not valid': 'skipped',
  'not exercised': 'skipped',
};

/** Names of suites are unique, and those of the cases of a suite. Every failed case has a cause. */
export function suitesOf(run: Run): readonly Suite[] {
  const causes = causesOf(run);
  const byPlace = causesByPlace(causes);
  const [first] = causes;
  const caused = (one: Case): Case =>
    one.outcome === 'failure' || one.outcome === 'error'
      ? {
          ...one,
          cause: byPlace.get(one.place ?? '') ?? causeNear(one, byPlace) ?? first?.id ?? NO_CAUSE,
        }
      : one;
  return uniquelyNamed([
    runSuite(run),
    ...(isPlainRun(run) ? [] : contractsOf(run)),
    ...(run.campaigns ? [campaignSuite(run.campaigns)] : []),
    ...(run.load.length > 0
      ? run.load.flatMap((load) => [loadSuite(load), ...(load.history ? [auditSuite(load)] : [])])
      : [skippedSuite(run, 'load'), skippedSuite(run, 'audit')]),
    ...(run.selfChecks.length > 0 ? [selfCheckSuite(run)] : []),
  ]).map((suite) => ({ ...suite, cases: uniquelyNamed(suite.cases).map(caused) }));
}

/** Of a run that did not fail and does not pass. */
const NO_CAUSE = 'not-exercised';

/** The cause of a scenario whose verdict is one of its invariants or thresholds. */
function causeNear({ place }: Case, byPlace: ReadonlyMap<string, string>): string | undefined {
  const [kind, scenario] = places.partsOf(place ?? '');
  if (kind !== 'scenario') return undefined;
  const found = [...byPlace].find(([other]) => {
    const [otherKind, otherScenario] = places.partsOf(other);
    return (otherKind === 'invariant' || otherKind === 'threshold') && otherScenario === scenario;
  });
  return found?.[1];
}

/** Adds a number to a name that is there already. */
function uniquelyNamed<One extends { readonly name: string }>(all: readonly One[]): readonly One[] {
  const taken = new Set<string>();
  return all.map((one) => {
    let { name } = one;
    for (let n = 2; taken.has(name); n += 1) name = `${one.name} (${n})`;
    taken.add(name);
    return { ...one, name };
  });
}

function contractsOf(run: Run): readonly Suite[] {
  if (run.contracts.length === 0) return [skippedSuite(run, 'contracts')];
  return run.contracts.flatMap((contract) => contractSuites(run, contract));
}

function runSuite(run: Run): Suite {
  const { verdict, ...standing } = standingOf(run);
  const reasons = standing.reasons.map(runReasonSaid);
  return {
    name: 'run',
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    cases: [
      {
        name: 'verdict',
        // A reader of this file alone must see that the run as a whole did not pass.
        outcome: OUTCOMES[verdict] === 'skipped' ? 'error' : OUTCOMES[verdict],
        message: `${verdict}: ${reasons[0] ?? ''}`,
        evidence: reasons,
        durationMs: run.durationMs,
      },
    ],
  };
}

function skippedSuite(run: Run, name: string): Suite {
  return {
    name,
    startedAt: run.startedAt,
    durationMs: 0,
    cases: [{ name, outcome: 'skipped', message: 'not exercised: not part of this run' }],
  };
}

function contractSuites(run: Run, contracts: ContractsResult): readonly Suite[] {
  const timing = { startedAt: run.startedAt, durationMs: contracts.durationMs };
  const side = (of: 'consumer' | 'provider'): Suite => ({
    name: `contract ${contracts.name}: ${of}`,
    ...timing,
    cases: contracts.interactions.flatMap((one) => {
      const verdict = one[of];
      // Null: this side is not asked, so there is no case to count.
      if (verdict === null) return [];
      const detail = one.detail && troubleSaid(one.detail);
      const { undocumented: claim } = one;
      const evidence = [
        ...(detail === null ? [] : [detail]),
        ...(verdict === 'fail' && claim !== null ? [undocumentedSaid(claim)] : []),
      ];
      return {
        name: one.description,
        place: places.interaction(contracts.name, one.description),
        outcome: OUTCOMES[verdict],
        message: verdict === 'fail' ? firstLine(detail ?? 'fail') : (detail ?? verdict),
        ...(evidence.length > 0 && { evidence }),
      };
    }),
  });
  return [
    side('consumer'),
    side('provider'),
    {
      name: `contract ${contracts.name}: checks`,
      ...timing,
      cases: contracts.checks.map((one) =>
        checkedCase(one, places.contractCheck(contracts.name, one.name)),
      ),
    },
  ].map(orSkipped);
}

function selfCheckSuite(run: Run): Suite {
  return {
    name: 'self-checks',
    startedAt: run.startedAt,
    durationMs: 0,
    cases: run.selfChecks.map((one) => checkedCase(one, places.selfCheck(one.name))),
  };
}

function checkedCase({ name, verdict, detail }: CheckResult, place: string): Case {
  return { name, place, outcome: OUTCOMES[verdict], message: checkSaid(detail) };
}

function campaignSuite({ startedAt, durationMs, checks }: CampaignsResult): Suite {
  return orSkipped({
    name: 'campaigns',
    startedAt,
    durationMs,
    cases: checks.map(({ name, verdict, checked, violations, evidence }) => {
      const message =
        verdict === 'not exercised'
          ? 'not exercised: the stage did not come to its end'
          : `${count(violations, 'violation')}, checked on ${figure(checked)}`;
      return {
        name,
        place: places.campaignCheck(name),
        outcome: OUTCOMES[verdict],
        message,
        evidence: [message, ...evidence.map(campaignViolationSaid)],
      };
    }),
  });
}

function loadSuite(load: LoadResult): Suite {
  const { validity } = load;
  const { verdict, ...judged } = judgeLoad(load);
  const reasons = judged.reasons.map(loadReasonSaid);
  const invalidities = validity.reasons.map(invaliditySaid);
  return {
    name: `load: ${load.scenario}`,
    startedAt: load.startedAt,
    durationMs: load.durationMs,
    cases: [
      {
        name: 'scenario',
        place: places.scenario(load.scenario),
        durationMs: load.durationMs,
        outcome: OUTCOMES[verdict],
        message: reasons[0] ?? verdict,
        evidence: reasons,
      },
      {
        name: 'figures are valid',
        // Not a failure of the endpoint: the figures say nothing about it.
        outcome: validity.valid ? 'passed' : 'skipped',
        message: invalidities[0] ?? 'the load generator was the limit',
        evidence: invalidities,
      },
      ...load.thresholds.map((one) => thresholdCase(load.scenario, one)),
      ...checkRows(load).map((one) => checkCase(load.scenario, one)),
    ],
  };
}

function thresholdCase(
  scenario: string,
  { metric, expression, ok, value, judged }: ThresholdResult,
): Case {
  const shown = value === null ? 'no sample' : `value ${figure(value)}`;
  return {
    name: `threshold: ${metric} ${expression}`,
    place: places.threshold(scenario, metric, expression),
    outcome: judged ? (ok ? 'passed' : 'failure') : 'skipped',
    message: judged ? shown : `not valid: it depends on figures that are not valid, ${shown}`,
  };
}

/** A failed check that fails nothing is no failure. It is not shown green either. */
function checkCase(scenario: string, check: CheckRow): Case {
  const outcomes = {
    passed: 'passed',
    failed: 'failure',
    allowed: 'skipped',
    'never made': 'skipped',
  } as const;
  return {
    name: `check: ${check.label}`,
    // It fails by the threshold that counts it.
    place: places.scenario(scenario),
    outcome: outcomes[check.standing],
    message: checkCounted(check),
  };
}

function auditSuite({ scenario, startedAt, audit }: LoadResult): Suite {
  const outcomes = { holds: 'passed', violated: 'failure', 'not decidable': 'skipped' } as const;
  return orSkipped({
    name: `audit: ${scenario}`,
    startedAt,
    durationMs: 0,
    cases: audit.invariants.map((one) => {
      const evidence = one.evidence.map(evidenceSaid);
      const message =
        one.verdict === 'not decidable'
          ? `not decidable: ${evidence[0] ?? 'no reason was recorded'}`
          : `${one.verdict}: ${count(one.violations, 'violation')}, checked on ${figure(one.checked)}`;
      return {
        name: `${one.name}: ${one.statement}`,
        place: places.invariant(scenario, one.name),
        outcome: outcomes[one.verdict],
        message,
        evidence: one.verdict === 'violated' ? [message, ...evidence] : [],
      };
    }),
  });
}

/** A stage that judged nothing says so. */
function orSkipped(suite: Suite): Suite {
  if (suite.cases.length > 0) return suite;
  return {
    ...suite,
    cases: [{ name: suite.name, outcome: 'skipped', message: 'not exercised: nothing was judged' }],
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
