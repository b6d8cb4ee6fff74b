/**
 * The failure codes of dial requests: one row each, in the order in which they are checked.
 *
 * The rules are of values. A broken form (a missing member, 26 items, a pattern) refuses the whole call with
 * ValidationException. A known clientToken is answered before any of the rules, since a retry after an unknown
 * outcome may come after its own expirationTime. Names are documented. Triggers carry their own marks.
 */

import {
  firstFailure,
  type FailureRow as ItemFailureRow,
  type Provocation,
} from '../aws/definition/item-failures.ts';
import { documented, inferred } from '../aws/provenance.ts';
import { momentOf } from '../aws/shape/timestamp.ts';
import { hasOversizeAttributes } from '../connect/attributes.ts';
import { E164 } from '../connect/phone-number.ts';
import type { CampaignChoices } from './choices.ts';
import { LIMITS } from './limits.ts';
import { dialled } from './phone-number.ts';

/** The members of a dial request that the rules read. Both versions have them. */
export interface DialItem {
  readonly clientToken: string;
  readonly phoneNumber: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** As sent. */
  readonly expirationTime: string;
}

/**
 * Numbers that fail their dial request with a code that no request alone can cause. They are reserved for
 * fiction, and good dial requests never use them.
 */
export const INJECTED_DIAL_NUMBERS = {
  RequestThrottled: '+12025550196',
  UnknownError: '+12025550197',
} as const satisfies Partial<Record<DialFailureCode, string>>;

/** A code that no request alone can cause. */
export type InjectedDialCode = keyof typeof INJECTED_DIAL_NUMBERS;

/** Number -> its code. */
export const INJECTED_DIALS: Readonly<Record<string, InjectedDialCode>> = Object.fromEntries(
  Object.entries(INJECTED_DIAL_NUMBERS).map(([code, number]) => [number, code as InjectedDialCode]),
);

/** The state against which an item is judged. */
export interface DialContext {
  readonly api: 'v1' | 'v2';
  /** By the wall clock, epoch milliseconds: clients take expirationTime from it. */
  readonly now: number;
  readonly choices: Pick<CampaignChoices, 'numberCheck' | 'attributeCheck' | 'v2Expiry'>;
  /** How many more dial requests the campaign takes. */
  readonly room: number;
  /** clientToken -> the first item of this call with that token. */
  readonly earlier: ReadonlyMap<string, DialItem>;
  /** Phone number -> the code that its item gets, although the item is good. */
  readonly injected: Readonly<Record<string, DialFailureCode>>;
}

export type DialFailureCode =
  | 'InvalidInput'
  | 'RequestThrottled'
  | 'BufferLimitExceeded'
  | 'UnknownError';

export interface DialFailureRow<Item = DialItem>
  extends ItemFailureRow<DialItem, DialContext, Item> {
  /** Whether only version 2 has the code. */
  readonly onlyV2?: true;
}

/** Why an item is not valid, in the order of checks. AWS tells it in CloudTrail only. */
export const INVALID_INPUTS = {
  'expirationTime is past': ({ expirationTime }: DialItem, { now }: DialContext) =>
    secondsTo(expirationTime, now) < 0,
  'expirationTime is less than 30 seconds ahead': (item: DialItem, context: DialContext) =>
    isBounded(context) && secondsTo(item.expirationTime, context.now) < LIMITS.expirySeconds.min,
  'expirationTime is more than 15 minutes ahead': (item: DialItem, context: DialContext) =>
    isBounded(context) && secondsTo(item.expirationTime, context.now) > LIMITS.expirySeconds.max,
  'the phone number is not in E.164 form': ({ phoneNumber }: DialItem, { choices }: DialContext) =>
    choices.numberCheck === 'ingest' && !E164.test(dialled(phoneNumber)),
  'the attributes have more than 32,768 bytes': (
    { attributes }: DialItem,
    { choices }: DialContext,
  ) => choices.attributeCheck === 'ingest' && hasOversizeAttributes(attributes),
  'the clientToken is that of another item of this call': (
    item: DialItem,
    { earlier }: DialContext,
  ) => {
    const first = item.clientToken === '' ? undefined : earlier.get(item.clientToken);
    return first !== undefined && !isSameItem(first, item);
  },
} as const;

