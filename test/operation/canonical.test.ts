import fc from 'fast-check';
import { cleanTest } from '../../operation/aws/shape/clean-form.ts';
import {
  canonicalContact,
  canonicalPayload,
} from '../../operation/connect/batch-put-contact/canonical.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import { CONTACT_SHAPE } from '../../operation/connect/batch-put-contact/request-shape.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { goodContact } from './fixtures.ts';

/** Short texts over few letters, digits and the marks of the form, so that equal ones are frequent. */
const text = fc.string({ unit: fc.constantFrom('a', '1', ':', '-', '{', ';'), maxLength: 3 });
const endpoint = fc.record({ Type: text, Address: text }, { requiredKeys: [] });
const preview = fc.record({
  PostAcceptTimeoutConfig: fc.record({ DurationInSeconds: fc.integer({ min: -1, max: 11 }) }),
  AllowedUserActions: fc.array(text, { maxLength: 2 }),
});
const contact = fc.record(
  {
    SystemEndpoint: endpoint,
    CustomerEndpoint: endpoint,
    RequestIdentifier: text,
    QueueId: text,
    Attributes: fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', '1'), minLength: 1, maxLength: 2 }),
      text,
    ),
    OutboundStrategy: fc.record({
      Type: text,
      Config: fc.record({ AgentFirst: fc.record({ Preview: preview }, { requiredKeys: [] }) }),
    }),
  },
  { requiredKeys: [] },
);

/** Sorts the members of every object, so that equal values have equal JSON. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

it('gives two batches one text exactly when they are equal', () => {
  const batch = fc.array(contact, { maxLength: 3 }) as fc.Arbitrary<ContactDataRequest[]>;
  fc.assert(
    fc.property(batch, batch, (a, b) => {
      const equal = sorted(a) === sorted(b);
      expect(canonicalPayload('i', a) === canonicalPayload('i', b)).toBe(equal);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

it('does not let a member slip into its neighbour', () => {
  const pairs: [ContactDataRequest, ContactDataRequest][] = [
    [{ RequestIdentifier: 'a' }, { QueueId: 'a' }],
    [{ QueueId: '' }, {}],
    [{ Attributes: {} }, {}],
    [{ Attributes: { a: 'bc' } }, { Attributes: { ab: 'c' } }],
    [{ SystemEndpoint: { Type: 'a' } }, { SystemEndpoint: { Address: 'a' } }],
  ];
  for (const [a, b] of pairs) expect(canonicalContact(a)).not.toBe(canonicalContact(b));
  expect(canonicalPayload('i', [{}, {}])).not.toBe(canonicalPayload('i', [{}]));
});

describe('the clean form', () => {
  const isClean = cleanTest(CONTACT_SHAPE);

  /** What reading gives when it takes the long way: an unknown member forces the copy. */
  const copied = (value: object) => {
    const read = readBody({ ContactDataRequestList: [{ ...value, Unknown: 1 }] });
    return read.ok ? read.request.ContactDataRequestList[0] : null;
  };

  it('is what reading would give, whenever the test says so', () => {
    fc.assert(
      fc.property(contact, (value) => {
        const read = copied(value);
        if (isClean(value)) expect(sorted(read)).toBe(sorted(value));
        else expect(read === null || sorted(read) !== sorted(value)).toBe(true);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it.each([
    ['an unknown member', { Unknown: 1 }],
    ['a null member', { QueueId: null }],
    ['a null attribute', { Attributes: { a: null } }],
    ['an empty attribute key', { Attributes: { '': 'a' } }],
    ['a number for a text', { QueueId: 1 }],
    ['a list for a structure', { Campaign: [] }],
    ['a long identifier', { RequestIdentifier: 'x'.repeat(81) }],
    ['an empty campaign id', { Campaign: { CampaignId: '' } }],
    ['a strategy without Type', { OutboundStrategy: {} }],
    [
      'a half second',
      {
        OutboundStrategy: {
          Type: 'AGENT_FIRST',
          Config: {
            AgentFirst: {
              Preview: {
                PostAcceptTimeoutConfig: { DurationInSeconds: 0.5 },
                AllowedUserActions: [],
              },
            },
          },
        },
      },
    ],
  ])('is not %s', (_, change) => {
    expect(isClean(goodContact('a'))).toBe(true);
    expect(isClean({ ...goodContact('a'), ...change })).toBe(false);
  });

  it('is not a contact with a member of its own named __proto__', () => {
    expect(isClean(JSON.parse('{"__proto__":{}}'))).toBe(false);
  });
});
