/** Contact events in the envelope of EventBridge: read from NDJSON, and judged by the ledger and by their own times. */

import { UserError } from '../../system/errors.ts';
import { filledText, object, oneOf, optional, orNull, structure, text } from '../../system/read.ts';
import type { RoadContact, Told } from '../drive/road-records.ts';
import type { RoadTallies } from './tallies.ts';

/** One event, as far as it is judged. */
export interface ContactEvent {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly eventType: string;
  readonly contactId: string;
  /** Null where the event names none. */
  readonly campaignId: string | null;
  readonly disconnectReason: string | null;
  /** The whole event as it came, to compare repetitions. */
  readonly text: string;
}

/** What was set to be done to events on their way to a sink. Anything else must not be done to them. */
export interface EventSettings {
  /** The share of the events that is lost, from 0 to 1. Where it is 1, any event may be missing. */
  readonly loss: number;
  /** Whether events may come in another order than that of their times. */
  readonly reorders: boolean;
}

const ENVELOPE = structure({
  id: filledText,
  source: oneOf('aws.connect'),
  'detail-type': oneOf('Amazon Connect Contact Event'),
  time: filledText,
});

const DETAIL = structure({
  eventType: filledText,
  contactId: filledText,
  campaign: optional(orNull(structure({ campaignId: filledText })), null),
  disconnectReason: optional(orNull(text), null),
});

/**
 * Reads events, one JSON object a line.
 *
 * @param from what the lines are called in a refusal.
 * @throws UserError for a line that is not a contact event.
 */
export function readEvents(lines: Iterable<string>, from: string): ContactEvent[] {
  const events: ContactEvent[] = [];
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line !== '') events.push(eventIn(line, `line ${number} of ${from}`));
  }
  return events;
}

function eventIn(line: string, where: string): ContactEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UserError(`${where} is not JSON: ${line.slice(0, 60)}`);
  }
  try {
    const { id, time } = ENVELOPE(value, '');
    const { campaign, ...detail } = DETAIL(object(value, '').detail, 'detail');
    const at = Date.parse(time);
    if (Number.isNaN(at)) throw new UserError(`time is "${time}", which is no moment`);
    return { id, time: at, ...detail, campaignId: campaign?.campaignId ?? null, text: line };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${where} is not a contact event (docs/history.md): ${error.message}`);
  }
}

/** The order of a contact's life. Events that are not in it, such as updates, can come at any time. */
const LIFE = [
  'INITIATED',
  'AMD_DISABLED',
  'CONNECTED_TO_SYSTEM',
  'QUEUED',
  'CONNECTED_TO_AGENT',
  'DISCONNECTED',
  'COMPLETED',
];

/** Events that a contact has once. */
const ONCE = ['INITIATED', 'DISCONNECTED'];

export function judgeEvents(
  events: readonly ContactEvent[],
  { loss, reorders }: EventSettings,
  contacts: readonly RoadContact[] | null,
  told: readonly Told[] | null,
  tallies: RoadTallies,
): void {
  const known = contacts && new Set(contacts.map(({ contactId }) => contactId));
  const byId = new Map<string, ContactEvent>();
  /** Contact -> its events in the order of their first arrival. */
  const ofContact = new Map<string, ContactEvent[]>();
  for (const event of events) {
    const { id, contactId } = event;
    const first = byId.get(id);
    if (first) {
      tallies.check('events are of contacts', first.text === event.text, () => ({
        kind: 'event id reused',
        event: id,
        contactId,
      }));
      continue;
    }
    byId.set(id, event);
    ofContact.set(contactId, [...(ofContact.get(contactId) ?? []), event]);
    if (!known) continue;
    tallies.check('events are of contacts', known.has(contactId), () => ({
      kind: 'event of no contact',
      event: id,
      contactId,
    }));
  }
  for (const own of ofContact.values()) judgeSteps(own, reorders, tallies);
  if (contacts && told) judgeCompleteness(ofContact, loss, told, tallies);
}

function judgeSteps(own: readonly ContactEvent[], reorders: boolean, tallies: RoadTallies): void {
  const steps = own.filter(({ eventType }) => LIFE.includes(eventType));
  const inOrder = reorders
    ? steps.toSorted((a, b) => LIFE.indexOf(a.eventType) - LIFE.indexOf(b.eventType))
    : steps;
  for (const [i, later] of inOrder.entries()) {
    const earlier = inOrder[i - 1];
    if (!earlier) continue;
    const isInStep =
      earlier.time <= later.time &&
      LIFE.indexOf(earlier.eventType) <= LIFE.indexOf(later.eventType);
    tallies.check('events are in step', isInStep, () => ({
      kind: 'events out of step',
      contactId: later.contactId,
      earlier: earlier.eventType,
      later: later.eventType,
    }));
  }
}

function judgeCompleteness(
  ofContact: ReadonlyMap<string, readonly ContactEvent[]>,
  loss: number,
  told: readonly Told[],
  tallies: RoadTallies,
): void {
  let expected = 0;
  let missing = 0;
  for (const { contactId, state, disconnectReason = null } of told) {
    if (!contactId || state !== 'ENDED') continue;
    const own = ofContact.get(contactId) ?? [];
    for (const eventType of ONCE) {
      const found = own.filter((event) => event.eventType === eventType);
      const [first] = found;
      expected += 1;
      if (first === undefined) missing += 1;
      if (first === undefined && loss > 0) continue;
      tallies.check('events are complete', found.length === 1, () => ({
        kind: first === undefined ? 'event missing' : 'event doubled',
        contactId,
        eventType,
      }));
      if (eventType !== 'DISCONNECTED' || first === undefined) continue;
      const { disconnectReason: event } = first;
      tallies.check('events are complete', event === disconnectReason, () => ({
        kind: 'event says otherwise',
        contactId,
        event,
        told: disconnectReason,
      }));
    }
  }
  if (loss === 0 || loss >= 1 || expected === 0) return;
  tallies.check('events are complete', missing <= mostLost(expected, loss), () => ({
    kind: 'too many events missing',
    missing,
    expected,
    loss,
  }));
}

/** A correct road loses more than that less than once in a million runs. */
const DEVIATIONS = 5;

/** The most of `events` that can be missing if each is lost by a draw of its own. */
function mostLost(events: number, loss: number): number {
  return events * loss + DEVIATIONS * (1 + Math.sqrt(events * loss * (1 - loss)));
}
