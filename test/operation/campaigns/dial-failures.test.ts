import { chooseCampaigns } from '../../../operation/campaigns/choices.ts';
import {
  DIAL_FAILURES,
  type DialContext,
  type DialItem,
  decideDials,
  INJECTED_DIALS,
  type KnownDial,
} from '../../../operation/campaigns/failures.ts';
import { readExtract } from '../extracts.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function item(over: Partial<DialItem> = {}): DialItem {
  return {
    clientToken: 'token-1',
    phoneNumber: '+13125550142',
    attributes: { name: 'Ada' },
    expirationTime: new Date(NOW + 300_000).toISOString(),
    ...over,
  };
}

const expiring = (milliseconds: number) =>
  item({ expirationTime: new Date(NOW + milliseconds).toISOString() });

function context(over: Partial<DialContext> = {}): Omit<DialContext, 'earlier'> {
  return {
    api: 'v1',
    now: NOW,
    choices: chooseCampaigns(),
    room: 1_000,
    injected: INJECTED_DIALS,
    ...over,
  };
}

const judge = (
  items: readonly DialItem[],
  over: Partial<DialContext> = {},
  known: Readonly<Record<string, KnownDial>> = {},
) => decideDials(items, context(over), (token) => known[token]);

const accepted = { kind: 'accepted' };
const invalid = (why: string) => ({ kind: 'failed', code: 'InvalidInput', why });

describe('the table of failure codes of dial requests', () => {
  it.each([
    ['v1', 'connect-campaigns'],
    ['v2', 'connect-campaigns-v2'],
  ] as const)('has the published codes of %s', (api, extract) => {
    const ours = Object.entries(DIAL_FAILURES)
      .filter(([, { onlyV2 }]) => api === 'v2' || !onlyV2)
      .map(([code]) => code);
    expect(ours.sort()).toEqual([...(readExtract(extract).shapes.FailureCode?.enum ?? [])].sort());
  });

  const provocations = Object.entries(DIAL_FAILURES).flatMap(([code, { provocations }]) =>
    provocations.map(({ how, make }) => ({ code, how, make })),
  );

  it.each(provocations)('$code is provoked by: $how', ({ code, make }) => {
    const made = make(item(), item({ clientToken: 'before' }));
    const full = code === 'BufferLimitExceeded';
    const over = full ? { api: 'v2' as const, room: 0 } : {};
    expect(judge([made], over)[0]).toMatchObject({ kind: 'failed', code });
  });
});

describe('a dial request is judged', () => {
  it.each([
    [29_999, invalid('expirationTime is less than 30 seconds ahead')],
    [30_000, accepted],
    [900_000, accepted],
    [900_001, invalid('expirationTime is more than 15 minutes ahead')],
    [-1, invalid('expirationTime is past')],
  ])('by its expirationTime: %d ms ahead', (milliseconds, verdict) => {
    expect(judge([expiring(milliseconds)])).toEqual([verdict]);
  });

  it('without bounds of its expirationTime, by a choice for version 2 only', () => {
    const choices = chooseCampaigns({ v2Expiry: 'unbounded' });
    expect(judge([expiring(7_200_000)], { api: 'v2', choices })).toEqual([accepted]);
    expect(judge([expiring(7_200_000)], { api: 'v1', choices })).not.toEqual([accepted]);
    expect(judge([expiring(-1)], { api: 'v2', choices })).toEqual([
      invalid('expirationTime is past'),
    ]);
  });

  it.each(['2065550100', '12065550100', '+', '++12065550100', '', '+02065550100'])(
    'by its phone number: "%s"',
    (phoneNumber) => {
      const why = 'the phone number is not in E.164 form';
      expect(judge([item({ phoneNumber })])).toEqual([invalid(why)]);
      const choices = chooseCampaigns({ numberCheck: 'contact' });
      expect(judge([item({ phoneNumber })], { choices })).toEqual([accepted]);
    },
  );

  it('with the hyphens of its phone number left out', () => {
    expect(judge([item({ phoneNumber: '+1-312-555-0142' })])).toEqual([accepted]);
  });

  it('by its attributes, by a choice only', () => {
    const attributes = { a: 'x'.repeat(32_767), b: 'y' };
    expect(judge([item({ attributes })])).toEqual([accepted]);
    const choices = chooseCampaigns({ attributeCheck: 'ingest' });
    expect(judge([item({ attributes })], { choices })).toEqual([
      invalid('the attributes have more than 32,768 bytes'),
    ]);
  });

  it('by the room that is left: version 1 throttles, version 2 says that its buffer is full', () => {
    const items = ['a', 'b', 'c'].map((clientToken) => item({ clientToken }));
    const codes = (api: 'v1' | 'v2') =>
      judge(items, { api, room: 2 }).map((one) => ('code' in one ? one.code : one.kind));
    expect(codes('v1')).toEqual(['accepted', 'accepted', 'RequestThrottled']);
    expect(codes('v2')).toEqual(['accepted', 'accepted', 'BufferLimitExceeded']);
  });
});

describe('a clientToken', () => {
  const known = { 'token-1': { ...item(), id: 'dial-1' } };

  it('that is known is answered before every rule', () => {
    const late = { ...expiring(-60_000), phoneNumber: '+13125550142' };
    expect(judge([late], { room: 0 }, known)).toEqual([
      { kind: 'known', id: 'dial-1', sameContent: true },
    ]);
  });

  it('that is known, with other content, gets the first id', () => {
    expect(judge([item({ attributes: {} })], {}, known)).toEqual([
      { kind: 'known', id: 'dial-1', sameContent: false },
    ]);
  });

  it('that stands twice in a call means one dial request, or fails the second', () => {
    expect(judge([item(), item()])).toEqual([accepted, { kind: 'repeat', of: 0 }]);
    expect(judge([item(), item({ attributes: {} })])).toEqual([
      accepted,
      invalid('the clientToken is that of another item of this call'),
    ]);
  });

  it('of a refused item is not used up', () => {
    expect(judge([expiring(1), item()])).toEqual([
      invalid('expirationTime is less than 30 seconds ahead'),
      accepted,
    ]);
  });

  it('that is empty is no token', () => {
    const none = item({ clientToken: '' });
    expect(judge([none, none, { ...none, attributes: {} }])).toEqual([
      accepted,
      accepted,
      accepted,
    ]);
  });
});
