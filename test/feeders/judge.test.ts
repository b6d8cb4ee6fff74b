/** The judge of feeders over recorded journals: each fault is told, and its right neighbour is not. */

import { judgeFeeder } from '../../feeders/judge.ts';
import type { FeederJournal } from '../../operation/campaigns/feeder-call.ts';
import type { FeederFindingKind } from '../../run/statements/feeder.ts';
import { type CallOver, item, journal, START } from './journal.ts';

const throttled = { code: 'RequestThrottled' };
const unknown = { code: 'UnknownError' };
const invalid = (reason: string) => ({ code: 'InvalidInput', reason });
const V2: CallOver = {
  operation: 'PutOutboundRequestBatch',
  path: '/v2/campaigns/{id}/outbound-requests',
  campaignVersion: 2,
  list: 'outboundRequests',
};
const LOST: CallOver = { status: 0, delivered: false };
const notTold = { dialRequestId: null };
const PAUSED: CallOver = {
  status: 409,
  error: 'InvalidCampaignStateException',
  campaignState: 'Paused',
};
const GONE: CallOver = {
  status: 404,
  error: 'ResourceNotFoundException',
  campaignVersion: null,
  campaignState: null,
};
const MALFORMED: CallOver = { status: 400, error: 'ValidationException' };
const later = START + 900_000;
const expired = { repeated: true, endedAs: 'EXPIRED', expirationTime: later };
const one = (n: number) => [item(`${n}`)];
const many = (n: number, after: number) =>
  journal(Array.from({ length: n }, (_, i) => [one(i), { after }] as const));
const sequence = (n: number, after: number, over: CallOver, resend = false) =>
  journal([
    ...Array.from(
      { length: n },
      (_, i) => [[item(`${resend ? 0 : i}`, throttled), item('same')], { after, ...over }] as const,
    ),
    [Array.from({ length: n }, (_, i) => item(`${i}`))],
  ]);

/** The same dial requests, again and again, until they are accepted. */
const pressing = (n: number, after: number, over: CallOver = {}) =>
  journal([
    ...Array.from(
      { length: n },
      () => [[item('a', throttled), item('b', throttled)], { after, ...over }] as const,
    ),
    [[item('a'), item('b')]],
  ]);

interface Pair {
  readonly told: FeederJournal;
  /** Journals of feeders that do right what the other one does wrong. */
  readonly right: readonly FeederJournal[];
}

