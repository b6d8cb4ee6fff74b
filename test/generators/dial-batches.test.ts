import { type DialRequest, PutDialRequestBatchCommand } from '@aws-sdk/client-connectcampaigns';
import { PutOutboundRequestBatchCommand } from '@aws-sdk/client-connectcampaignsv2';
import {
  hangsUp,
  isAllowed,
  isNeverDialled,
  OUTCOMES,
  outcomeOf,
} from '../../campaigns/course/outcomes.ts';
import { contactSource } from '../../generators/contact.ts';
import {
  type DialBatchOptions,
  dialBatchSource,
  type GeneratedDialBatch,
  type GeneratedOutboundBatch,
  outboundBatchSource,
  readOutcomes,
} from '../../generators/dial-batch.ts';
import { fictionNumber, isFictional } from '../../generators/fiction-numbers.ts';
import { DIAL_CODES, type DialMix, everyDialCode, readDialMix } from '../../generators/mix.ts';
import { readRequest } from '../../operation/aws/shape/read.ts';
import { ASKED_NUMBERS, isAskedNumber } from '../../operation/campaigns/asked-numbers.ts';
import { chooseCampaigns } from '../../operation/campaigns/choices.ts';
import {
  DIAL_FAILURES,
  type DialItem,
  decideDials,
  INJECTED_DIAL_NUMBERS,
  INJECTED_DIALS,
} from '../../operation/campaigns/failures.ts';
import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import type { PutOutboundRequestBatchRequest } from '../../operation/connect-campaigns-v2/model/types.ts';
import { dialItemOf } from '../../operation/connect-campaigns-v2/operations.ts';
import { Draw } from '../../system/draw.ts';

const NOW = new Date('2026-03-01T12:00:00.250Z');
const PLAIN: DialBatchOptions = { seed: 5, now: NOW, locales: ['en_US'] };

type Api = 'v1' | 'v2';
const APIS: readonly Api[] = ['v1', 'v2'];

/** Batches as the operation reads them from JSON, and what was predicted. */
function sending(api: Api, options: DialBatchOptions) {
  const source = api === 'v1' ? dialBatchSource(options) : outboundBatchSource(options);
  return (index: number) => read(api, source.batch(index));
}

const sent = (api: Api, options: DialBatchOptions, index: number) => sending(api, options)(index);

function read(api: Api, batch: GeneratedDialBatch | GeneratedOutboundBatch) {
  const { predicted, ...body } = batch;
  const json: unknown = JSON.parse(JSON.stringify(body));
  const shape = api === 'v1' ? V1.PutDialRequestBatch.input : V2.PutOutboundRequestBatch.input;
  const request = readRequest<Record<string, never>>(
    shape,
    { labels: { id: '6f1e2d3c-4b5a-4c69-8d7e-9f0a1b2c3d4e' }, query: '', json },
    true,
  );
  if (!request.ok) throw new Error(request.message);
  const items: DialItem[] =
    api === 'v1'
      ? (request.request.dialRequests as unknown as DialItem[])
      : (request.request as unknown as PutOutboundRequestBatchRequest).outboundRequests.map(
          dialItemOf,
        );
  return { items, predicted };
}

/** What the service does with a batch that arrives `later` milliseconds after it was made. */
function judged(api: Api, items: readonly DialItem[], later = 0, room = 1_000): string[] {
  const injected = INJECTED_DIALS;
  const now = NOW.getTime() + later;
  const context = { api, now, choices: chooseCampaigns(), room, injected };
  return decideDials(items, context, () => undefined).map((verdict) =>
    verdict.kind === 'failed' ? verdict.code : 'Accepted',
  );
}

