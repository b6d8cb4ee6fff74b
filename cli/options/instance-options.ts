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
      'run only this part, such as 1/4:2/4, and leave it for "load merge" in --out',
    )
    .option(
      '--execution-segment-sequence <list>',
      'the borders of all parts, such as 0,1/2,3/4,1, where they are not equal',
    )
    .option(
      '--run-tag <text>',
      '8 characters that the instances of one run share, and no other run',
    )
    .option(
      '--start-at <time>',
      'when the instances start, such as 2026-01-31T09:00:00Z',
      readTime,
    );
}

/** @returns null where the whole run is asked for. */
export function divisionOf(options: InstanceOptions): Division | null {
  const { executionSegment, executionSegmentSequence, runTag, startAt } = options;
  if (executionSegment === undefined) {
    const without = Object.entries({
      '--execution-segment-sequence': executionSegmentSequence,
      '--run-tag': runTag,
      '--start-at': startAt,
    }).find(([, value]) => value !== undefined);
    if (without) throw new UserError(`${without[0]} belongs to --execution-segment: give that too`);
    return null;
  }
  if (runTag === undefined || !/^[a-z0-9]{8}$/.test(runTag)) {
    throw new UserError(
      '--execution-segment needs --run-tag: 8 letters a-z and digits, the same for all instances of the run',
    );
  }
  const { text } = readSegment(executionSegment, executionSegmentSequence ?? '');
  return { segment: text, runTag, startAt: startAt ?? null };
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(time.getTime())) {
    throw new UserError(`--start-at "${text}" is no time such as 2026-01-31T09:00:00Z`);
  }
  return time;
}