const CASES: Readonly<Record<FeederFindingKind, Pair>> = {
  'expires too late': {
    told: journal([[[item('a', { expiresIn: 7200 }), item('b', { expiresIn: 901 })]]]),
    right: [
      journal([[[item('a', { expiresIn: 900 })]]]),
      // A version 2 endpoint without bounds took it.
      journal([[[item('a', { expiresIn: 7200 })], V2]]),
    ],
  },
  'expires too early': {
    told: journal([[[item('a', { expiresIn: -5 })]]]),
    right: [
      journal([[[item('a', { expiresIn: 30 })]]]),
      // A repeat after a lost answer comes when it comes.
      journal([[[item('a', notTold)], LOST], [[item('a', { expiresIn: -5, repeated: true })]]]),
    ],
  },
  'number not E.164': {
    told: journal([[[item('a', { isE164: false, ...invalid('not E.164') })]]]),
    right: [journal([[[item('a', { isE164: null })], V2]])],
  },
  'token too long': {
    told: journal([[[item('a', { tokenLength: 500, ...notTold })], { status: 400 }]]),
    right: [journal([[[item('a', { tokenLength: 200 })]]])],
  },
  'empty token': {
    told: journal([[[item('a', { token: null, tokenLength: 0 })]]]),
    right: [journal([[one(1)]])],
  },
  'too many items': {
    told: journal([[Array.from({ length: 26 }, (_, i) => item(`${i}`, notTold)), { status: 400 }]]),
    right: [journal([[Array.from({ length: 25 }, (_, i) => item(`${i}`))]])],
  },
  'wrong version': {
    told: journal([[one(1), { campaignVersion: 2, status: 404 }]]),
    right: [journal([[one(1), V2]]), journal([[one(1), GONE], [one(1)]])],
  },
  'no such operation': {
    told: journal([
      [[], { operation: null, path: '/v2/campaigns/{id}/dial-requests', status: 404 }],
    ]),
    right: [journal([[one(1), V2]])],
  },
  'list of the other version': {
    told: journal([[one(1), { list: 'outboundRequests', status: 400 }]]),
    right: [journal([[one(1), V2]]), journal([[[], { list: null, status: 400 }]])],
  },
  'throttled, not sent again': {
    told: journal([[[item('a', throttled), item('b')]], [one(3)]]),
    right: [
      journal([[[item('a', throttled)]], [[item('a')]]]),
      // The same number and attributes, with a new token: both are right.
      journal([[[item('a', throttled)]], [[item('a', { token: 'new' })]]]),
      // The same customer, with another attribute.
      journal([[[item('a', throttled)]], [[item('a', { token: 'new', content: 'x' })]]]),
      // The number alone: it cannot be told.
      journal([
        [[item('a', throttled)]],
        [[item('a', { token: 'new', content: 'x', attributes: ['x'] })]],
      ]),
      // There is still time.
      journal([[[item('a', throttled)]]], 59),
    ],
  },
  'unknown error, not sent again': {
    told: journal([[[item('a', unknown)]]]),
    right: [journal([[[item('a', unknown)]], [[item('a')]]])],
  },
  'failures ignored': {
    told: journal([[[item('a', throttled), item('b', unknown)]], [one(3)]]),
    right: [
      journal([[[item('a', throttled), item('b', unknown)]], [[item('a'), item('b')]]]),
      // What cannot be corrected need not come again.
      journal([[[item('a', invalid('x')), item('b', throttled)]], [[item('b')]]]),
    ],
  },
  'lost call, not repeated': {
    told: journal([[[item('a', notTold)], { status: 500 }]]),
    right: [
      journal([[[item('a', notTold)], LOST], [[item('a', { repeated: true })]]]),
      // Another channel, which the emulator does not have.
      journal([[[item('a', { ...notTold, isE164: null })], { ...V2, status: 501 }]]),
    ],
  },
  'refused call, not sent again': {
    told: journal([[[item('a', notTold), item('b', notTold)], MALFORMED], [one(3)]]),
    right: [
      // Corrected.
      journal([[[item('a', notTold)], MALFORMED], [[item('a', { content: 'x' })]]]),
      // The campaign takes nothing for now.
      journal([[[item('a', notTold)], PAUSED]]),
      // It is gone.
      journal([[one(1)], [[item('a', notTold)], GONE]]),
    ],
  },
  'other token after a lost call': {
    told: journal([[[item('a', notTold)], LOST], [[item('a', { token: 'new' })]]]),
    right: [
      journal([[[item('a', notTold)], LOST], [[item('a', { repeated: true })]]]),
      // It was not carried out.
      journal([[[item('a', notTold)], { status: 429 }], [[item('a', { token: 'new' })]]]),
      // Without attributes these may be two customers.
      journal([
        [[item('a', { ...notTold, attributes: [] })], LOST],
        [[item('a', { token: 'new', attributes: [] })]],
      ]),
    ],
  },
  'sent on while throttled': {
    told: sequence(5, 0.01, {}),
    right: [
      // It waits.
      sequence(6, 0.2, {}),
      // Nothing new: it tries again.
      sequence(6, 0.01, {}, true),
      // Four may be those of several senders, each of which waits.
      sequence(4, 0.01, {}),
      // Those of several senders are under way at once.
      sequence(6, 0.01, { began: 1 }),
    ],
  },
  'sent again without a wait': {
    told: pressing(50, 0.15),
    right: [
      pressing(49, 0.15),
      // It waits.
      pressing(60, 0.21),
      // Those of several senders are under way at once.
      pressing(60, 0.15, { began: 1 }),
    ],
  },
  'sent on while not Running': {
    told: journal([
      ...[1, 2, 3, 4, 5].map((n) => [one(n), { ...PAUSED, after: 0.01 }] as const),
      [[1, 2, 3, 4, 5].map((n) => item(`${n}`))],
    ]),
    right: [
      journal([
        ...[1, 2, 3, 4, 5, 6].map((n) => [one(n), { ...PAUSED, after: 1 }] as const),
        [[1, 2, 3, 4, 5, 6].map((n) => item(`${n}`))],
      ]),
    ],
  },
  'invalid input sent again': {
    told: journal([[[item('a', invalid('x'))]], [[item('a', invalid('x'))]]]),
    right: [
      // Corrected.
      journal([[[item('a', invalid('x'))]], [[item('a')]]]),
      journal([[[item('a', invalid('x'))]], [[item('a', { ...invalid('x'), content: 'y' })]]]),
      // The SDK repeats a call of which it could not use the answer.
      journal([
        [[item('a', invalid('x'))], { invocation: 'same' }],
        [[item('a', invalid('x'))], { invocation: 'same' }],
      ]),
      // The caller was told nothing.
      journal([[[item('a', invalid('x'))], { delivered: false }], [[item('a', invalid('x'))]]]),
    ],
  },
  'token reused after expiry': {
    told: journal([[one(1)], [[item('1', expired)], { after: 600 }]]),
    right: [
      journal([[one(1)], [[item('1', { token: 'new', expirationTime: later })], { after: 600 }]]),
      // Nobody told the caller that it had been accepted.
      journal([
        [one(1), { delivered: false }],
        [[item('1', expired)], { after: 600 }],
      ]),
      // The same call again: nothing is dialled anew.
      journal([[one(1)], [[item('1', { ...expired, expirationTime: START + 300_000 })]]]),
      // It had not ended, so that a repeat asks for nothing.
      journal([[one(1)], [[item('1', { ...expired, endedAs: null })]]]),
    ],
  },
  'token reused with other content': {
    told: journal([[one(1)], [[item('1', { repeated: true, otherContent: true })]]]),
    right: [journal([[one(1)], [[item('1', { repeated: true })]]])],
  },
  'batches of one': {
    told: many(10, 0.1),
    right: [
      many(9, 0.1),
      many(20, 1),
      journal([
        ...many(12, 0.1).calls.map((c) => [c.items, { after: 0.1 }] as const),
        [[item('x'), item('y')], { after: 0.1 }],
      ]),
    ],
  },
};

