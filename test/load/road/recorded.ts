/** A small dial road as it is recorded: what a right one leaves, to be changed by tests. */

import type { DialRecords, RecordedDial } from '../../../generators/dial-records.ts';
import type { DialTold } from '../../../load/drive/dial-sink.ts';
import type { ClockLine, MoveLine, PutLine, RoadLine } from '../../../load/lib/road-line.ts';
import type { RoadSources } from '../../../load/road/audit-road.ts';
import { type ContactEvent, readEvents } from '../../../load/road/events.ts';
import { identifierOf, stampOf } from '../../../operation/corpus/stamp.ts';

/** When the batch was sent, by the clock of the feeder. The endpoint's is a minute ahead. */
export const SENT = Date.parse('2026-03-01T12:00:00.000Z');
export const AHEAD = 60_000;
/** The same moment by the clock of the endpoint. */
export const THERE = SENT + AHEAD;
export const EXPIRES = 300_000;

export const STAMP = stampOf('recorded', 0);
export const CAMPAIGN = 'campaign-1';

const DIALS: readonly RecordedDial[] = [0, 1, 2].map((i) => ({
  phoneNumber: `+1312555010${i + 1}`,
  attributes: { order: String(i) },
  expiresIn: EXPIRES,
}));

/** One record with three good dial requests and one that is refused. */
const RECORDS: DialRecords = {
  lettersOf: (record) => (record === 0 ? '...a' : undefined),
  dialOf: (record, place) => (record === 0 ? DIALS[place] : undefined),
};

export const CLOCK: ClockLine = {
  kind: 'clock',
  startMs: SENT - 2_000,
  endMs: SENT - 1_990,
  aheadMs: AHEAD,
  speed: 1,
};

export const PUT: PutLine = {
  kind: 'put',
  stamp: STAMP,
  record: 0,
  campaignId: CAMPAIGN,
  attempt: 1,
  places: '-',
  stampedMs: SENT,
  startMs: SENT + 1,
  endMs: SENT + 9,
  durationMs: 8,
  status: 200,
  error: '-',
  letters: '...a',
  ids: ['request-0', 'request-1', 'request-2'],
};

export function move(operation: string, at: number): MoveLine {
  return { kind: 'move', campaignId: CAMPAIGN, operation, startMs: at, endMs: at + 5, done: true };
}

export const LINES: readonly RoadLine[] = [
  CLOCK,
  PUT,
  { ...PUT, attempt: 2 },
  move('PauseCampaign', SENT + 1_000),
  move('ResumeCampaign', SENT + 5_000),
  move('StopCampaign', SENT + 60_000),
];

export const CONTACTS = [0, 1].map((i) => ({
  contactId: `contact-${i}`,
  requestIdentifier: `request-${i}`,
  address: DIALS[i]?.phoneNumber ?? '',
  attributes: DIALS[i]?.attributes ?? {},
}));

export const DIAL: DialTold = {
  dialId: 'dial-0',
  contactId: 'contact-0',
  dialRequestId: 'request-0',
  campaignId: CAMPAIGN,
  phoneNumber: '+13125550101',
  at: THERE + 500,
};

const ended = (at: number) => new Date(at).toISOString();

export const TOLD = [
  {
    dialRequestId: 'request-0',
    campaignId: CAMPAIGN,
    clientToken: identifierOf(STAMP, 0),
    state: 'ENDED',
    contactId: 'contact-0',
    dialId: 'dial-0',
    failure: null,
    disconnectReason: 'TELECOM_BUSY',
    endedAt: ended(THERE + 9_000),
  },
  {
    dialRequestId: 'request-1',
    campaignId: CAMPAIGN,
    clientToken: identifierOf(STAMP, 1),
    state: 'ENDED',
    contactId: 'contact-1',
    dialId: null,
    failure: null,
    disconnectReason: 'EXPIRED',
    endedAt: ended(THERE + EXPIRES),
  },
  {
    dialRequestId: 'request-2',
    campaignId: CAMPAIGN,
    clientToken: identifierOf(STAMP, 2),
    state: 'FAILED',
    contactId: null,
    dialId: null,
    failure: 'INVALID_QUEUE',
    disconnectReason: null,
    endedAt: ended(THERE + 400),
  },
];

/** A line of a sink of contact events, in the envelope of EventBridge. */
export function eventLine(
  id: string,
  contactId: string,
  eventType: string,
  at: number,
  more: object = {},
): string {
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: '123456789012',
    time: new Date(at).toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: { eventType, contactId, channel: 'VOICE', ...more },
  });
}

export const EVENT_LINES: readonly string[] = [
  eventLine('event-0', 'contact-0', 'INITIATED', THERE + 200),
  eventLine('event-1', 'contact-1', 'INITIATED', THERE + 200),
  eventLine('event-2', 'contact-0', 'CONNECTED_TO_SYSTEM', THERE + 9_000),
  eventLine('event-3', 'contact-0', 'DISCONNECTED', THERE + 9_000, {
    disconnectReason: 'TELECOM_BUSY',
  }),
  eventLine('event-4', 'contact-0', 'COMPLETED', THERE + 9_000),
  eventLine('event-5', 'contact-1', 'DISCONNECTED', THERE + EXPIRES, {
    disconnectReason: 'EXPIRED',
  }),
  eventLine('event-6', 'contact-1', 'COMPLETED', THERE + EXPIRES),
];

export const eventsIn = (lines: readonly string[]): readonly ContactEvent[] =>
  readEvents(lines, 'a recording');

/** Nothing lost, nothing out of order. */
export const EXACT = { loss: 0, reorders: false };

export const RIGHT: RoadSources = {
  lines: LINES,
  records: RECORDS,
  contacts: [{ contactId: 'contact-9', requestIdentifier: 'request-9' }, ...CONTACTS],
  before: new Set(['contact-9']),
  dials: [DIAL, DIAL],
  told: TOLD,
  events: { events: eventsIn(EVENT_LINES), set: EXACT },
  calls: 1,
  cut: false,
};
