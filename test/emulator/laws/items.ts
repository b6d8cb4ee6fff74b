/** Laws of single items: which are created, and which code the others get. */

import type { FailureReasonCode } from '../../../operation/connect/batch-put-contact/failures.ts';
import type {
  ContactDataRequest,
  Endpoint,
} from '../../../operation/connect/batch-put-contact/shapes.ts';
import { INJECTED_NUMBERS, ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { contact } from '../fixtures.ts';
import { type Case, type Client, type Law, otherwise } from './law.ts';
import { OTHER_INSTANCE } from './world.ts';

const CREATED = '1 created';
const failed = (code: FailureReasonCode) => `0 created, ${code}`;

/** One item that differs from a good one, and what it must become. */
const one = (what: string, change: Partial<ContactDataRequest>, due: string): Case => ({
  what,
  items: [contact(1, change)],
  due,
});

const asLaw = (
  says: string,
  mark: Law['mark'],
  cases: (client: Client) => readonly Case[],
): Law => ({
  says,
  mark,
  breaches: (client) => otherwise(client, cases(client)),
});

/** The first is fictional; the others are of lengths that no real number of their country has. */
const NUMBERS = ['+12025550123', '+12', '+120255501230000'];
const NO_NUMBERS = [
  ['a leading zero', '+0123456789'],
  ['nothing but a zero', '+0'],
  ['one digit', '+1'],
  ['sixteen digits', '+1202555012300000'],
  ['no digit', '+'],
  ['two plus signs', '++12025550123'],
  ['a space before', ' +12025550123'],
  ['a space behind', '+12025550123 '],
  ['a newline behind', '+12025550123\n'],
  ['a second line', '+12025550123\n+12025550124'],
  ['spaces', '+1 202 555 0123'],
  ['dashes', '+1-202-555-0123'],
  ['a scheme', 'tel:+12025550123'],
  ['Arabic digits', '+1٢٠٢٥٥٥٠١٢٣'],
  ['full-width digits', '+1２０２５５５０１２３'],
] as const;

const dialling = (Address: string) => ({ CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address } });

const customerNumbers = asLaw(
  'a customer number is E.164, and nothing but that',
  'inferred',
  () => [
    ...NUMBERS.map((number) => one(number, dialling(number), CREATED)),
    ...NO_NUMBERS.map(([what, text]) =>
      one(what, dialling(text), failed('INVALID_CUSTOMER_ENDPOINT')),
    ),
  ],
);

const calling = (Type: string, Address: string) => ({ SystemEndpoint: { Type, Address } });

const systemEndpoints = asLaw(
  'a system endpoint is a number of this instance, or the ARN of one of this account and Region',
  'inferred',
  ({ account, region }) => {
    const arn = (of: string, at: string, partition = 'aws', service = 'connect') =>
      `arn:${partition}:${service}:${at}:${of}:phone-number/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d`;
    const refused = failed('INVALID_SYSTEM_ENDPOINT');
    const byArn = (what: string, text: string, due: string) =>
      one(what, calling('CONNECT_PHONENUMBER_ARN', text), due);
    const [own] = ORDINARY_INSTANCE.numbers;
    return [
      byArn('the ARN of this account and Region', arn(account, region), CREATED),
      byArn('the ARN of another account', arn('999999999999', region), refused),
      byArn('the ARN of another Region', arn(account, 'ap-south-1'), refused),
      byArn('the ARN of a partition that is none', arn(account, region, 'azure'), refused),
      byArn('the ARN of another service', arn(account, region, 'aws', 'sns'), refused),
      byArn('a number where an ARN is due', own, refused),
      one('a number of this instance', calling('TELEPHONE_NUMBER', own), CREATED),
      one('the beginning of one', calling('TELEPHONE_NUMBER', own.slice(0, -1)), refused),
      ...OTHER_INSTANCE.numbers.map((number) =>
        one('a number of another instance', calling('TELEPHONE_NUMBER', number), refused),
      ),
    ];
  },
);

