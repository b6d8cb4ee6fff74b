/** What a crash test of campaigns found wrong. */

import { text } from '../../system/read.ts';
import { type StatementOf, statementOf } from './kinds.ts';
import { EVENT_ROWS, ROAD_ROWS } from './road.ts';

const ROWS = {
  ...ROAD_ROWS,
  ...EVENT_ROWS,
  /** The emulator did not reach the commit at which it was to be killed. */
  'not reached': { killAt: text },
} as const;

export type RoadCrashViolation = StatementOf<typeof ROWS>;

export type RoadCrashKind = RoadCrashViolation['kind'];

export const ROAD_CRASH_KINDS = Object.keys(ROWS) as readonly RoadCrashKind[];

export const roadCrashViolation = statementOf(ROWS);