export type InvalidInput = keyof typeof INVALID_INPUTS;

const REASONS = Object.entries(INVALID_INPUTS) as [
  InvalidInput,
  (item: DialItem, context: DialContext) => boolean,
][];

/** The first reason for InvalidInput; null for a valid item. */
export function invalidInput(item: DialItem, context: DialContext): InvalidInput | null {
  for (const [reason, applies] of REASONS) if (applies(item, context)) return reason;
  return null;
}

const shifted = (good: DialItem, seconds: number): DialItem => ({
  ...good,
  expirationTime: new Date(
    (momentOf(good.expirationTime, 'date-time') ?? 0) + seconds * 1000,
  ).toISOString(),
});

const HOUR = 3_600;

export const DIAL_FAILURES: Readonly<Record<DialFailureCode, DialFailureRow>> = {
  InvalidInput: {
    retryable: false,
    provenance: inferred(
      'API_DialRequest: 30 seconds to 15 minutes; a public report of the answer to a later time',
    ),
    applies: (item, context) => invalidInput(item, context) !== null,
    provocations: [
      { how: 'expires more than 15 minutes ahead', make: (good) => shifted(good, HOUR) },
      { how: 'expired before it was sent', make: (good) => shifted(good, -HOUR) },
      {
        how: 'no leading +',
        make: (good) => ({ ...good, phoneNumber: good.phoneNumber.slice(1) }),
      },
      {
        how: 'sixteen digits',
        make: (good) => ({ ...good, phoneNumber: good.phoneNumber.padEnd(17, '0') }),
      },
      { how: 'no digits', make: (good) => ({ ...good, phoneNumber: '' }) },
    ],
  },
  RequestThrottled: {
    retryable: true,
    provenance: documented('developer guide: the upper limit of held records is reached'),
    applies: ({ phoneNumber }, { api, room, injected }) =>
      injectedFor(phoneNumber, injected) === 'RequestThrottled' || (api === 'v1' && room < 1),
    provocations: [
      {
        how: 'a number that the facts throttle',
        make: (good) => ({ ...good, phoneNumber: INJECTED_DIAL_NUMBERS.RequestThrottled }),
      },
    ],
  },
  BufferLimitExceeded: {
    onlyV2: true,
    retryable: true,
    provenance: inferred('the name of the code'),
    applies: (_, { api, room }) => api === 'v2' && room < 1,
    provocations: [{ how: 'more items than the campaign has room for', make: (good) => good }],
  },
  UnknownError: {
    retryable: true,
    provenance: documented('developer guide: retry'),
    applies: ({ phoneNumber }, { injected }) =>
      injectedFor(phoneNumber, injected) === 'UnknownError',
    provocations: [
      {
        how: 'a number that the facts fail',
        make: (good) => ({ ...good, phoneNumber: INJECTED_DIAL_NUMBERS.UnknownError }),
      },
    ],
  },
};

const failureOfItem = firstFailure<DialFailureCode, DialItem, DialContext>(DIAL_FAILURES);

function failureOf(item: DialItem, context: DialContext): DialFailureCode | null {
  return failureOfItem(item, context) ?? injectedFor(item.phoneNumber, context.injected) ?? null;
}

/** What becomes of an item. */
export type DialVerdict =
  | { readonly kind: 'accepted' }
  /** Of an earlier call, or of an earlier item of this call with the same content. */
  | { readonly kind: 'known'; readonly id: string; readonly sameContent: boolean }
  | { readonly kind: 'repeat'; readonly of: number }
  | {
      readonly kind: 'failed';
      readonly code: DialFailureCode;
      /** Of InvalidInput. */
      readonly why: InvalidInput | null;
    };

