/** Compares a run with an earlier one, or with several. */

import {
  amount,
  list,
  number,
  oneOf,
  orNull,
  type Reader,
  type Structure,
  structure,
  text,
} from '../../system/read.ts';
import type { RunVerdict } from '../run.ts';
import { type Change, change, type EFFECTS } from '../statements/changes.ts';
import {
  CONDITIONS,
  type ConditionDiffers,
  differences,
  type FORBIDS,
  forbidding,
} from './conditions.ts';
import { changesOfContracts } from './contracts.ts';
import type { RunLine } from './line.ts';
import { changesOfParts } from './parts.ts';
import { comparedTimings, type Timings } from './timings.ts';

export const COMPARISON_SCHEMA = 'dialproof-comparison/1';

export interface Comparison {
  readonly schema: typeof COMPARISON_SCHEMA;
  /** What the earlier runs are, such as `the last run`. */
  readonly against: string;
  /** The newest of the earlier runs. */
  readonly before: RunNamed;
  readonly after: RunNamed;
  /** Conditions under which the two runs were not alike. */
  readonly differences: readonly ConditionDiffers[];
  /** What could not be compared because of them. */
  readonly notCompared: readonly NotCompared[];
  /** Regressions first, then other changes, then improvements. */
  readonly changes: readonly Change[];
  readonly timings: Timings;
}

export interface RunNamed {
  readonly id: string;
  readonly startedAt: string;
  readonly verdict: RunVerdict;
  readonly commit: string | null;
  readonly branch: string | null;
}

export interface NotCompared {
  readonly what: keyof typeof FORBIDS;
  readonly because: readonly ConditionDiffers['condition'][];
}

const verdict: Reader<RunVerdict> = oneOf('pass', 'fail', 'not valid', 'not exercised');
const named: Structure<RunNamed> = {
  id: text,
  startedAt: text,
  verdict,
  commit: orNull(text),
  branch: orNull(text),
};
const condition = oneOf(...CONDITIONS);

/** Reads a comparison that was written as JSON. */
export const comparison: Reader<Comparison> = structure<Comparison>({
  schema: oneOf(COMPARISON_SCHEMA),
  against: text,
  before: structure<RunNamed>(named),
  after: structure<RunNamed>(named),
  differences: list(
    structure<ConditionDiffers>({ condition, before: orNull(text), after: orNull(text) }),
  ),
  notCompared: list(
    structure<NotCompared>({ what: oneOf('timings', 'counts'), because: list(condition) }),
  ),
  changes: list(change),
  timings: structure<Timings>({
    before: amount,
    after: amount,
    leftOut: amount,
    fewest: amount,
    threshold: number,
    confidence: number,
  }),
});

/**
 * Compares runs.
 *
 * @param before earlier runs, in any order; the newest one is compared in everything, all of them in timings.
 * @param after newer runs, likewise.
 * @param against what the earlier runs are, as a noun.
 * @throws RangeError where one of the groups is empty.
 */
export function compareRuns(
  before: readonly RunLine[],
  after: readonly RunLine[],
  against: string,
): Comparison {
  const [then, now] = [newest(before), newest(after)];
  const found = differences(then.conditions, now.conditions);
  const counts = forbidding('counts', found);
  const { timings, changes } = comparedTimings(before, after, now.conditions);
  const all = [
    ...changesOfCauses(then, now),
    ...changesOfParts(then, now, counts.length === 0),
    ...changesOfContracts(then, now),
    ...changes,
  ];
  const order = [
    'regression',
    'change',
    'improvement',
  ] as const satisfies (typeof EFFECTS)[number][];
  return {
    schema: COMPARISON_SCHEMA,
    against,
    before: nameOf(then),
    after: nameOf(now),
    differences: found,
    notCompared: (['timings', 'counts'] as const).flatMap((what) => {
      const because = forbidding(what, found).map((one) => one.condition);
      return because.length === 0 ? [] : [{ what, because }];
    }),
    changes: order.flatMap((effect) => all.filter((one) => one.effect === effect)),
    timings,
  };
}

export function regressionsOf({ changes }: Comparison): readonly Change[] {
  return changes.filter(({ effect }) => effect === 'regression');
}

function newest(lines: readonly RunLine[]): RunLine {
  const [last] = lines.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  if (!last) throw new RangeError('there is no run to compare');
  return last;
}

function nameOf({ id, startedAt, verdict, commit, branch }: RunLine): RunNamed {
  return { id, startedAt, verdict, commit, branch };
}

function changesOfCauses(before: RunLine, after: RunLine): readonly Change[] {
  const ids = (line: RunLine) => new Set(line.causes.map(({ id }) => id));
  const [then, now] = [ids(before), ids(after)];
  return [
    ...after.causes
      .filter(({ id }) => !then.has(id))
      .map(
        ({ id, symptoms }): Change => ({
          kind: 'new cause',
          effect: 'regression',
          cause: id,
          symptoms,
        }),
      ),
    ...before.causes
      .filter(({ id }) => !now.has(id))
      .map(
        ({ id, symptoms }): Change => ({
          kind: 'cause gone',
          effect: 'improvement',
          cause: id,
          symptoms,
        }),
      ),
  ];
}
