/** Each invariant of the dial road is violated by what breaks it, and by nothing else; a right road is not blamed. */

import { auditRoad, type RoadSources } from '../../../load/road/audit-road.ts';
import { readEvents } from '../../../load/road/events.ts';
import { ROAD_INVARIANT_NAMES, type RoadInvariantName } from '../../../load/road/invariants.ts';
import { identifierOf } from '../../../operation/corpus/stamp.ts';
import {
  AHEAD,
  CAMPAIGN,
  CLOCK,
  CONTACTS,
  DIAL,
  EVENT_LINES,
  EXACT,
  EXPIRES,
  eventLine,
  eventsIn,
  LINES,
  PUT,
  RIGHT,
  SENT,
  STAMP,
  THERE,
  TOLD,
} from './recorded.ts';

const verdicts = (change: Partial<RoadSources>) =>
  new Map(
    auditRoad({ ...RIGHT, ...change }).invariants.map(({ name, verdict, evidence }) => [
      name as RoadInvariantName,
      { verdict, evidence },
    ]),
  );

const violated = (change: Partial<RoadSources>) =>
  [...verdicts(change)].filter(([, { verdict }]) => verdict === 'violated').map(([name]) => name);

const linesWith = (change: object, at = 1) =>
  LINES.map((line, i) => (i === at ? { ...line, ...change } : line)) as RoadSources['lines'];

const [ended, expired, failed] = TOLD as [
  (typeof TOLD)[number],
  (typeof TOLD)[number],
  (typeof TOLD)[number],
];
const late = { ...DIAL, at: THERE + EXPIRES + 600 };

it('a right road holds every invariant', () => {
  const { verdict, attempts, invariants } = auditRoad(RIGHT);
  expect({ verdict, attempts }).toEqual({ verdict: 'pass', attempts: 2 });
  expect(invariants.map(({ name, verdict: one }) => [name, one])).toEqual(
    ROAD_INVARIANT_NAMES.map((name) => [name, 'holds']),
  );
});

const eventsWith = (lines: readonly string[], set = EXACT) => ({
  events: { events: eventsIn(lines), set },
});

const without = (eventType: string) => EVENT_LINES.filter((line) => !line.includes(eventType));

