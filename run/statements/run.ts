/** Why a run does not pass. */

import { amount, list, oneOf, text } from '../../system/read.ts';
import { catcherNamed } from './catcher.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';
import { loadReason } from './load.ts';

const unpassed = oneOf('fail', 'not exercised');

const ROWS = {
  /** Interactions of the contract with this verdict, out of `of`. */
  interactions: { verdict: unpassed, names: list(text), of: amount },
  'contract checks': { verdict: unpassed, names: list(text), of: amount },
  /** The contracts are recorded with this verdict, and no part of them tells why. */
  contracts: { verdict: unpassed },
  'campaign checks': { verdict: unpassed, names: list(text), of: amount },
  /** The campaigns are recorded with this verdict, and no check of them tells why. */
  campaigns: { verdict: unpassed },
  load: { scenario: text, because: loadReason },
  'self-checks': { verdict: unpassed, names: list(text), of: amount },
  'bug missed': { bug: text, catcher: catcherNamed },
  interrupted: {},
  'nothing exercised': {},
  /** The run is recorded as pass, though its parts are not. */
  'pass disputed': {},
  unsaid: {},
  ...OLD_TEXT,
} as const;

export type RunReason = StatementOf<typeof ROWS>;

export const runReason = statementOf(ROWS);
