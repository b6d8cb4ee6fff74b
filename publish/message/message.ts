/** What a team is told of a run, as data. It is made once, and each target renders it within its own limits. */

import { gaps, isPlainRun } from '../../reports/content/coverage.ts';
import { evidenceSaid } from '../../reports/english/audit.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { campaignViolationSaid } from '../../reports/english/road.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { type Part, partsOf } from '../../reports/terminal.ts';
import { duration, figure, utc } from '../../run/figures.ts';
import type { LoadResult, Run, RunVerdict } from '../../run/run.ts';
import { interactionVerdict, standing } from '../../run/verdict.ts';
import type { Ci } from '../../system/ci.ts';
import { clip, visibleLine } from '../../system/visible.ts';

export interface Message {
  readonly runId: string;
  readonly verdict: RunVerdict;
  /** Time, duration and target, on one line. */
  readonly about: string;
  /** Seeded bugs: the emulator was told to misbehave. */
  readonly bugs: readonly string[];
  /** Why the verdict is not `pass`. */
  readonly reasons: readonly string[];
  /** What failed, in the order of the run. */
  readonly failures: readonly Failure[];
  readonly parts: readonly Part[];
  /** What did not run. */
  readonly unexercised: readonly string[];
  readonly links: readonly Link[];
  /** Commit and branch, as far as they are known. */
  readonly commit: string | null;
  readonly branch: string | null;
}

export interface Failure {
  /** Such as `Contract BatchPutContact` or `Audit replay`. */
  readonly where: string;
  readonly what: string;
  readonly detail: string;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

export interface Origin {
  /** Null outside a CI. */
  readonly ci: Ci | null;
  /** Where the HTML report can be read; null if that is not known. */
  readonly reportUrl: string | null;
}

/** No text of a message is longer. What a run says of a single failure can have any length. */
const MOST_LETTERS = 300;

export function messageOf(run: Run, { ci, reportUrl }: Origin): Message {
  const { verdict, reasons } = standing(run);
  const { target } = run;
  return {
    runId: short(run.id),
    verdict,
    about: short(
      `${utc(run.startedAt)}, ${duration(run.durationMs)}, ${isPlainRun(run) ? 'k6 script' : `seed ${run.seed}, ${target.kind}`}${run.interrupted ? ', interrupted' : ''}`,
    ),
    bugs: target.bugs.map(short),
    reasons: reasons.map((reason) => short(runReasonSaid(reason))),
    failures: failuresOf(run),
    parts: partsOf(run).map(({ name, verdict: of, said }) => ({
      name: short(name),
      verdict: of,
      said: short(said),
    })),
    unexercised: gaps(run).map(short),
    links: [
      ...(reportUrl === null ? [] : [{ label: 'Report', url: reportUrl }]),
      ...(ci?.buildUrl ? [{ label: 'Build', url: ci.buildUrl }] : []),
    ],
    commit: ci?.commit ?? null,
    branch: ci?.branch ?? null,
  };
}

function failuresOf(run: Run): readonly Failure[] {
  return [
    ...run.contracts.flatMap(({ name, interactions, checks }) => [
      ...interactions
        .filter((one) => interactionVerdict(one) === 'fail')
        .map((one) =>
          failure(`Contract ${name}`, one.description, one.detail ? troubleSaid(one.detail) : ''),
        ),
      ...checks
        .filter(({ verdict }) => verdict === 'fail')
        .map((one) => failure(`Contract ${name}`, one.name, checkSaid(one.detail))),
    ]),
    ...(run.campaigns?.checks ?? [])
      .filter(({ verdict }) => verdict === 'fail')
      .map((one) =>
        failure('Campaigns', one.name, one.evidence.map(campaignViolationSaid).join('; ')),
      ),
    ...run.load.flatMap(loadFailures),
    ...run.selfChecks
      .filter(({ verdict }) => verdict === 'fail')
      .map((one) => failure('Self-checks', one.name, checkSaid(one.detail))),
  ];
}

function loadFailures({ scenario, thresholds, audit, history }: LoadResult): readonly Failure[] {
  return [
    ...thresholds
      .filter(({ ok, judged }) => judged && !ok)
      .map(({ metric, expression, value }) =>
        failure(
          `Load ${scenario}`,
          `${metric} ${expression}`,
          value === null ? 'no sample' : `was ${figure(value)}`,
        ),
      ),
    ...(history ? audit.invariants : [])
      .filter(({ verdict }) => verdict === 'violated')
      .map((one) =>
        failure(`Audit ${scenario}`, one.statement, one.evidence.map(evidenceSaid).join('; ')),
      ),
  ];
}

function failure(where: string, what: string, detail: string): Failure {
  return { where: short(where), what: short(what), detail: short(detail) };
}

function short(text: string): string {
  return clip(visibleLine(text), MOST_LETTERS);
}
