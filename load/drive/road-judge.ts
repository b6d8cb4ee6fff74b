/**
 * Judges what became of dial requests over crashes, from records that the campaign engine did not write: the
 * feeder's own, the ledger of contacts, and the dials that a sink received.
 */

import type { RoadViolation } from '../../run/statements/road.ts';
import type { LedgerContact } from '../endpoint/ledger.ts';
import type { SeenDial } from './dial-sink.ts';

/** What the endpoint says of a dial request. Only failures and dials are taken from it. */
export interface ToldRequest {
  readonly dialRequestId: string;
  readonly state: string;
  readonly failure?: string | null;
  readonly dialId?: string | null;
}

export interface RoadRecords {
  /** Ids of dial requests that an answer acknowledged -> their clientToken. */
  readonly accepted: ReadonlyMap<string, string>;
  readonly contacts: readonly Pick<LedgerContact, 'contactId' | 'requestIdentifier'>[];
  readonly dials: readonly SeenDial[];
  readonly told: readonly ToldRequest[];
}

export function judgeRoad({ accepted, contacts, dials, told }: RoadRecords): RoadViolation[] {
  const violations: RoadViolation[] = [];
  const contactOf = new Map<string, string>();
  const ledger = new Set<string>();
  for (const { contactId, requestIdentifier = '' } of contacts) {
    ledger.add(contactId);
    if (!accepted.has(requestIdentifier)) violations.push({ kind: 'unasked contact', contactId });
    else if (contactOf.has(requestIdentifier)) {
      violations.push({ kind: 'two contacts', dialRequestId: requestIdentifier, contactId });
    } else contactOf.set(requestIdentifier, contactId);
  }

  const toldOf = new Map(told.map((one) => [one.dialRequestId, one]));
  for (const [dialRequestId, clientToken] of accepted) {
    const failure = toldOf.get(dialRequestId)?.failure ?? null;
    const contactId = contactOf.get(dialRequestId);
    if (contactId === undefined && failure === null) {
      violations.push({ kind: 'lost request', dialRequestId, clientToken });
    }
    if (contactId !== undefined && failure !== null) {
      violations.push({ kind: 'contact and failure', dialRequestId, contactId, failure });
    }
  }

  const dialOf = new Map<string, string>();
  const seen = new Set<string>();
  for (const { dialId, contactId } of dials) {
    seen.add(dialId);
    const first = dialOf.get(contactId);
    if (first === undefined) {
      dialOf.set(contactId, dialId);
      if (!ledger.has(contactId))
        violations.push({ kind: 'dial of no contact', contactId, dialId });
    } else if (first !== dialId) {
      violations.push({ kind: 'second dial', contactId, first, second: dialId });
    }
  }
  for (const { dialRequestId, dialId } of told) {
    if (dialId && !seen.has(dialId))
      violations.push({ kind: 'dial not given', dialRequestId, dialId });
  }
  return violations;
}
