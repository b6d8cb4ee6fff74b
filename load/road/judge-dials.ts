/** Judges the dial records that a sink received: who was dialled, how often, and when. */

import type { DialTold } from '../drive/dial-sink.ts';
import type { RoadContact, Told } from '../drive/road-records.ts';
import type { Feeder } from './feeder.ts';
import type { RoadTallies } from './tallies.ts';

/** Each dial once: a record may come again. In the order of arrival. */
export function distinct(dials: readonly DialTold[]): readonly DialTold[] {
  const seen = new Set<string>();
  return dials.filter(({ dialId, contactId }) => {
    const key = `${dialId} ${contactId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** No contact and no dial request has two dials. */
export function judgeRepetition(dials: readonly DialTold[], tallies: RoadTallies): void {
  const ofContact = new Map<string, string>();
  const ofRequest = new Map<string, string>();
  for (const { dialId, contactId, dialRequestId } of dials) {
    const first = ofContact.get(contactId) ?? ofRequest.get(dialRequestId) ?? dialId;
    tallies.check('nobody is dialled twice', first === dialId, () => ({
      kind: 'second dial',
      contactId,
      first,
      second: dialId,
    }));
    if (!ofContact.has(contactId)) ofContact.set(contactId, dialId);
    if (!ofRequest.has(dialRequestId)) ofRequest.set(dialRequestId, dialId);
  }
}

/** Only contacts that BatchPutContact created are dialled, each for its own dial request. */
export function judgeContactIds(
  dials: readonly DialTold[],
  contacts: readonly RoadContact[],
  tallies: RoadTallies,
): void {
  const requestOf = new Map(
    contacts.map(({ contactId, requestIdentifier = '' }) => [contactId, requestIdentifier]),
  );
  for (const { dialId, contactId, dialRequestId } of dials) {
    const request = requestOf.get(contactId);
    tallies.check('only created contacts are dialled', request === dialRequestId, () =>
      request === undefined
        ? { kind: 'dial of no contact', contactId, dialId }
        : { kind: 'dial of another request', dialId, contactId, dialRequestId },
    );
  }
}

/** Nobody is dialled after expiry, while paused, or after Stop. */
export function judgeMoments(
  { accepted, moves, clock }: Feeder,
  dials: readonly DialTold[],
  tallies: RoadTallies,
): void {
  if (!clock.comparable) return;
  for (const { dialId, dialRequestId, at } of dials) {
    const expires = accepted.get(dialRequestId)?.expires;
    if (!expires) continue;
    tallies.check('nobody is dialled after expiry', at < expires.to, () => ({
      kind: 'dialled after expiry',
      dialRequestId,
      dialId,
      at,
      expiresAt: expires.to,
    }));
  }
  for (const held of heldTimes({ moves, clock })) {
    const { campaignId, operation, since, until } = held;
    const name =
      operation === 'PauseCampaign'
        ? 'nobody is dialled while paused'
        : 'nobody is dialled after Stop';
    for (const { dialId, campaignId: of, at } of dials) {
      if (of !== campaignId) continue;
      tallies.check(name, at <= since || (until !== null && at >= until), () => ({
        kind: 'dialled while held',
        dialId,
        campaignId,
        operation,
        at,
        since,
        until,
      }));
    }
  }
}

/** A time, by the clock of the endpoint, in which a campaign may not dial. */
interface Held {
  readonly campaignId: string;
  readonly operation: string;
  readonly since: number;
  /** Null for a campaign that never runs again. */
  readonly until: number | null;
}

const HOLDING = ['PauseCampaign', 'StopCampaign'];

function heldTimes({ moves, clock }: Pick<Feeder, 'moves' | 'clock'>): Held[] {
  return moves.flatMap((move, i): Held[] => {
    const { campaignId, operation, endMs, done } = move;
    if (!done || !HOLDING.includes(operation)) return [];
    const since = endMs + clock.mostAt(endMs);
    if (operation === 'StopCampaign') return [{ campaignId, operation, since, until: null }];
    // Any later move may end it, whether it was seen to be done or not.
    const next = moves.slice(i + 1).find((later) => later.campaignId === campaignId);
    const until = next ? next.startMs + clock.leastAt(next.startMs) : null;
    return [{ campaignId, operation, since, until }];
  });
}

/** Every dial that the endpoint names reached the sink. */
export function judgeDelivery(
  dials: readonly DialTold[],
  told: readonly Told[],
  tallies: RoadTallies,
): void {
  const seen = new Set(dials.map(({ dialId }) => dialId));
  for (const { dialRequestId, dialId } of told) {
    if (!dialId) continue;
    tallies.check('every dial is told', seen.has(dialId), () => ({
      kind: 'dial not given',
      dialRequestId,
      dialId,
    }));
  }
}

/**
 * There are never more calls at once than the quota allows. A call lasts from its dial to the end of its contact, as
 * the endpoint tells it. One whose end is not told is left out.
 */
export function judgeQuota(
  dials: readonly DialTold[],
  told: readonly Told[],
  quota: number,
  tallies: RoadTallies,
): void {
  const endOf = new Map(told.map(({ dialId, endedAt }) => [dialId, Date.parse(endedAt ?? '')]));
  const steps = dials.flatMap(({ dialId, at }) => {
    const end = endOf.get(dialId) ?? Number.NaN;
    return Number.isNaN(end)
      ? []
      : [
          { at, by: 1 },
          { at: end, by: -1 },
        ];
  });
  // A line that becomes free is taken at the same moment.
  steps.sort((a, b) => a.at - b.at || a.by - b.by);
  let calls = 0;
  for (const { at, by } of steps) {
    calls += by;
    if (by < 0) continue;
    const now = calls;
    tallies.check('calls keep to the quota', now <= quota, () => ({
      kind: 'too many calls',
      calls: now,
      quota,
      at,
    }));
  }
}
