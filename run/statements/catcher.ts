/** What is meant to catch a seeded bug, and how it then tells. */

import { text, word } from '../../system/reader.ts';
import { CRASH_VIOLATION_KINDS } from './crash.ts';
import { OLD_TEXT, type OneOf, oneOf } from './kinds.ts';

const ROWS = {
  /** The audit of a load scenario: the invariant is violated. */
  scenario: { scenario: text, invariant: text },
  /** The interactions that pin an error: they fail. */
  contract: { pins: text },
  /** `dialproof crash-test`: it finds this kind of violation. */
  'crash test': { violation: word(...CRASH_VIOLATION_KINDS) },
  ...OLD_TEXT,
} as const;

export type CatcherNamed = OneOf<typeof ROWS>;

export const catcherNamed = oneOf(ROWS);