/** A dial request that a token already means. */
export interface KnownDial extends Omit<DialItem, 'expirationTime'> {
  readonly id: string;
}

/**
 * Judges the items of a call, in their order. Accepted items take up room.
 *
 * @param known the dial request that a token of the campaign means, within its lifetime.
 */
export function decideDials(
  items: readonly DialItem[],
  context: Omit<DialContext, 'earlier'>,
  known: (clientToken: string) => KnownDial | undefined,
): DialVerdict[] {
  const earlier = new Map<string, DialItem>();
  const acceptedAt = new Map<string, number>();
  let { room } = context;
  return items.map((item, index): DialVerdict => {
    const { clientToken } = item;
    const before = clientToken === '' ? undefined : known(clientToken);
    if (before) return { kind: 'known', id: before.id, sameContent: isSameContent(before, item) };
    const first = acceptedAt.get(clientToken);
    if (first !== undefined && isSameItem(items[first] as DialItem, item)) {
      return { kind: 'repeat', of: first };
    }
    const judged = { ...context, room, earlier };
    const code = failureOf(item, judged);
    if (code !== null) {
      return {
        kind: 'failed',
        code,
        why: code === 'InvalidInput' ? invalidInput(item, judged) : null,
      };
    }
    // A refused item does not use up its token.
    if (clientToken !== '') {
      earlier.set(clientToken, item);
      acceptedAt.set(clientToken, index);
    }
    room -= 1;
    return { kind: 'accepted' };
  });
}

/** The failure rows of a version, for items of its own form. */
export function failuresOf<Item>(
  api: 'v1' | 'v2',
  view: (item: Item) => DialItem,
  withChange: (item: Item, changed: DialItem) => Item,
): Readonly<Record<string, ItemFailureRow<Item, DialContext>>> {
  const rows = Object.entries(DIAL_FAILURES).filter(([, { onlyV2 }]) => api === 'v2' || !onlyV2);
  return Object.fromEntries(
    rows.map(([code, row]) => {
      const own = ({ how, make }: Provocation<DialItem>): Provocation<Item> => ({
        how,
        make: (good, previous) => withChange(good, make(view(good), view(previous))),
      });
      const [first, ...rest] = row.provocations;
      return [
        code,
        {
          retryable: row.retryable,
          provenance: row.provenance,
          applies: (item: Item, context: DialContext) => row.applies(view(item), context),
          provocations: [own(first), ...rest.map(own)] as const,
        },
      ];
    }),
  );
}

function isBounded({ api, choices }: DialContext): boolean {
  return api === 'v1' || choices.v2Expiry === 'as-v1';
}

/** Seconds from `now` to a timestamp that the reader has read. */
function secondsTo(expirationTime: string, now: number): number {
  return ((momentOf(expirationTime, 'date-time') ?? Number.NaN) - now) / 1000;
}

function injectedFor(phoneNumber: string, injected: DialContext['injected']) {
  const number = dialled(phoneNumber);
  return Object.hasOwn(injected, number) ? injected[number] : undefined;
}

function isSameItem(a: DialItem, b: DialItem): boolean {
  return (
    momentOf(a.expirationTime, 'date-time') === momentOf(b.expirationTime, 'date-time') &&
    isSameContent(a, b)
  );
}

/** The expirationTime is left out: a repeat is often sent with a new one. */
function isSameContent(
  a: Pick<DialItem, 'phoneNumber' | 'attributes'>,
  b: Pick<DialItem, 'phoneNumber' | 'attributes'>,
): boolean {
  const keys = Object.keys(a.attributes);
  return (
    dialled(a.phoneNumber) === dialled(b.phoneNumber) &&
    keys.length === Object.keys(b.attributes).length &&
    keys.every((key) => Object.hasOwn(b.attributes, key) && a.attributes[key] === b.attributes[key])
  );
}