describe.each(APIS)('batches of dial requests, %s', (api) => {
  const mixes: [string, DialMix][] = [
    ['none', {}],
    ['every code', everyDialCode(0.6)],
    ...DIAL_CODES.map((code): [string, DialMix] => [code, { [code]: 0.5 }]),
  ];

  it.each(mixes)('get from the service what they predict, with %s in the mix', (_, mix) => {
    const seen = new Set<string>();
    const batch = sending(api, { ...PLAIN, mix });
    for (let index = 0; index < 40; index += 1) {
      const { items, predicted } = batch(index);
      expect(judged(api, items)).toEqual(predicted);
      for (const verdict of predicted) seen.add(verdict);
    }
    expect([...seen].sort()).toEqual(['Accepted', ...Object.keys(mix)].sort());
  });

  it('get the same until the last good moment to send them, and no longer', () => {
    const { items, predicted } = sent(api, { ...PLAIN, mix: everyDialCode(0.5) }, 0);
    expect(judged(api, items, 270_000)).toEqual(predicted);
    expect(judged(api, items, 270_001)).not.toEqual(predicted);
  });

  it('use every provocation of every code in the mix', () => {
    const options = { ...PLAIN, mix: { InvalidInput: 1 } };
    const good = sent(api, { ...options, mix: {} }, 0).items;
    const bad = sent(api, options, 0).items;
    const ways = new Set(
      bad.map((item, i) =>
        DIAL_FAILURES.InvalidInput.provocations.findIndex(
          ({ make }) =>
            JSON.stringify(make(good[i] as DialItem, item)) === JSON.stringify({ ...item }),
        ),
      ),
    );
    expect([...ways].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('say what a campaign does that takes only some of them', () => {
    const { items, predicted } = sent(api, { ...PLAIN, room: 20 }, 0);
    expect(judged(api, items, 0, 20)).toEqual(predicted);
    const full = api === 'v1' ? 'RequestThrottled' : 'BufferLimitExceeded';
    expect(predicted.filter((one) => one === full)).toHaveLength(5);
  });

  it('follow the choices of the endpoint', () => {
    const mix = { InvalidInput: 1 };
    const { items, predicted } = sent(
      api,
      { ...PLAIN, mix, choices: { numberCheck: 'contact' } },
      0,
    );
    expect(predicted).toContain('Accepted');
    items.forEach(({ phoneNumber }, i) => {
      if (predicted[i] === 'Accepted') expect(phoneNumber).not.toMatch(/^\+\d{5,15}$/);
    });
  });

  it('hold the stated shares', () => {
    const mix = { InvalidInput: 0.2, UnknownError: 0.1 };
    const counts: Record<string, number> = {};
    const batch = sending(api, { ...PLAIN, mix });
    for (let index = 0; index < 200; index += 1) {
      for (const one of batch(index).predicted) {
        counts[one] = (counts[one] ?? 0) + 1;
      }
    }
    expect((counts.InvalidInput ?? 0) / 5_000).toBeCloseTo(0.2, 1);
    expect((counts.UnknownError ?? 0) / 5_000).toBeCloseTo(0.1, 1);
  });

  it('change no dial request when only the mix changes', () => {
    const good = sent(api, PLAIN, 3).items;
    const { items, predicted } = sent(api, { ...PLAIN, mix: { UnknownError: 0.5 } }, 3);
    predicted.forEach((one, i) => {
      if (one === 'Accepted') expect(items[i]).toEqual(good[i]);
    });
    expect(predicted).toContain('UnknownError');
  });

  it('are a function of the options and the index', () => {
    const make = (index: number, over: Partial<DialBatchOptions> = {}) =>
      sent(api, { ...PLAIN, ...over }, index);
    const forwards = [0, 1, 9].map((index) => make(index));
    expect([9, 1, 0].map((index) => make(index)).reverse()).toEqual(forwards);
    expect(make(0, { seed: 6 }).items[0]).not.toEqual(make(0).items[0]);
  });

  it('have other tokens when they are made for another moment, and the same people', () => {
    const [first] = sent(api, PLAIN, 0).items;
    const [later] = sent(api, { ...PLAIN, now: new Date(NOW.getTime() + 1) }, 0).items;
    expect(later?.clientToken).not.toBe(first?.clientToken);
    expect(later?.attributes).toEqual(first?.attributes);
    expect(later?.phoneNumber).toBe(first?.phoneNumber);
  });
});

describe('both versions', () => {
  it('and BatchPutContact have the same people, numbers and attributes', () => {
    const { seed, now } = PLAIN;
    const one = sent('v1', { seed, now }, 2).items;
    expect(sent('v2', { seed, now }, 2).items).toEqual(one);
    const contacts = contactSource(seed);
    one.forEach(({ phoneNumber, attributes }, slot) => {
      const { CustomerEndpoint, Attributes } = contacts.contact(50 + slot, 'x');
      expect({ phoneNumber, attributes: { ...attributes } }).toEqual({
        phoneNumber: CustomerEndpoint.Address,
        attributes: Attributes,
      });
    });
  });

  it('are taken by the commands of the AWS SDK as they are', () => {
    const id = 'c';
    const { dialRequests } = dialBatchSource(PLAIN).batch(0);
    const first: DialRequest | undefined = dialRequests[0];
    expect(first?.expirationTime).toEqual(new Date('2026-03-01T12:05:00.250Z'));
    expect(new PutDialRequestBatchCommand({ id, dialRequests }).input.dialRequests).toHaveLength(
      25,
    );
    const { outboundRequests } = outboundBatchSource(PLAIN).batch(0);
    const command = new PutOutboundRequestBatchCommand({ id, outboundRequests });
    expect(command.input.outboundRequests).toHaveLength(25);
  });

  it.each([
    [{ requestsPerBatch: 26 }, 'dial requests per batch must be 1 to 25, not 26'],
    [{ expiresInSeconds: 29 }, 'an expirationTime must be 30 to 900 seconds ahead, not 29'],
    [{ expiresInSeconds: 3_600 }, 'an expirationTime must be 30 to 900 seconds ahead, not 3600'],
    [{ now: new Date(Number.NaN) }, 'now must be a moment in the years 1970 to 9998'],
    [{ mix: { InvalidInput: 0.7, UnknownError: 0.7 } }, 'the shares add up to 1.400'],
    [{ mix: { Nonsense: 0.1 } as DialMix }, 'unknown failure code "Nonsense"'],
    [{ mix: { BufferLimitExceeded: 0.1 } as DialMix }, 'BufferLimitExceeded cannot have a share'],
    [{ mix: { InvalidInput: -1 } }, 'the share of InvalidInput must be from 0 to 1, not -1'],
    [{ outcomes: { EXPIRED: 2 } }, 'the share of EXPIRED must be from 0 to 1, not 2'],
  ] as [Partial<DialBatchOptions>, string][])('refuse %j', (over, sentence) => {
    for (const make of [dialBatchSource, outboundBatchSource]) {
      expect(() => make({ ...PLAIN, ...over })).toThrow(sentence);
    }
  });
});

describe('numbers that ask for an outcome', () => {
  it('are those that the dialler knows', () => {
    const names = OUTCOMES.map(({ detection, reason }) => detection ?? reason);
    const others = ['EXPIRED', 'CUSTOMER_DISCONNECT', 'OUTBOUND_DESTINATION_ENDPOINT_ERROR'];
    expect(Object.keys(ASKED_NUMBERS)).toEqual([...names, ...others]);
    OUTCOMES.forEach((row, i) => {
      const number = Object.values(ASKED_NUMBERS)[i] ?? '';
      for (const share of [0, 0.5, 0.99]) expect(outcomeOf(number, share)).toBe(row);
    });
    expect(Object.values(ASKED_NUMBERS).filter(isNeverDialled)).toEqual([ASKED_NUMBERS.EXPIRED]);
    expect(Object.values(ASKED_NUMBERS).filter(hangsUp)).toEqual([
      ASKED_NUMBERS.CUSTOMER_DISCONNECT,
    ]);
    expect(Object.values(ASKED_NUMBERS).filter((number) => !isAllowed(number))).toEqual([
      ASKED_NUMBERS.OUTBOUND_DESTINATION_ENDPOINT_ERROR,
    ]);
  });

  it('are reserved for fiction, as the injected numbers are', () => {
    const numbers = [...Object.values(ASKED_NUMBERS), ...Object.values(INJECTED_DIAL_NUMBERS)];
    expect(numbers.filter((number) => !isFictional(number))).toEqual([]);
  });

  it('and injected numbers are in no ordinary draw', () => {
    const injected: readonly string[] = Object.values(INJECTED_DIAL_NUMBERS);
    let of312 = 0;
    for (let i = 0; i < 50_000; i += 1) {
      const number = fictionNumber('US', new Draw(1, i));
      if (number.startsWith('+1312')) of312 += 1;
      if (isAskedNumber(number) || injected.includes(number)) throw new Error(number);
    }
    expect(of312).toBe(0);
  });

  it('are drawn where they are asked for, in their shares', () => {
    const outcomes = { HUMAN_ANSWERED: 0.5, EXPIRED: 0.1 };
    const counts: Record<string, number> = {};
    const batch = sending('v1', { ...PLAIN, outcomes });
    for (let index = 0; index < 100; index += 1) {
      const { items, predicted } = batch(index);
      expect(new Set(predicted)).toEqual(new Set(['Accepted']));
      for (const { phoneNumber } of items) {
        const name = isAskedNumber(phoneNumber) ? phoneNumber : 'ordinary';
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    expect(Object.keys(counts).sort()).toEqual(
      [ASKED_NUMBERS.HUMAN_ANSWERED, ASKED_NUMBERS.EXPIRED, 'ordinary'].sort(),
    );
    expect((counts[ASKED_NUMBERS.HUMAN_ANSWERED] ?? 0) / 2_500).toBeCloseTo(0.5, 1);
    expect((counts[ASKED_NUMBERS.EXPIRED] ?? 0) / 2_500).toBeCloseTo(0.1, 1);
  });

  it('are named as in contact events', () => {
    expect(readOutcomes('TELECOM_TIMEOUT=0.25,EXPIRED=0.1')).toEqual({
      TELECOM_TIMEOUT: 0.25,
      EXPIRED: 0.1,
    });
    expect(() => readOutcomes('human=0.3')).toThrow(
      'outcomes: unknown outcome "human"; the outcomes are HUMAN_ANSWERED,',
    );
  });
});

describe('the mix of dial requests', () => {
  it('reads codes, and all of them at once', () => {
    expect(readDialMix('none')).toEqual({});
    expect(readDialMix('UnknownError=0.05')).toEqual({ UnknownError: 0.05 });
    expect(Object.keys(readDialMix('every=0.3'))).toEqual(DIAL_CODES);
  });

  it.each([
    ['INVALID_QUEUE=0.1', 'unknown failure code "INVALID_QUEUE"'],
    ['UnknownError', 'write NAME=SHARE with a share from 0 to 1'],
    ['InvalidInput=0.1,BufferLimitExceeded=0.1', 'every dial request gets it while its campaign'],
  ])('%s is refused in one sentence', (text, sentence) => {
    expect(() => readDialMix(text)).toThrow(sentence);
  });
});
