/** Judges what became of dial requests by the ledger of contacts and by what the endpoint tells of failures. */

import { dialled } from '../../operation/campaigns/phone-number.ts';
import type { RoadContact, Told } from '../drive/road-records.ts';
import type { Feeder } from './feeder.ts';
import type { RoadTallies } from './tallies.ts';

/** Every accepted dial request is in one contact or one stated failure. */
export function judgePlaces(
  { accepted }: Feeder,
  contacts: readonly RoadContact[],
  told: readonly Told[],
  tallies: RoadTallies,
): void {
  const NAME = 'one contact or one failure';
  const contactsOf = new Map<string, string[]>();
  const known = new Set<string>();
  for (const { contactId, requestIdentifier = '' } of contacts) {
    known.add(contactId);
    contactsOf.set(requestIdentifier, [...(contactsOf.get(requestIdentifier) ?? []), contactId]);
  }
  const toldOf = new Map(told.map((one) => [one.dialRequestId, one]));
  for (const [dialRequestId, { clientToken }] of accepted) {
    const [contactId, second] = contactsOf.get(dialRequestId) ?? [];
    const { failure = null, contactId: named = null } = toldOf.get(dialRequestId) ?? {};
    if (second !== undefined) {
      tallies.check(NAME, false, () => ({
        kind: 'two contacts',
        dialRequestId,
        contactId: second,
      }));
    } else if (contactId !== undefined && failure !== null) {
      tallies.check(NAME, false, () => ({
        kind: 'contact and failure',
        dialRequestId,
        contactId,
        failure,
      }));
    } else {
      const isLost =
        contactId === undefined &&
        (!toldOf.has(dialRequestId) || (named !== null && !known.has(named)));
      tallies.check(NAME, !isLost, () => ({ kind: 'lost request', dialRequestId, clientToken }));
    }
  }
}

/** No contact is of a dial request that nobody asked for. */
export function judgeAsked(
  { accepted, unknown }: Feeder,
  gained: readonly RoadContact[],
  told: readonly Told[] | null,
  tallies: RoadTallies,
): void {
  const tokenOf = new Map(
    (told ?? []).map(({ dialRequestId, clientToken = '' }) => [dialRequestId, clientToken]),
  );
  // What a call without an answer asked for is not in the history by its id.
  let excused = unknown.size;
  for (const { contactId, requestIdentifier = '' } of gained) {
    let isAsked = accepted.has(requestIdentifier);
    if (!isAsked && excused > 0) {
      const token = tokenOf.get(requestIdentifier);
      isAsked = token === undefined ? told === null : unknown.has(token);
      if (isAsked) excused -= 1;
    }
    tallies.check('contacts are asked for', isAsked, () => ({
      kind: 'unasked contact',
      contactId,
    }));
  }
}

/** A contact is as its dial request asked. */
export function judgeContents(
  { accepted }: Feeder,
  contacts: readonly RoadContact[],
  tallies: RoadTallies,
): void {
  for (const { contactId, requestIdentifier = '', address, attributes } of contacts) {
    const dial = accepted.get(requestIdentifier)?.dial;
    if (!dial || address === undefined || attributes === undefined) continue;
    const sameNumber = address === dialled(dial.phoneNumber);
    tallies.check(
      'contacts are as asked',
      sameNumber && areEqual(attributes, dial.attributes),
      () => ({
        kind: 'contact differs',
        dialRequestId: requestIdentifier,
        contactId,
        member: sameNumber ? 'attributes' : 'phone number',
      }),
    );
  }
}

function areEqual(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

const WAITING = ['ACCEPTED', 'CREATED', 'PREVIEW', 'DIALING'];

/** Nobody expires early, and everybody comes to an end. A batch whose outcome is unknown is no violation. */
export function judgeEnds(
  { accepted, clock }: Feeder,
  told: readonly Told[],
  complete: boolean,
  tallies: RoadTallies,
): void {
  for (const { dialRequestId, state, failure, disconnectReason, endedAt } of told) {
    const request = accepted.get(dialRequestId);
    if (!request) continue;
    if (complete) {
      tallies.check('every dial request ends', !WAITING.includes(state), () => ({
        kind: 'not at its end',
        dialRequestId,
        state,
      }));
    }
    const { expires } = request;
    const at = Date.parse(endedAt ?? '');
    if (expires === null || !clock.comparable || Number.isNaN(at)) continue;
    const isExpired = failure === 'EXPIRED_BEFORE_CONTACT' || disconnectReason === 'EXPIRED';
    tallies.check('nobody expires early', !isExpired || at >= expires.from, () => ({
      kind: 'expired early',
      dialRequestId,
      at,
      expiresAt: expires.from,
    }));
  }
}
