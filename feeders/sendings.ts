/** The dial requests of a journal in their order, with what their caller was told, and when they came again. */

import type { FeederCall, FeederItem, FeederJournal } from '../operation/campaigns/feeder-call.ts';
import { groupsOf } from '../system/groups.ts';

/** One dial request in one call. */
export interface Sending {
  readonly call: FeederCall;
  readonly item: FeederItem;
}

/** What the caller knows after a call. */
export type Told =
  /** A whole answer of 200. */
  | 'items'
  /** No whole answer, or one that says nothing of what was done: 5xx. */
  | 'nothing'
  /** The call was refused, and nothing was done. */
  | 'refusal';

/**
 * What two of them have in common: the clientToken, or number and attributes, in the same campaign; an attribute that
 * only dial requests of one number have; or the number alone.
 */
export type Likeness = 'token' | 'content' | 'customer' | 'number';

export interface Sendings {
  /** In the order of their arrival. */
  readonly calls: readonly FeederCall[];
  readonly all: readonly Sending[];
  told(call: FeederCall): Told;
  /** Whether one is sent after the answer. */
  comesAgain(sending: Sending, by: Likeness): boolean;
  comesAgainAs(sending: Sending, by: Likeness, is: (later: Sending) => boolean): boolean;
  /** The first that was answered before it was sent. */
  earliest(sending: Sending, by: Likeness, is: (earlier: Sending) => boolean): Sending | undefined;
  /**
   * Whether another dial request of the same number is another customer's, unless it has an attribute in common: several
   * were accepted of the number, and it has an attribute that no other number has.
   */
  isIdentified(sending: Sending): boolean;
  /** The number of calls that the journal lacks, and the highest number of one. */
  readonly missing: { readonly calls: number; readonly upTo: number };
  /** Whether neither the token nor the content came before. */
  isNew(sending: Sending): boolean;
}

/** The endpoint's own answer to what AWS would take. */
export const NOT_EMULATED = 501;

export function sendingsOf({ calls: answered }: FeederJournal): Sendings {
  const calls = [...answered].sort((a, b) => a.began - b.began);
  const all = calls.flatMap((call) => call.items.map((item) => ({ call, item })));
  const withAttribute = new Map<string, Sending[]>();
  const common = new Set<string>();
  for (const sending of all) {
    for (const attribute of sending.item.attributes) {
      const group = withAttribute.get(attribute);
      if (!group) withAttribute.set(attribute, [sending]);
      else if (group[0]?.item.number === sending.item.number) group.push(sending);
      else common.add(attribute);
    }
  }
  /** For each attribute that only its number has, those that have it. */
  const ownAttributes = ({ item }: Sending) =>
    item.attributes.flatMap((attribute) =>
      common.has(attribute) ? [] : [withAttribute.get(attribute) ?? []],
    );
  const index: Readonly<Record<Likeness, Index>> = {
    token: indexed(all, ({ call, item }) => item.token && `${call.campaignId} ${item.token}`),
    content: indexed(all, ({ call, item }) => `${call.campaignId} ${item.content}`),
    number: indexed(all, ({ item }) => item.number),
    // Of several, the attribute that came last.
    customer: (sending) =>
      ownAttributes(sending).reduce(
        (best, group) => (lastBegan(group) > lastBegan(best) ? group : best),
        [],
      ),
  };
  const accepted = all.filter(({ item }) => item.dialRequestId !== null && !item.repeated);
  const acceptedOf = groupsOf(accepted, ({ item }) => item.number);
  const lastOfInvocation = new Map<string, number>();
  for (const { invocation, began } of calls) {
    if (invocation !== null) lastOfInvocation.set(invocation, began);
  }
  return {
    calls,
    all,
    missing: missingIn(calls),
    isIdentified(sending) {
      const others = acceptedOf.get(sending.item.number) ?? [];
      const isShared = others.some(({ item }) => item.content !== others[0]?.item.content);
      return isShared && ownAttributes(sending).length > 0;
    },
    told(call) {
      const { invocation, began, delivered, status } = call;
      // An SDK repeats a call only if it could not use the answer.
      const repeated = invocation !== null && (lastOfInvocation.get(invocation) ?? 0) > began;
      if (repeated || !delivered || (status >= 500 && status !== NOT_EMULATED)) return 'nothing';
      return status === 200 ? 'items' : 'refusal';
    },
    comesAgain: (sending, by) => lastBegan(index[by](sending)) > sending.call.ended,
    comesAgainAs: (sending, by, is) =>
      index[by](sending).some((one) => one.call.began > sending.call.ended && is(one)),
    earliest: (sending, by, is) =>
      index[by](sending).find((one) => one.call.ended < sending.call.began && is(one)),
    isNew: (sending) =>
      [index.token, index.content].every((like) => {
        const [first] = like(sending);
        return first === undefined || first.call === sending.call;
      }),
  };
}

function lastBegan(group: readonly Sending[]): number {
  return group.at(-1)?.call.began ?? 0;
}

function missingIn(calls: readonly FeederCall[]): Sendings['missing'] {
  const numbers = calls.map(({ number }) => number).sort((a, b) => a - b);
  const last = numbers.at(-1) ?? 0;
  const upTo = numbers.findLast((number, i) => number !== (numbers[i - 1] ?? 0) + 1);
  return { calls: last - numbers.length, upTo: (upTo ?? 1) - 1 };
}

/** Those like a sending, itself among them, in their order. */
type Index = (sending: Sending) => readonly Sending[];

function indexed(all: readonly Sending[], keyOf: (sending: Sending) => string | null): Index {
  const groups = groupsOf(all, keyOf);
  return (sending) => {
    const key = keyOf(sending);
    return (key === null ? undefined : groups.get(key)) ?? [];
  };
}