const kinds = (recorded: FeederJournal) => judgeFeeder(recorded).findings.map(({ kind }) => kind);

describe.each(Object.entries(CASES))('%s', (kind, { told, right }) => {
  it('is told, and nothing else', () => expect(kinds(told)).toEqual([kind]));

  it.each(right.map((recorded, i) => [i + 1, recorded] as const))(
    'is not told of right neighbour %i',
    (_, recorded) => expect(kinds(recorded)).toEqual([]),
  );
});

const judged = (...given: Parameters<typeof journal>) => judgeFeeder(journal(...given));

it('counts the cases of a campaign, and names the first', () => {
  const { findings } = judged([
    [one(1)],
    [[item('b', { expiresIn: 1000 }), item('c', { expiresIn: 4000 })]],
    [[item('d', { expiresIn: 2000 })], { campaignId: 'autumn' }],
  ]);
  expect(findings).toMatchObject([
    { count: 2, seconds: 4000, first: { call: 2, campaignId: 'spring', clientToken: 't-b' } },
    { count: 1, seconds: 2000, first: { call: 3, campaignId: 'autumn', clientToken: 't-d' } },
  ]);
});

it('is certain of what one call shows, and of a bound that AWS publishes', () => {
  const late = { expiresIn: 1000, ...invalid('late') };
  expect(judged([[[item('a', late)]]]).findings).toMatchObject([{ sure: 'certain' }]);
  expect(judged([[[item('a', late)], V2]]).findings).toMatchObject([{ sure: 'likely' }]);
});

