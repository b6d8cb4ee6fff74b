/** How a run differs from an earlier one. */

import { amount, list, number, oneOf, orNull, text } from '../../system/read.ts';
import { type StatementOf, statementOf } from './kinds.ts';

/** `regression`: worse than before. `improvement`: better. `change`: another behaviour, or another extent. */
export const EFFECTS = ['regression', 'improvement', 'change'] as const;

export type Effect = (typeof EFFECTS)[number];

/** Of the response times of one run: the fastest, the median, the 95th percentile. */
export const MEASURES = ['min', 'p50', 'p95'] as const;

export type Measure = (typeof MEASURES)[number];

const effect = oneOf(...EFFECTS);
const verdict = oneOf('pass', 'fail', 'not valid', 'not exercised');

const ROWS = {
  /** `cause` is the id of a cause, `symptoms` the failed checks that it explains. */
  'new cause': { effect, cause: text, symptoms: amount },
  'cause gone': { effect, cause: text, symptoms: amount },
  /** A part of the run, such as `contract BatchPutContact` or `load smoke`. */
  verdict: { effect, part: text, before: verdict, after: verdict },
  'part gone': { effect, part: text, before: verdict },
  'part new': { effect, part: text, after: verdict },
  /** Failure codes or errors that occurred in only one of the runs. `predicted`: the newer run was to get it. */
  'code new': {
    effect,
    operation: text,
    codes: list(text),
    predicted: oneOf('yes', 'no', 'unknown'),
  },
  'code gone': {
    effect,
    operation: text,
    codes: list(text),
    predicted: oneOf('yes', 'no', 'unknown'),
  },
  'error new': { effect, part: text, errors: list(text) },
  'error gone': { effect, part: text, errors: list(text) },
  'interactions new': { effect, contract: text, interactions: list(text) },
  'interactions gone': { effect, contract: text, interactions: list(text) },
  /** They differ, and a history does not name them. */
  'interactions other': { effect, contract: text, before: amount, after: amount },
  /** Cells of the coverage matrix. */
  'cells pinned': { effect, contract: text, before: amount, after: amount, of: amount },
  'cells uncovered': { effect, contract: text, before: amount, after: amount, cells: list(text) },
  /** Shares of the mutants that were killed, 0 to 1; null where nothing was mutated. */
  'mutation score': { effect, contract: text, before: orNull(number), after: orNull(number) },
  drift: { effect, contract: text, before: orNull(amount), after: orNull(amount) },
  /** Invariants that the audit of a scenario could not decide. */
  undecided: { effect, part: text, before: amount, after: amount },
  /** A number of things, such as `requests`. */
  count: { effect, part: text, what: text, before: amount, after: amount },
  /** Response times of several runs: medians in milliseconds, their ratio and its interval. */
  timing: {
    effect,
    part: text,
    what: oneOf(...MEASURES),
    beforeMs: number,
    afterMs: number,
    ratio: number,
    low: number,
    high: number,
  },
} as const;

export type Change = StatementOf<typeof ROWS>;

export const change = statementOf(ROWS);