const queues = asLaw(
  'a queue is an open one of this instance, by id or ARN',
  'inferred',
  (client) => {
    const [queue] = ORDINARY_INSTANCE.queues;
    const arn = ({ account, region } = client, instance: string = ORDINARY_INSTANCE.id) =>
      `arn:aws:connect:${region}:${account}:instance/${instance}/queue/${queue.id}`;
    const refused = failed('INVALID_QUEUE');
    const at = (what: string, QueueId: string, due: string) => one(what, { QueueId }, due);
    return [
      at('its ARN', arn(), CREATED),
      at('the ARN of another account', arn({ ...client, account: '999999999999' }), refused),
      at('the ARN of another Region', arn({ ...client, region: 'ap-south-1' }), refused),
      at('the ARN of another instance', arn(client, OTHER_INSTANCE.id), refused),
      at('its name', queue.name, refused),
      at('its id and a space', `${queue.id} `, refused),
      ...OTHER_INSTANCE.queues.map(({ id }) => at('a queue of another instance', id, refused)),
    ];
  },
);

const eitherIsEnough = asLaw('a queue or a system endpoint is enough', 'inferred', () => {
  const { QueueId, ...queueless } = contact(1);
  const number = calling('TELEPHONE_NUMBER', ORDINARY_INSTANCE.numbers[0]);
  return [
    { what: 'a queue alone', items: [contact(1)], due: CREATED },
    { what: 'a system endpoint alone', items: [{ ...queueless, ...number }], due: CREATED },
    { what: 'both', items: [contact(1, number)], due: CREATED },
  ];
});

const previewWith = (DurationInSeconds: number, AllowedUserActions: string[]) => ({
  OutboundStrategy: {
    Type: 'AGENT_FIRST',
    Config: {
      AgentFirst: {
        Preview: { PostAcceptTimeoutConfig: { DurationInSeconds }, AllowedUserActions },
      },
    },
  },
});

const previews = asLaw('every action of a preview is a listed one', 'inferred', () => {
  const refused = failed('INVALID_OUTBOUND_STRATEGY');
  const actions = (list: string[], due: string) =>
    one(list.join(' and '), previewWith(30, list), due);
  return [
    actions(['CALL'], CREATED),
    actions(['DISCARD'], CREATED),
    actions(['CALL', 'DISCARD'], CREATED),
    actions(['CALL', 'SHOUT'], refused),
    actions(['SHOUT', 'CALL'], refused),
    actions(['CALL', ''], refused),
    actions(['call'], refused),
    one('no second to look', previewWith(0, ['CALL']), CREATED),
  ];
});

const attributeKeys = asLaw('an attribute key has letters, digits, _ and -', 'inferred', () => {
  const refused = failed('INVALID_ATTRIBUTE_KEY');
  const keys = (what: string, Attributes: Record<string, string>, due: string) =>
    one(what, { Attributes }, due);
  return [
    keys('each of them', { 'aZ09_-': 'x', _: '', '-': '' }, CREATED),
    keys('the first key bad', { 'a b': 'x', c: '' }, refused),
    keys('the last key bad', { a: 'x', 'b c': '' }, refused),
    ...['a.b', 'a:b', 'a\n', ' a', 'é', '١'].map((key) =>
      keys(JSON.stringify(key), { [key]: 'x' }, refused),
    ),
  ];
});

const DUPLICATE: FailureReasonCode = 'IDEMPOTENCY_EXCEPTION';

const duplicates = asLaw(
  'an identifier is spent by its first item, failed or not',
  'assumed',
  () => {
    const named = (RequestIdentifier: string, change: Partial<ContactDataRequest> = {}) =>
      contact(1, { ...change, RequestIdentifier });
    const bad = named('a', { QueueId: 'none' });
    const apart = ['a', 'A', ' a', 'a ', 'é', 'e\u0301'];
    return [
      { what: 'twice', items: [named('a'), named('a')], due: `1 created, ${DUPLICATE}` },
      {
        what: 'a good one after a failed one',
        items: [bad, named('a')],
        due: `0 created, ${DUPLICATE}, INVALID_QUEUE`,
      },
      {
        what: 'with others between them',
        items: [named('a'), named('b'), named('c'), named('a')],
        due: `3 created, ${DUPLICATE}`,
      },
      {
        what: 'identifiers that are nearly the same',
        items: apart.map((id) => named(id)),
        due: `${apart.length} created`,
      },
      {
        what: 'identifiers that are nearly the same, the other way round',
        items: apart.toReversed().map((id) => named(id)),
        due: `${apart.length} created`,
      },
    ];
  },
);

const REFUSED = '400 InvalidRequestException';

/** Outside the BMP: one character, two UTF-16 units, four bytes. */
const WIDE = '\u{1F4DE}';
/** Two characters that are shown as one. */
const ACCENTED = 'e\u0301';

