/** The check that must catch a seeded bug, and how it reports the bug. */

import { oneOf, text } from '../../system/read.ts';
import { CRASH_VIOLATION_KINDS } from './crash.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';
import { ROAD_CRASH_KINDS } from './road-crash.ts';

const ROWS = {
  /** The audit of a load scenario: the invariant is violated. */
  scenario: { scenario: text, invariant: text },
  /** The interactions that pin an error: they fail. */
  contract: { pins: text },
  /** `dialproof crash-test`: it finds this kind of violation. */
  'crash test': { violation: oneOf(...CRASH_VIOLATION_KINDS) },
  /** `dialproof crash-test --campaigns`: it finds this kind of violation. */
  'road crash test': { violation: oneOf(...ROAD_CRASH_KINDS) },
  ...OLD_TEXT,
} as const;

export type CatcherNamed = StatementOf<typeof ROWS>;

export const catcherNamed = statementOf(ROWS);