it.each<[string, RoadInvariantName, Partial<RoadSources>]>([
  [
    'an item without an answer',
    'one result per dial request',
    { lines: linesWith({ letters: '...?' }) },
  ],
  [
    'an answer without items',
    'one result per dial request',
    { lines: [...LINES, { ...PUT, attempt: 3, letters: '-', ids: [] }] },
  ],
  [
    'another code',
    'dial requests are answered as predicted',
    { lines: linesWith({ letters: '...d' }) },
  ],
  [
    'another id for a clientToken',
    'one dial request per clientToken',
    { lines: linesWith({ ids: ['request-0', 'request-1', 'request-7'] }, 2) },
  ],
  [
    'one id for two clientTokens',
    'one dial request per clientToken',
    { lines: linesWith({ ids: ['request-0', 'request-0', 'request-2'] }) },
  ],
  [
    'two contacts',
    'one contact or one failure',
    { contacts: [...CONTACTS, { ...CONTACTS[0], contactId: 'contact-7' }] },
  ],
  [
    'a contact and a failure',
    'one contact or one failure',
    { told: [ended, { ...expired, failure: 'INVALID_QUEUE' }, failed] },
  ],
  ['a request that is nowhere', 'one contact or one failure', { told: [ended, expired] }],
  [
    'a contact that is told and not there',
    'one contact or one failure',
    {
      told: [ended, expired, { ...failed, failure: null, contactId: 'contact-7', state: 'ENDED' }],
    },
  ],
  [
    'a contact that nobody asked for',
    'contacts are asked for',
    { contacts: [...CONTACTS, { contactId: 'contact-7', requestIdentifier: 'request-7' }] },
  ],
  [
    'other attributes',
    'contacts are as asked',
    { contacts: CONTACTS.map((one) => ({ ...one, attributes: { order: '9' } })) },
  ],
  [
    'another number',
    'contacts are as asked',
    { contacts: CONTACTS.map((one) => ({ ...one, address: '+13125550109' })) },
  ],
  [
    'a dial of no contact',
    'only created contacts are dialled',
    { dials: [{ ...DIAL, contactId: 'contact-7' }] },
  ],
  [
    'a dial of the contact of another request',
    'only created contacts are dialled',
    { dials: [{ ...DIAL, contactId: 'contact-1' }] },
  ],
  ['a second dial', 'nobody is dialled twice', { dials: [DIAL, { ...DIAL, dialId: 'dial-7' }] }],
  [
    'a dial of a request under a second contact',
    'nobody is dialled twice',
    { dials: [DIAL, { ...DIAL, dialId: 'dial-7', contactId: 'contact-1' }] },
  ],
  ['a dial after expiry', 'nobody is dialled after expiry', { dials: [late] }],
  [
    'a dial while paused',
    'nobody is dialled while paused',
    { dials: [{ ...DIAL, at: THERE + 3_000 }] },
  ],
  [
    'a dial after a pause that never ends',
    'nobody is dialled while paused',
    { lines: LINES.slice(0, 4), dials: [{ ...DIAL, at: THERE + 30_000 }] },
  ],
  [
    'a dial after Stop',
    'nobody is dialled after Stop',
    { dials: [{ ...DIAL, at: THERE + 70_000 }] },
  ],
  [
    'an early expiry',
    'nobody expires early',
    { told: [ended, { ...expired, endedAt: new Date(THERE + 200_000).toISOString() }, failed] },
  ],
  [
    'an early expiry without a contact',
    'nobody expires early',
    { told: [ended, expired, { ...failed, failure: 'EXPIRED_BEFORE_CONTACT' }] },
  ],
  [
    'a request that waits for ever',
    'every dial request ends',
    {
      told: [
        ended,
        { ...expired, state: 'CREATED', endedAt: null, disconnectReason: null },
        failed,
      ],
    },
  ],
  ['a dial that never came', 'every dial is told', { dials: [] }],
  [
    'two calls at once, with a quota of one',
    'calls keep to the quota',
    {
      told: [ended, { ...expired, dialId: 'dial-1' }, failed],
      dials: [
        DIAL,
        { ...DIAL, dialId: 'dial-1', contactId: 'contact-1', dialRequestId: 'request-1' },
      ],
    },
  ],
  [
    'an event of no contact',
    'events are of contacts',
    eventsWith([...EVENT_LINES, eventLine('event-7', 'contact-7', 'QUEUED', THERE)]),
  ],
  [
    'two events with one id',
    'events are of contacts',
    eventsWith([...EVENT_LINES, eventLine('event-0', 'contact-0', 'INITIATED', THERE + 300)]),
  ],
  [
    'an event before its time',
    'events are in step',
    eventsWith(
      EVENT_LINES.map((line) =>
        line.includes('CONNECTED_TO_SYSTEM')
          ? eventLine('event-2', 'contact-0', 'CONNECTED_TO_SYSTEM', THERE)
          : line,
      ),
    ),
  ],
  ['events in another order', 'events are in step', eventsWith(EVENT_LINES.toReversed())],
  ['no event INITIATED', 'events are complete', eventsWith(without('INITIATED'))],
  [
    'two events DISCONNECTED',
    'events are complete',
    eventsWith([
      ...without('COMPLETED'),
      eventLine('event-7', 'contact-1', 'DISCONNECTED', THERE + EXPIRES, {
        disconnectReason: 'EXPIRED',
      }),
    ]),
  ],
  [
    'another reason',
    'events are complete',
    { told: [{ ...ended, disconnectReason: 'TELECOM_PROBLEM' }, expired, failed] },
  ],
])('%s: %s', (_, name, change) => {
  expect(violated(change)).toContain(name);
  const { evidence } = verdicts(change).get(name) ?? {};
  expect(evidence?.length).toBeGreaterThan(0);
});

it('what a sink was set to do is no violation', () => {
  const repeated = [...EVENT_LINES, ...EVENT_LINES];
  expect(violated(eventsWith(repeated))).toEqual([]);
  expect(violated(eventsWith(EVENT_LINES.toReversed(), { loss: 0, reorders: true }))).toEqual([]);
  const lost = without('INITIATED');
  expect(violated(eventsWith(lost, { loss: 1, reorders: false }))).toEqual([]);
});

