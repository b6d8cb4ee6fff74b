/** The details of a check over the whole contract, or of a self-check of the harness. */

import { amount, flag, list, oneOf, orNull, record, text } from '../../system/read.ts';
import { evidence } from './audit.ts';
import { CONTRACT_DETAILS } from './contracts.ts';
import { CRASH_VIOLATION_KINDS, crashViolation } from './crash.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';
import { ROAD_CRASH_KINDS, roadCrashViolation } from './road-crash.ts';

const ROWS = {
  ...CONTRACT_DETAILS,
  /** An invariant that a seeded bug must violate; `verdict` is null where the audit does not have it. */
  'invariant asked': {
    scenario: text,
    invariant: text,
    verdict: orNull(oneOf('holds', 'violated', 'not decidable')),
    violations: amount,
    checked: amount,
  },
  /** A correct emulator under a fault plan: the first violated invariant with its first evidence, if there is one. */
  'faults stood': {
    scenario: text,
    blamed: orNull(text),
    evidence: orNull(evidence),
    /** Invariants that hold. */
    holding: amount,
    /** Whether every batch got in; that not all did is no blame. */
    passed: flag,
    /** Fault of the plan -> requests that met it. */
    faults: record(amount),
  },
  /** The interactions that pin `pins` must fail, and they alone; `failing` is what the others pin, or describe. */
  'interactions failing': { pins: text, failing: list(text) },
  /** The violation that a crash test was to find; null where it did not. */
  'crash violation': { sought: oneOf(...CRASH_VIOLATION_KINDS), found: orNull(crashViolation) },
  /** The violation that a crash test of campaigns was to find; null where it did not. */
  'road crash violation': { sought: oneOf(...ROAD_CRASH_KINDS), found: orNull(roadCrashViolation) },
  interrupted: {},
  ...OLD_TEXT,
} as const;

export type CheckDetail = StatementOf<typeof ROWS>;

export const checkDetail = statementOf(ROWS);
