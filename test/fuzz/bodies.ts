/** Calls to sign, from ordinary ones to JSON that nobody in his right mind sends. */

import fc from 'fast-check';
import { uriEncode } from '../../operation/aws/uri.ts';
import { FAILURE_CODES, FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { type Call, contact, OUTSIDER } from '../emulator/fixtures.ts';

/** A call, and the statuses that the tables have for it when it is signed. */
export interface DueCall {
  readonly call: Call & { readonly body: string };
  readonly statuses: readonly number[];
}

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\u0000', '\ud800', 'é'.normalize('NFD'), '\u{1F4DE}', 'x'.repeat(600)),
);

/** Names that a careless program takes for something else. */
const key = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'),
);

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 5 }),
  fc.constantFrom(null, true, 0, -1, 1e308, 2 ** 53, [], {}, [[[[]]]], 'text'),
);

const good = fc.nat(10_000).map((n) => contact(n));

/** A contact that earns one of the codes, by the table's own provocations. */
const failing = fc
  .tuple(fc.constantFrom(...FAILURE_CODES), fc.nat(10), fc.nat(10_000))
  .map(([code, variant, n]) => {
    const { provocations } = FAILURES[code];
    const provocation = provocations[variant % provocations.length];
    return provocation?.make(contact(n), contact(n + 1)) ?? contact(n);
  });

/** A good contact with one member replaced by anything, or with members that are not in the model. */
const bent = fc
  .tuple(
    good,
    fc.oneof(
      fc.constantFrom(
        'SystemEndpoint',
        'CustomerEndpoint',
        'RequestIdentifier',
        'QueueId',
        'Attributes',
        'Campaign',
        'OutboundStrategy',
      ),
      key,
    ),
    anything,
  )
  .map(([whole, name, value]) => own({ ...whole }, name, value));

const contactList = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.oneof(good, failing), { minLength: 1, maxLength: 25 }) },
  { weight: 3, arbitrary: fc.array(fc.oneof(good, bent), { minLength: 1, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.array(good, { minLength: 26, maxLength: 30 }) },
  { weight: 1, arbitrary: anything },
);

const token = fc.oneof(
  fc.uuid(),
  // Few, so that they come again with other payloads.
  fc.nat(20).map((n) => `again-${n}`),
  text,
  anything,
);

/** Bodies of BatchPutContact. */
const jsonBody: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(token, contactList)
      .map(([ClientToken, ContactDataRequestList]) =>
        JSON.stringify({ ClientToken, ContactDataRequestList }),
      ),
  },
  { weight: 1, arbitrary: anything.map((value) => JSON.stringify(value)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(token, good, good)
      .map(
        ([first, one, other]) =>
          `{"ClientToken":${JSON.stringify(first)},"ClientToken":"twice","ContactDataRequestList":[${JSON.stringify(one)}],"ContactDataRequestList":[${JSON.stringify(other)}]}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('[', '{"a":', '{"ContactDataRequestList":['), fc.nat(3_000))
      .map(([open, depth]) => open.repeat(depth)),
  },
);

const batchCall: fc.Arbitrary<DueCall> = jsonBody.map((body) => ({
  call: { body },
  statuses: [200, 400, 409, 413],
}));

const instance = fc.oneof(fc.constant(ORDINARY_INSTANCE.id), text);

/** Calls about a contact. None is there by that id, so all of them are refused. */
const contactCall: fc.Arbitrary<DueCall> = fc
  .record({
    get: fc.boolean(),
    path: fc.constantFrom('/contacts', '/contact/attributes', '/contact/stop'),
    instance,
    contact: fc.oneof(fc.uuid(), text),
    body: fc.oneof(
      fc.record({
        InstanceId: instance,
        ContactId: fc.uuid(),
        InitialContactId: fc.uuid(),
        Attributes: fc.oneof(fc.dictionary(key, text), anything),
        DisconnectReason: fc.oneof(fc.record({ Code: text }), anything),
      }),
      anything,
    ),
  })
  .map((drawn) => ({
    call: drawn.get
      ? {
          method: 'GET',
          target: `${drawn.path}/${segment(drawn.instance)}/${segment(drawn.contact)}`,
          body: '',
          key: OUTSIDER,
        }
      : { method: 'POST', target: drawn.path, body: JSON.stringify(drawn.body), key: OUTSIDER },
    statuses: [400, 404, 410],
  }));

/** A text as one segment of a path; what UTF-8 does not have was replaced. */
const segment = (value: string) => uriEncode(Buffer.from(value).toString());

export const dueCall: fc.Arbitrary<DueCall> = fc.oneof(
  { weight: 5, arbitrary: batchCall },
  { weight: 1, arbitrary: contactCall },
);

/** `__proto__` as JSON.parse makes it: a member like any other. */
function own(target: object, name: string, value: unknown): object {
  return Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
