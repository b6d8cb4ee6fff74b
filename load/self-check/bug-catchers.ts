/** What catches each seeded bug of the emulator: a scenario with its audit, the contract, or the crash test. */

import type { BugName } from '../../emulator/bugs/bugs.ts';
import type { RefusalName } from '../../operation/connect/batch-put-contact/refusals.ts';
import type { InvariantName } from '../audit/invariants.ts';
import type { ScenarioName } from '../lib/profiles.ts';

export type Catcher =
  | { readonly scenario: ScenarioName; readonly invariant: InvariantName }
  /** The interaction of the contract that pins this error. */
  | { readonly contract: RefusalName }
  /** `dialproof crash-test`, with what it then says (held to it by test/load/crash-test.test.ts). */
  | { readonly crashTest: string };

/** What it is run by, and what it then says. */
export function saysOf(catcher: Catcher): readonly [command: string, says: string] {
  if ('scenario' in catcher) {
    return [`load run ${catcher.scenario}`, `“${catcher.invariant}” is violated`];
  }
  if ('contract' in catcher) {
    return ['contracts', `the interaction that pins ${catcher.contract} fails`];
  }
  return ['crash-test', `a token was ${catcher.crashTest}`];
}

export function catcherSaid(catcher: Catcher): string {
  return saysOf(catcher).join(': ');
}

export const BUG_CATCHERS: Readonly<Record<BugName, Catcher>> = {
  'forgets-tokens': { scenario: 'replay', invariant: 'replays are equal' },
  'races-duplicates': { scenario: 'race', invariant: 'replays are equal' },
  'replay-new-ids': { scenario: 'ambiguous', invariant: 'replays are equal' },
  'swaps-identifiers': { scenario: 'smoke', invariant: 'acknowledged is kept' },
  'creates-on-refusal': { scenario: 'conflict', invariant: 'refused creates nothing' },
  'ignores-payload': { scenario: 'conflict', invariant: 'conflicts are refused' },
  'drops-item': { scenario: 'smoke', invariant: 'one result per item' },
  'answers-twice': { scenario: 'partial', invariant: 'one result per item' },
  'accepts-bad-signature': { contract: 'InvalidSignatureException' },
  'counts-items': { scenario: 'quota', invariant: 'the quota is kept' },
  'wrong-code': { scenario: 'mix', invariant: 'answered as predicted' },
  'loses-at-crash': { crashTest: 'acknowledged and is lost' },
  'loses-acknowledged': { scenario: 'throughput', invariant: 'acknowledged is kept' },
};
