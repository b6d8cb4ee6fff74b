/** Arbitrary batches: good ones, ones with every failure in them, and ones that break a bound. */

import * as fc from 'fast-check';
import { fullContact } from '../../contracts/agreement/batch-put-contact/ordinary-contacts.ts';
import { edgesOf } from '../../contracts/agreement/edges.ts';
import { changedAt, placesIn } from '../../contracts/agreement/places.ts';
import type { Verdict } from '../../operation/connect/batch-put-contact/decide.ts';
import { FAILURE_CODES, FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { BODY_SHAPE } from '../../operation/connect/batch-put-contact/request-shape.ts';
import type {
  BatchPutContactBody,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ALLOWED_USER_ACTIONS } from '../../operation/connect/enums.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { LIMITS } from '../../operation/connect/limits.ts';

/** An item, and what must become of it. */
export interface DueItem {
  readonly item: ContactDataRequest;
  readonly due: Verdict;
}

const attributes = fc.dictionary(
  fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  { maxKeys: 4 },
);

const openQueues = ORDINARY_INSTANCE.queues.filter(({ enabled }) => enabled).map(({ id }) => id);

/** Who is called from where: a queue, a number of the instance, or both. */
const origin = fc.oneof(
  fc.record({ QueueId: fc.constantFrom(...openQueues) }),
  fc.record({
    QueueId: fc.constantFrom(...openQueues),
    SystemEndpoint: fc.record({
      Type: fc.constant('TELEPHONE_NUMBER' as const),
      Address: fc.constantFrom(...ORDINARY_INSTANCE.numbers),
    }),
  }),
  fc.record({
    SystemEndpoint: fc.record({
      Type: fc.constant('TELEPHONE_NUMBER' as const),
      Address: fc.constantFrom(...ORDINARY_INSTANCE.numbers),
    }),
  }),
);

const strategy = fc.record({
  Type: fc.constant('AGENT_FIRST' as const),
  Config: fc.record({
    AgentFirst: fc.record({
      Preview: fc.record({
        PostAcceptTimeoutConfig: fc.record({ DurationInSeconds: fc.nat() }),
        AllowedUserActions: fc.subarray(
          ALLOWED_USER_ACTIONS.map(({ value }) => value),
          { minLength: 1 },
        ),
      }),
    }),
  }),
});

/** A good contact but for its identifier, which its place in the batch gives it. */
const good: fc.Arbitrary<ContactDataRequest> = fc
  .tuple(
    fc.record({
      CustomerEndpoint: fc.record({
        Type: fc.constant('TELEPHONE_NUMBER' as const),
        Address: fc.integer({ min: 100, max: 197 }).map((n) => `+12025550${n}`),
      }),
      Campaign: fc.record({
        CampaignId: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 100 }),
      }),
    }),
    origin,
    fc.record({ Attributes: attributes, OutboundStrategy: strategy }, { requiredKeys: [] }),
  )
  .map(([required, from, optional]) => ({ ...required, ...from, ...optional }));

const provocation = fc.constantFrom(
  ...FAILURE_CODES.flatMap((code) =>
    FAILURES[code].provocations.map((one) => ({ ...one, code, ...FAILURES[code] })),
  ),
);

/** One to 25 items in any mixture, each with what it must become. Every item has an identifier. */
export const dueBatch: fc.Arbitrary<readonly DueItem[]> = fc
  .array(fc.tuple(good, fc.option(provocation)), { minLength: 1, maxLength: LIMITS.contacts.max })
  .map((drawn) => {
    const batch: DueItem[] = [];
    for (const [contact, breaking] of drawn) {
      const item = { ...contact, RequestIdentifier: `item-${batch.length}` };
      const previous = batch.findLast(({ due }) => due === 'CREATED')?.item;
      // A code that takes a good item before it is not to be had without one.
      const how = breaking?.needsPrevious && !previous ? null : breaking;
      batch.push(
        how ? { item: how.make(item, previous ?? item), due: how.code } : { item, due: 'CREATED' },
      );
    }
    return batch;
  });

/** A body that is past one bound, or without one required member, and else good. */
export const invalidBody: fc.Arbitrary<BatchPutContactBody> = fc.constantFrom(
  ...placesIn(BODY_SHAPE).flatMap(({ shape, steps, required }) => {
    const lengths =
      'limit' in shape && shape.limit
        ? edgesOf(shape.limit).flatMap(({ inside, length }) => (inside ? [] : [length]))
        : [];
    const wrong: unknown[] = lengths.map((length) =>
      shape.kind === 'list' ? Array(length).fill(fullContact(1)) : 'x'.repeat(length),
    );
    if (required) wrong.push(undefined);
    const body: BatchPutContactBody = {
      ClientToken: 'invalid',
      ContactDataRequestList: [fullContact(1)],
    };
    return wrong.map((to) => changedAt(body, steps, to));
  }),
);
