/** What a team is told of a run, as data. It is made once, and each target renders it within its own limits. */

import { gaps, isPlainRun } from '../../reports/content/coverage.ts';
import { causeSaid, placeSaid } from '../../reports/english/causes.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { verdictMeans } from '../../reports/english/verdict.ts';
import { type Part, partsOf } from '../../reports/terminal.ts';
import { causesOf } from '../../run/causes/causes.ts';
import { count, duration, utc } from '../../run/figures.ts';
import type { Run, RunVerdict } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import type { Ci } from '../../system/ci.ts';
import { clip, visibleLine } from '../../system/visible.ts';

export interface Message {
  readonly runId: string;
  readonly verdict: RunVerdict;
  /** Time, duration and target, on one line. */
  readonly about: string;
  /** Seeded bugs: the emulator was told to misbehave. */
  readonly bugs: readonly string[];
  /** Why the verdict is not `pass`: one sentence if something failed, which the causes explain. */
  readonly reasons: readonly string[];
  /** What broke: the fewest causes that explain every failed check. */
  readonly failures: readonly Failure[];
  readonly parts: readonly Part[];
  /** What did not run. */
  readonly unexercised: readonly string[];
  readonly links: readonly Link[];
  /** Commit and branch, as far as they are known. */
  readonly commit: string | null;
  readonly branch: string | null;
}

/** A cause, with the checks that failed because of it. */
export interface Failure {
  /** Such as `invariant/BatchPutContact/replays-are-equal/ClientToken`. It is the same in every run. */
  readonly cause: string;
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
  const failures = failuresOf(run);
  return {
    runId: short(run.id),
    verdict,
    about: short(
      `${utc(run.startedAt)}, ${duration(run.durationMs)}, ${isPlainRun(run) ? 'k6 script' : `seed ${run.seed}, ${target.kind}`}${run.interrupted ? ', interrupted' : ''}`,
    ),
    bugs: target.bugs.map(short),
    // The causes say why a run fails, in fewer words.
    reasons:
      failures.length > 0
        ? [short(verdictMeans(run))]
        : reasons.map((reason) => short(runReasonSaid(reason))),
    failures,
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

/** Every failed check belongs to one cause, so that hundreds of them are one row. */
function failuresOf(run: Run): readonly Failure[] {
  return causesOf(run).map((cause) => {
    const [first] = cause.places;
    const checks = count(cause.places.length, 'failed check');
    return {
      cause: cause.id,
      what: short(causeSaid(cause)),
      detail: short(first === undefined ? '' : `${checks}, such as ${placeSaid(first)}`),
    };
  });
}

function short(text: string): string {
  return clip(visibleLine(text), MOST_LETTERS);
}