it('of many events no more may be missing than were set to be lost', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `contact-of-many-${i}`);
  const told = ids.map((contactId, i) => ({
    dialRequestId: `many-${i}`,
    campaignId: CAMPAIGN,
    state: 'ENDED',
    contactId,
    disconnectReason: 'EXPIRED',
  }));
  const initiated = ids.map((id, i) => eventLine(`a-${i}`, id, 'INITIATED', THERE));
  const over = ids.map((id, i) =>
    eventLine(`z-${i}`, id, 'DISCONNECTED', THERE, { disconnectReason: 'EXPIRED' }),
  );
  const missing = (share: number) => {
    const lines = [...initiated, ...over.filter((_, i) => i % 10 >= share * 10)];
    const events = eventsWith(lines, { loss: 0.1, reorders: false });
    return verdicts({ ...events, told }).get('events are complete');
  };
  expect(missing(0.2)?.verdict).toBe('holds');
  expect(missing(0.5)?.evidence).toEqual([
    { kind: 'too many events missing', missing: 100, expected: 400, loss: 0.1 },
  ]);
});

it('events of the campaigns of others are not judged', () => {
  const other = eventLine('other', 'contact-of-others', 'INITIATED', THERE, {
    campaign: { campaignId: 'campaign-of-others' },
  });
  expect(violated(eventsWith([...EVENT_LINES, other]))).toEqual([]);
});

it('what is unknown is not blamed', () => {
  const unanswered = { ...PUT, status: 0, error: '1050', letters: '-', ids: [] };
  // The call was carried out, and its answer did not come.
  expect(violated({ lines: linesWith(unanswered).filter((_, i) => i !== 2) })).toEqual([]);
  // Without it, the contacts are of nobody.
  expect(violated({ lines: [CLOCK] })).toEqual(['contacts are asked for']);
  // A batch whose outcome is unknown is in no place, and is not lost.
  const waiting = { ...failed, state: 'SUBMITTING', failure: null, endedAt: null };
  expect(violated({ told: [ended, expired, waiting] })).toEqual([]);
  const throttled = { letters: 'b..a', ids: ['request-1', 'request-2'] };
  expect(violated({ lines: linesWith(throttled) })).toEqual([]);
  // The call that was carried out may be an earlier one, with an earlier expirationTime.
  const later = {
    ...PUT,
    attempt: 2,
    stampedMs: SENT + 100_000,
    startMs: SENT + 100_001,
    endMs: SENT + 100_009,
  };
  expect(violated({ lines: [CLOCK, { ...unanswered, letters: '-' }, later] })).toEqual([]);
  expect(violated({ lines: [CLOCK, later] })).toEqual(['nobody expires early']);
  // The clock may have been moved before or after the call.
  const moving = { ...CLOCK, startMs: SENT, endMs: SENT + 20, aheadMs: AHEAD + 200_000 };
  expect(violated({ lines: [CLOCK, moving, PUT], dials: [late] })).toEqual([]);
});

it('an invariant without its witnesses is not decidable', () => {
  const nothing = { records: null, contacts: null, before: null, dials: null, told: null };
  const found = verdicts({ ...nothing, events: null, calls: null });
  const decided = [...found].filter(([, { verdict }]) => verdict !== 'not decidable');
  expect(decided.map(([name]) => name)).toEqual([
    'one result per dial request',
    'one dial request per clientToken',
  ]);
  expect(found.get('nobody is dialled twice')?.evidence).toEqual([
    { kind: 'no witness', witness: 'dials' },
  ]);
  const fast = verdicts({ lines: [{ ...CLOCK, speed: 60 }, PUT], dials: [late] });
  expect(fast.get('nobody is dialled after expiry')).toEqual({
    verdict: 'not decidable',
    evidence: [{ kind: 'no witness', witness: 'clock' }],
  });
  expect(verdicts({ cut: true }).get('every dial request ends')?.verdict).toBe('not decidable');
});

it('tells the clientToken and the campaign of what it found', () => {
  expect(verdicts({ told: [ended, expired] }).get('one contact or one failure')?.evidence).toEqual([
    { kind: 'lost request', dialRequestId: 'request-2', clientToken: identifierOf(STAMP, 2) },
  ]);
  const stopped = verdicts({ dials: [{ ...DIAL, at: THERE + 70_000 }] });
  expect(stopped.get('nobody is dialled after Stop')?.evidence).toMatchObject([
    { kind: 'dialled while held', campaignId: CAMPAIGN, operation: 'StopCampaign', until: null },
  ]);
});

it.each([
  ['{', 'line 1 of events.ndjson is not JSON: {'],
  ['{"id":"a"}', 'line 1 of events.ndjson is not a contact event (docs/history.md): '],
  [eventLine('a', 'b', 'INITIATED', SENT).replace('2026', 'soon'), 'which is no moment'],
])('refuses %s', (line, message) => {
  expect(() => readEvents([line], 'events.ndjson')).toThrow(message);
});
