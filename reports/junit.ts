/**
 * A run as JUnit XML: a suite per stage, a case per thing that was judged.
 *
 * `not exercised` and `not decidable` are skipped cases with the reason. The first suite holds the
 * run's own verdict, so that a run of which nothing was exercised is an error, not an empty success.
 */

import { count, figure } from '../run/figures.ts';
import {
  type CheckCount,
  type CheckResult,
  type ContractsResult,
  type LoadResult,
  noBugs,
  type Run,
  type RunVerdict,
} from '../run/run.ts';
import { judgeLoad, standing as standingOf } from '../run/verdict.ts';
import { evidenceSaid } from './english/audit.ts';
import { checkSaid } from './english/checks.ts';
import { troubleSaid } from './english/contracts.ts';
import { invaliditySaid, loadReasonSaid } from './english/load.ts';
import { runReasonSaid } from './english/run.ts';
import { type Markup, markup } from './html/markup.ts';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  /** One line; not shown for what passed. */
  readonly message: string;
  /** The full text under the message. */
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
  'not exercised': 'skipped',
};

export function renderJunit(run: Run): string {
  const suites = [
    runSuite(run),
    ...(run.contracts.length > 0
      ? run.contracts.flatMap((contract) => contractSuites(run, contract))
      : [skippedSuite(run, 'contracts')]),
    ...(run.load.length > 0
      ? run.load.flatMap((load) => [loadSuite(load), auditSuite(load)])
      : [skippedSuite(run, 'load'), skippedSuite(run, 'audit')]),
    ...(run.selfChecks.length > 0 ? [selfCheckSuite(run)] : []),
  ];
  const cases = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    markup`<testsuites name="dialproof"${totals(cases)} time="${seconds(run.durationMs)}">
${suites.map((suite, i) => renderSuite(suite, i === 0 ? run : null))}</testsuites>
`.html
  }`;
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
        // A reader of this file alone must see that the whole run was not exercised.
        outcome: verdict === 'not exercised' ? 'error' : OUTCOMES[verdict],
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
        // Not a failure of the endpoint: the figures say nothing, and the run's verdict leaves them out.
        outcome: validity.valid ? 'passed' : 'skipped',
        message: invalidities[0] ?? 'the load generator was the limit',
        evidence: invalidities,
      },
      ...load.thresholds.map(
        ({ metric, expression, ok, value }): Case => ({
          name: `threshold: ${metric} ${expression}`,
          outcome: ok ? 'passed' : 'failure',
          message: value === null ? 'no sample' : `value ${figure(value)}`,
        }),
      ),
      ...load.checks.map(checkCase),
    ],
  };
}

/** Stricter than k6, where a failed check alone fails nothing: a case that failed is not shown green. */
function checkCase({ name, passes, fails }: CheckCount): Case {
  const made = passes + fails;
  return {
    name: `check: ${name}`,
    outcome: fails > 0 ? 'failure' : made > 0 ? 'passed' : 'skipped',
    message:
      made > 0 ? `${figure(fails)} of ${count(made, 'time')} failed` : 'not exercised: never made',
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
      return {
        name: `${one.name}: ${one.statement}`,
        outcome: outcomes[one.verdict],
        message:
          one.verdict === 'not decidable'
            ? `not decidable: ${evidence[0] ?? 'no reason was recorded'}`
            : `${one.verdict}: ${count(one.violations, 'violation')}, checked on ${figure(one.checked)}`,
        evidence,
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

function properties({ id, seed, target, versions }: Run): Markup {
  const pairs: readonly (readonly [string, string])[] = [
    ['run', id],
    ['seed', String(seed)],
    ['target', `${target.kind} ${target.url}`],
    ['profile', target.profile],
    ['seeded bugs', target.bugs.join(', ') || noBugs(target)],
    ...Object.entries(target.choices).map(([name, value]) => [`option ${name}`, value] as const),
    ...Object.entries(versions).map(([name, value]) => [`version ${name}`, value] as const),
  ];
  return markup`<properties>
${pairs.map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`)}</properties>
`;
}

function renderCase(suite: string, { name, outcome, message, evidence }: Case): Markup {
  const open = markup`<testcase classname="dialproof.${suite}" name="${name}"`;
  const text = evidence?.join('\n') ?? '';
  switch (outcome) {
    case 'passed':
      return markup`${open}/>\n`;
    case 'skipped':
      return markup`${open}><skipped message="${message}"/></testcase>\n`;
    case 'failure':
      return markup`${open}><failure message="${message}" type="failure">${text}</failure></testcase>\n`;
    case 'error':
      return markup`${open}><error message="${message}" type="not exercised">${text}</error></testcase>\n`;
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