const lengths = asLaw('a length is a number of Unicode characters', 'documented', () => {
  const named = (what: string, RequestIdentifier: string, due: string) =>
    one(what, { RequestIdentifier }, due);
  return [
    named('80 letters', 'x'.repeat(80), CREATED),
    named('81 letters', 'x'.repeat(81), REFUSED),
    named('80 wide characters', WIDE.repeat(80), CREATED),
    named('81 wide characters', WIDE.repeat(81), REFUSED),
    named('79 letters and a wide character', 'x'.repeat(79) + WIDE, CREATED),
    named('80 letters and a wide character', 'x'.repeat(80) + WIDE, REFUSED),
    named('40 letters with their accents', ACCENTED.repeat(40), CREATED),
    named('41 letters with their accents', ACCENTED.repeat(41), REFUSED),
    one('256 wide characters', dialling(WIDE.repeat(256)), failed('INVALID_CUSTOMER_ENDPOINT')),
    one('257 wide characters', dialling(WIDE.repeat(257)), REFUSED),
  ];
});

const attributeBytes = asLaw('each contact has 32,768 bytes for its attributes', 'assumed', () => {
  const of = (n: number, Attributes: Record<string, string>) => contact(n, { Attributes });
  const half = 'x'.repeat(20_000);
  const over = of(2, { a: half, b: half });
  const keys = (bytes: number) => ({ ['k'.repeat(20_000)]: 'x'.repeat(bytes - 20_000) });
  return [
    { what: 'two halves', items: [of(1, { a: half }), of(2, { a: half })], due: '2 created' },
    { what: 'too many in the last', items: [of(1, {}), over], due: REFUSED },
    { what: 'too many in the first', items: [over, of(1, {})], due: REFUSED },
    one('as many with their key', { Attributes: keys(32_768) }, CREATED),
    one('one too many with their key', { Attributes: keys(32_769) }, REFUSED),
  ];
});

interface Defect {
  readonly customer?: Endpoint;
  readonly change?: Partial<Record<keyof ContactDataRequest, unknown>>;
}

/** In the order of checks, a way to fail with each code that leaves room for the others. */
const DEFECTS: Readonly<Record<FailureReasonCode, Defect>> = {
  MISSING_CUSTOMER_ENDPOINT: { customer: { Address: '' } },
  INVALID_CUSTOMER_ENDPOINT: { customer: { Type: 'CARRIER_PIGEON' } },
  MISSING_CAMPAIGN: { change: { Campaign: {} } },
  MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT: {
    change: { QueueId: undefined, SystemEndpoint: undefined },
  },
  INVALID_QUEUE: { change: { QueueId: 'none' } },
  INVALID_SYSTEM_ENDPOINT: { change: calling('FAX', '1') },
  INVALID_ATTRIBUTE_KEY: { change: { Attributes: { 'a b': '' } } },
  INVALID_OUTBOUND_STRATEGY: { change: { OutboundStrategy: { Type: 'ROBOT_FIRST' } } },
  IDEMPOTENCY_EXCEPTION: { change: { RequestIdentifier: 'item-0' } },
  REQUEST_THROTTLED: { customer: { Address: INJECTED_NUMBERS.REQUEST_THROTTLED } },
  INTERNAL_ERROR: { customer: { Address: INJECTED_NUMBERS.INTERNAL_ERROR } },
};

/** Whether no item can have both: they give one member two values. */
function areExclusive(one: Defect, other: Defect): boolean {
  const members = ({ customer = {}, change = {} }: Defect) =>
    [customer, change].flatMap((part) => Object.keys(part));
  return members(one).some((member) => members(other).includes(member));
}

const order = asLaw('of two codes that apply, the one checked first is given', 'assumed', () => {
  const good = contact(1);
  const defects = Object.entries(DEFECTS);
  return defects.flatMap(([code, first], i) =>
    defects
      .slice(i + 1)
      .filter(([, second]) => !areExclusive(first, second))
      .map(([later, second]): Case => {
        const CustomerEndpoint = {
          ...good.CustomerEndpoint,
          ...first.customer,
          ...second.customer,
        };
        const item = { ...good, ...first.change, ...second.change, CustomerEndpoint };
        return {
          what: `${code} and ${later}`,
          items: [contact(0), item as ContactDataRequest],
          due: `1 created, ${code}`,
        };
      }),
  );
});

export const ITEM_LAWS = {
  customerNumbers,
  systemEndpoints,
  queues,
  eitherIsEnough,
  previews,
  attributeKeys,
  duplicates,
  lengths,
  attributeBytes,
  order,
} satisfies Record<string, Law>;
