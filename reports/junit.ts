/**
 * A run as JUnit XML: a suite per stage, a case per thing that was judged.
 *
 * `not exercised`, `not decidable` and `not valid` are skipped cases with the reason. The first suite holds the
 * run's own verdict, so that a run of which nothing was exercised is an error, not an empty success.
 *
 * There is a failure only where the run fails. GitLab shows the text of an element, and of cases with one class
 * and name it reads only the first. Jenkins shows messages. So each element has both, and names are unique.
 */

import { count, figure } from '../run/figures.ts';
import {
  type CampaignsResult,
  type CheckResult,
  type ContractsResult,
  type LoadResult,
  noBugs,
  type Run,
  type RunVerdict,
  type ThresholdResult,
} from '../run/run.ts';
import { judgeLoad, standing as standingOf } from '../run/verdict.ts';
import { type CheckRow, checkCounted, checkRows } from './content/checks.ts';
import { isPlainRun } from './content/coverage.ts';
import { evidenceSaid } from './english/audit.ts';
import { checkSaid } from './english/checks.ts';
import { troubleSaid } from './english/contracts.ts';
import { invaliditySaid, loadReasonSaid } from './english/load.ts';
import { campaignViolationSaid } from './english/road.ts';
import { runReasonSaid } from './english/run.ts';
import { type Markup, markup } from './html/markup.ts';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  /** One line; not shown for what passed. */
  readonly message: string;
  /** The full text under the message; without it, the message again. */
  readonly evidence?: readonly string[];
}

interface Suite {
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

export function renderJunit(run: Run): string {
  const suites = uniquelyNamed([
    runSuite(run),
    ...(isPlainRun(run) ? [] : contractsOf(run)),
    ...(run.campaigns ? [campaignSuite(run.campaigns)] : []),
    ...(run.load.length > 0
      ? run.load.flatMap((load) => [loadSuite(load), ...(load.history ? [auditSuite(load)] : [])])
      : [skippedSuite(run, 'load'), skippedSuite(run, 'audit')]),
    ...(run.selfChecks.length > 0 ? [selfCheckSuite(run)] : []),
  ]).map((suite) => ({ ...suite, cases: uniquelyNamed(suite.cases) }));
  const cases = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    markup`<testsuites name="dialproof"${totals(cases)} time="${seconds(run.durationMs)}">
${suites.map((suite, i) => renderSuite(suite, i === 0 ? run : null))}</testsuites>
`.html
  }`;
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
      return {
        name: one.description,
        outcome: OUTCOMES[verdict],
        message: verdict === 'fail' ? firstLine(detail ?? 'fail') : (detail ?? verdict),
        ...(detail === null ? {} : { evidence: [detail] }),
      };
    }),
  });
  return [
    side('consumer'),
    side('provider'),
    {
      name: `contract ${contracts.name}: checks`,
      ...timing,
      cases: contracts.checks.map(checkedCase),
    },
  ].map(orSkipped);
}

function selfCheckSuite(run: Run): Suite {
  return {
    name: 'self-checks',
    startedAt: run.startedAt,
    durationMs: 0,
    cases: run.selfChecks.map(checkedCase),
  };
}

function checkedCase({ name, verdict, detail }: CheckResult): Case {
  return { name, outcome: OUTCOMES[verdict], message: checkSaid(detail) };
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
      ...load.thresholds.map(thresholdCase),
      ...checkRows(load).map(checkCase),
    ],
  };
}

function thresholdCase({ metric, expression, ok, value, judged }: ThresholdResult): Case {
  const shown = value === null ? 'no sample' : `value ${figure(value)}`;
  return {
    name: `threshold: ${metric} ${expression}`,
    outcome: judged ? (ok ? 'passed' : 'failure') : 'skipped',
    message: judged ? shown : `not valid: it depends on figures that are not valid, ${shown}`,
  };
}

/** A failed check that fails nothing is no failure. It is not shown green either. */
function checkCase(check: CheckRow): Case {
  const outcomes = {
    passed: 'passed',
    failed: 'failure',
    allowed: 'skipped',
    'never made': 'skipped',
  } as const;
  return {
    name: `check: ${check.label}`,
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

function renderSuite({ name, startedAt, durationMs, cases }: Suite, run: Run | null): Markup {
  return markup`<testsuite name="${name}"${totals(cases)} time="${seconds(durationMs)}" timestamp="${startedAt.slice(0, 19)}">
${run && properties(run)}${cases.map((one) => renderCase(name, one))}</testsuite>
`;
}

type Property = readonly [name: string, value: string];

function properties(run: Run): Markup {
  const { id, seed, versions } = run;
  const pairs: readonly Property[] = [
    ['run', id],
    ['seed', String(seed)],
    ...(isPlainRun(run) ? [] : targetProperties(run)),
    ...Object.entries(versions).map(([name, value]): Property => [`version ${name}`, value]),
  ];
  return markup`<properties>
${pairs.map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`)}</properties>
`;
}

function targetProperties({ target }: Run): readonly Property[] {
  return [
    ['target', `${target.kind} ${target.url}`],
    ['profile', target.profile],
    ['seeded bugs', target.bugs.join(', ') || noBugs(target)],
    ...Object.entries(target.choices).map(([name, value]): Property => [`option ${name}`, value]),
  ];
}

function renderCase(suite: string, { name, outcome, message, evidence }: Case): Markup {
  const open = markup`<testcase classname="dialproof.${suite}" name="${name}"`;
  const text = evidence && evidence.length > 0 ? evidence.join('\n') : message;
  switch (outcome) {
    case 'passed':
      return markup`${open}/>\n`;
    case 'skipped':
      return markup`${open}><skipped message="${message}">${text}</skipped></testcase>\n`;
    case 'failure':
      return markup`${open}><failure message="${message}" type="failure">${text}</failure></testcase>\n`;
    case 'error':
      return markup`${open}><error message="${message}" type="error">${text}</error></testcase>\n`;
  }
}

function totals(cases: readonly Case[]): Markup {
  const of = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return markup` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
