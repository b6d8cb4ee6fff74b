/** Options of an instance: one process of several that do a run together. */

import type { Command } from 'commander';
import { readSegment, type SegmentText } from '../../load/engine/read/segment.ts';
import { UserError } from '../../system/errors.ts';

export interface InstanceOptions {
  readonly executionSegment?: string;
  readonly executionSegmentSequence?: string;
  readonly runTag?: string;
  readonly startAt?: Date;
}

/** What makes a process an instance of a run. */
export interface Division {
  readonly segment: SegmentText;
  readonly runTag: string;
  /** Null: as soon as it is ready. */
  readonly startAt: Date | null;
}

export function addInstanceOptions(command: Command): Command {
  return command
    .option(
      '--execution-segment <from:to>',
      'run only this part, such as 1/4:2/4, and write its result to --out for "load merge"',
    )
    .option(
      '--execution-segment-sequence <list>',
      'borders of all parts if they differ in size, such as 0,1/2,3/4,1',
    )
    .option(
      '--run-tag <text>',
      '8 characters, the same for all instances of a run and different for every run',
    )
    .option(
      '--start-at <time>',
      'time at which the instances start, such as 2026-01-31T09:00:00Z',
      readTime,
    );
}

/**
 * @returns null where no segment is asked for: this process does the whole run.
 * @throws UserError where an option of an instance is given without a segment, or a segment without a valid run tag.
 */
export function divisionOf(options: InstanceOptions): Division | null {
  const { executionSegment, executionSegmentSequence, runTag, startAt } = options;
  if (executionSegment === undefined) {
    const without = Object.entries({
      '--execution-segment-sequence': executionSegmentSequence,
      '--run-tag': runTag,
      '--start-at': startAt,
    }).find(([, value]) => value !== undefined);
    if (without)
      throw new UserError(`${without[0]} works only with --execution-segment: give that too`);
    return null;
  }
  if (runTag === undefined || !/^[a-z0-9]{8}$/.test(runTag)) {
    throw new UserError(
      '--execution-segment needs --run-tag: 8 characters of a-z and 0-9, the same for all instances of the run',
    );
  }
  const { text } = readSegment(executionSegment, executionSegmentSequence ?? '');
  return { segment: text, runTag, startAt: startAt ?? null };
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(time.getTime())) {
    throw new UserError(`--start-at "${text}" is not a time: write it as 2026-01-31T09:00:00Z`);
  }
  return time;
}