it('is surer when a token that was refused comes again and again', () => {
  const again = [[item('a', invalid('x'))]] as const;
  expect(judged([again, again]).findings).toMatchObject([{ sure: 'likely', count: 1 }]);
  expect(judged([again, again, again]).findings).toMatchObject([{ sure: 'certain', count: 2 }]);
});

it('recognizes what comes again under another token, and is not certain of it', () => {
  const refused = (token: string, attributes = ['a']) =>
    [[item('a', { token, attributes, ...invalid('x') })]] as const;
  expect(judged(['1', '2', '3'].map((token) => refused(token))).findings).toMatchObject([
    { kind: 'invalid input sent again', sure: 'likely', count: 2 },
  ]);
  expect(judged(['1', '2'].map((token) => refused(token, []))).findings).toEqual([]);
});

it('tells customers of one number apart by what only they have', () => {
  const number = 'fiction';
  const shared = (name: string, over = {}) => item(name, { number, ...over });
  const list = [one(1), [shared('a', throttled), shared('b')], [shared('c')]] as const;
  const told = { findings: [{ kind: 'throttled, not sent again', count: 1 }], doubts: [] };
  expect(judged(list.map((items) => [[...items, item('z')]] as const))).toMatchObject(told);
  // Without attributes of their own, the one that came later may be the same one.
  const alike = list.map((items) => items.map((one) => ({ ...one, attributes: ['spring'] })));
  expect(judged(alike.map((items) => [items] as const))).toMatchObject({
    findings: [],
    doubts: [{ kind: 'cannot be followed', count: 1 }],
  });
});

it('does not decide while there is time, unless the feeder has finished', () => {
  const recorded = journal([[[item('a', throttled)]]], 3);
  expect(judgeFeeder(recorded)).toMatchObject({
    verdict: 'undecided',
    doubts: [{ kind: 'still time', count: 1, seconds: 3, settle: 60 }],
  });
  expect(judgeFeeder(recorded, { finished: true }).verdict).toBe('fail');
  expect(judgeFeeder(recorded, { settleSeconds: 2 }).verdict).toBe('fail');
});

it('does not lose patience sooner where the virtual clock runs faster', () => {
  const recorded = journal([[[item('a', throttled)]], [one(2), { after: 3_600 }]], 3);
  const calls = recorded.calls.map((call) => ({ ...call, answeredAtWall: recorded.endedAt - 5 }));
  expect(judgeFeeder({ ...recorded, calls }).verdict).toBe('undecided');
});

it('does not say of a call that is missing that it was not made', () => {
  const recorded = journal([[[item('a', throttled)]], [one(2)], [one(3)]]);
  const cut = { ...recorded, calls: recorded.calls.filter(({ number }) => number !== 2) };
  expect(judgeFeeder(cut)).toMatchObject({
    verdict: 'pass',
    doubts: [
      { kind: 'cannot be followed', count: 1 },
      { kind: 'calls missing', count: 1 },
    ],
  });
});

it('says what did not happen', () => {
  const recorded = journal([[[item('a', throttled)]], [[item('a')]]]);
  expect(judgeFeeder(recorded).notExercised).toEqual([
    'unknown error',
    'invalid input',
    'lost call',
    'not Running',
    'expired',
  ]);
  expect(judgeFeeder(journal([])).verdict).toBe('not exercised');
});

it('does not pass a feeder of which nothing was accepted', () => {
  const refused = journal([[[item('a', notTold)], PAUSED]]);
  expect(judgeFeeder(refused)).toMatchObject({
    verdict: 'not exercised',
    findings: [],
    notExercised: expect.arrayContaining(['accepted']),
  });
});

it('advice does not fail', () => {
  expect(judgeFeeder(many(10, 0.1))).toMatchObject({ verdict: 'pass', findings: [{ count: 10 }] });
});
