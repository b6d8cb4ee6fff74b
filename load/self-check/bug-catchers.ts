/** What catches each seeded bug of the emulator: a scenario with its audit, the contract, or the crash test. */

import type { BugName } from '../../emulator/bugs/bugs.ts';
import type { RefusalName } from '../../operation/connect/batch-put-contact/refusals.ts';
import type { CrashViolationKind } from '../../run/statements/crash.ts';
import type { RoadCrashKind } from '../../run/statements/road-crash.ts';
import type { InvariantName } from '../audit/invariants.ts';
import type { ScenarioName } from '../lib/profiles.ts';
import type { RoadInvariantName } from '../road/invariants.ts';

export type Catcher =
  | {
      readonly kind: 'scenario';
      readonly scenario: ScenarioName;
      readonly invariant: InvariantName | RoadInvariantName;
    }
  /** The interaction of the contract that pins this error. */
  | { readonly kind: 'contract'; readonly pins: RefusalName }
  /** `dialproof crash-test`, with what it then finds (held to it by test/load/crash-test.test.ts). */
  | { readonly kind: 'crash test'; readonly violation: CrashViolationKind }
  /** `dialproof crash-test --campaigns`, with what it then finds. */
  | { readonly kind: 'road crash test'; readonly violation: RoadCrashKind };

export const BUG_CATCHERS: Readonly<Record<BugName, Catcher>> = {
  'forgets-tokens': { kind: 'scenario', scenario: 'replay', invariant: 'replays are equal' },
  'races-duplicates': { kind: 'scenario', scenario: 'race', invariant: 'replays are equal' },
  'replay-new-ids': { kind: 'scenario', scenario: 'ambiguous', invariant: 'replays are equal' },
  'swaps-identifiers': { kind: 'scenario', scenario: 'smoke', invariant: 'acknowledged is kept' },
  'creates-on-refusal': {
    kind: 'scenario',
    scenario: 'conflict',
    invariant: 'refused creates nothing',
  },
  'ignores-payload': { kind: 'scenario', scenario: 'conflict', invariant: 'conflicts are refused' },
  'drops-item': { kind: 'scenario', scenario: 'smoke', invariant: 'one result per item' },
  'answers-twice': { kind: 'scenario', scenario: 'partial', invariant: 'one result per item' },
  'accepts-bad-signature': { kind: 'contract', pins: 'InvalidSignatureException' },
  'counts-items': { kind: 'scenario', scenario: 'quota', invariant: 'the quota is kept' },
  'larger-burst': { kind: 'scenario', scenario: 'quota', invariant: 'the quota is kept' },
  'shared-bucket': { kind: 'scenario', scenario: 'quota', invariant: 'the quota is kept' },
  'wrong-code': { kind: 'scenario', scenario: 'mix', invariant: 'answered as predicted' },
  'reuses-contact-ids': {
    kind: 'scenario',
    scenario: 'throughput',
    invariant: 'contacts are unique',
  },
  'refuses-replays': {
    kind: 'scenario',
    scenario: 'replay',
    invariant: 'nothing is refused wrongly',
  },
  'refuses-new-tokens': {
    kind: 'scenario',
    scenario: 'throughput',
    invariant: 'nothing is refused wrongly',
  },
  'swaps-stored-identifiers': {
    kind: 'scenario',
    scenario: 'smoke',
    invariant: 'nothing is doubled',
  },
  'creates-unasked': { kind: 'scenario', scenario: 'throughput', invariant: 'nothing foreign' },
  'loses-at-crash': { kind: 'crash test', violation: 'lost' },
  'loses-acknowledged': {
    kind: 'scenario',
    scenario: 'throughput',
    invariant: 'acknowledged is kept',
  },
  'dials-twice': { kind: 'scenario', scenario: 'dial', invariant: 'nobody is dialled twice' },
  'dials-again-after-crash': { kind: 'road crash test', violation: 'second dial' },
  'dials-after-stop': {
    kind: 'scenario',
    scenario: 'pause',
    invariant: 'nobody is dialled after Stop',
  },
  'dials-while-paused': {
    kind: 'scenario',
    scenario: 'pause',
    invariant: 'nobody is dialled while paused',
  },
  'dials-expired': {
    kind: 'scenario',
    scenario: 'expiry',
    invariant: 'nobody is dialled after expiry',
  },
  'loses-dial-requests': {
    kind: 'scenario',
    scenario: 'feeder-pressure',
    invariant: 'one contact or one failure',
  },
  'new-contact-id-at-dialling': {
    kind: 'scenario',
    scenario: 'dial',
    invariant: 'only created contacts are dialled',
  },
  'expires-early': { kind: 'scenario', scenario: 'expiry', invariant: 'nobody expires early' },
  'forgets-item-tokens': {
    kind: 'scenario',
    scenario: 'dial',
    invariant: 'one dial request per clientToken',
  },
  'swaps-attributes': {
    kind: 'scenario',
    scenario: 'pipeline',
    invariant: 'contacts are as asked',
  },
  'exceeds-concurrent-calls': {
    kind: 'scenario',
    scenario: 'feeder-pressure',
    invariant: 'calls keep to the quota',
  },
  'tells-of-no-contact': {
    kind: 'scenario',
    scenario: 'dial',
    invariant: 'events are of contacts',
  },
  'tells-another-reason': {
    kind: 'scenario',
    scenario: 'dial',
    invariant: 'events are complete',
  },
  'tells-early-times': { kind: 'scenario', scenario: 'dial', invariant: 'events are in step' },
  'loses-events': { kind: 'scenario', scenario: 'pause', invariant: 'events are complete' },
};
