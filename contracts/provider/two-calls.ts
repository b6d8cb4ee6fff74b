/** What one exchange cannot show: two calls, one after the other, and their answers. No pact can express it. */

import { isObject } from '../../operation/aws/json.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { type AnyOperation, operationAt } from '../../operation/operations.ts';
import { CLAIMS } from '../agreement/batch-put-contact/claims.ts';
import { ordinaryContact } from '../agreement/batch-put-contact/ordinary-contacts.ts';
import { CAMPAIGN_ID, CAMPAIGN_NAME, campaignMembers } from '../agreement/campaigns/examples.ts';
import type { CampaignVersion } from '../agreement/campaigns/version.ts';
import type { Claim } from '../agreement/interaction.ts';
import { type Given, ordinaryDay } from '../agreement/states.ts';
import type { Written } from '../pact/any-pact.ts';
import { pathOf } from '../pact/pact-request.ts';
import { keyOf } from './callers.ts';
import type { Answered } from './forward.ts';
import { breachesOf, type Exchange, madeIn } from './laws.ts';
import { withNames } from './names.ts';
import { patiently, send } from './provider-door.ts';
import { errorNames } from './read-answer.ts';
import { createSeen } from './seen.ts';
import { stateSetter } from './state-setter.ts';
import type { Verified, Where } from './verify.ts';

export interface TwoCalls {
  readonly description: string;
  /** What AWS does not document in it; null if it documents everything. */
  readonly undocumented: Claim | null;
  readonly given: readonly Given[];
  /** @param token a new token of this run. */
  readonly requests: (token: string, now: Date) => readonly [first: object, second: object];
  readonly operation: AnyOperation;
  /** What is wrong with the answers, beyond the laws of each; none if nothing is. */
  readonly judge: (first: Exchange, second: Exchange) => string[];
}

const batch = (ClientToken: string, n: number): object => ({
  InstanceId: ORDINARY_INSTANCE.id,
  ClientToken,
  ContactDataRequestList: [ordinaryContact(n), ordinaryContact(n + 1)],
});

const anotherDay: readonly Given[] = [ordinaryDay()];

/** Of BatchPutContact. */
export const TWO_BATCHES: readonly TwoCalls[] = [
  {
    description: 'two batches in turn: each contact and each call has an id of its own',
    undocumented: null,
    given: anotherDay,
    operation: BATCH_PUT_CONTACT,
    requests: (token) => [batch(`${token}-1`, 1), batch(`${token}-2`, 3)],
    judge: apart,
  },
  {
    description: 'the same batch with its ClientToken in other case: new contacts',
    undocumented: null,
    given: anotherDay,
    operation: BATCH_PUT_CONTACT,
    requests: (token) => [batch(`a-${token}`, 1), batch(`A-${token}`, 1)],
    judge: apart,
  },
  {
    description:
      'the same batch twice with its ClientToken: the same ContactIds, and no second contact',
    undocumented: CLAIMS.replay,
    given: anotherDay,
    operation: BATCH_PUT_CONTACT,
    requests: (token) => [batch(token, 1), batch(token, 1)],
    judge: alike,
  },
  {
    description: 'two batches with one ClientToken: the second is refused',
    undocumented: {
      what: 'a ClientToken belongs to one batch',
      ...(BATCH_PUT_CONTACT.refusals.IdempotencyException?.trigger ?? CLAIMS.replay),
    },
    given: anotherDay,
    operation: BATCH_PUT_CONTACT,
    requests: (token) => [batch(token, 1), batch(token, 3)],
    judge: (first, second) => [
      ...succeeded(first, 'first'),
      ...(second.answer.status >= 400 && second.answer.status < 500
        ? []
        : [
            `the second call was answered ${second.answer.status}, although its ClientToken belongs to another batch`,
          ]),
    ],
  },
];

/** Of a version of outbound campaigns. */
export function twoDialCalls(version: CampaignVersion): readonly TwoCalls[] {
  const { put, number, items, itemOf } = version;
  const given: readonly Given[] = [
    ordinaryDay(),
    {
      name: 'a campaign exists',
      params: {
        version: number,
        id: CAMPAIGN_ID,
        name: CAMPAIGN_NAME,
        instanceId: ORDINARY_INSTANCE.id,
        state: 'Running',
        members: campaignMembers(number),
      },
    },
  ];
  const dial = (clientToken: string, now: Date): object => ({
    id: CAMPAIGN_ID,
    [items]: [
      itemOf({
        clientToken,
        phoneNumber: '+12065550101',
        expirationTime: `${new Date(now.getTime() + 300_000).toISOString().slice(0, 19)}Z`,
        attributes: {},
      }),
    ],
  });
  return [
    {
      description: 'two dial requests in turn: each one and each call has an id of its own',
      undocumented: null,
      given,
      operation: put,
      requests: (token, now) => [dial(`${token}-1`, now), dial(`${token}-2`, now)],
      judge: apart,
    },
    {
      description: 'the same dial request twice with its token: the same id',
      undocumented: null,
      given,
      operation: put,
      requests: (token, now) => [dial(token, now), dial(token, now)],
      judge: alike,
    },
  ];
}

function succeeded({ answer, operation }: Exchange, which: string): string[] {
  if (answer.status === operation.status) return [];
  const [[, name] = []] = errorNames(answer);
  return [`the ${which} call was answered ${answer.status}${name ? ` ${name}` : ''}`];
}

function both(first: Exchange, second: Exchange): string[] {
  return [...succeeded(first, 'first'), ...succeeded(second, 'second')];
}

function apart(first: Exchange, second: Exchange): string[] {
  const before = new Set(madeIn(first));
  const again = madeIn(second).filter((id) => before.has(id));
  return [...both(first, second), ...again.map((id) => `the id "${id}" is that of the first call`)];
}

function alike(first: Exchange, second: Exchange): string[] {
  const [one, other] = [madeIn(first), madeIn(second)].map((ids) => ids.toSorted().join(', '));
  return [
    ...both(first, second),
    ...(one === other ? [] : [`the first call was answered ${one}, and the second ${other}`]),
  ];
}

/** @returns a result for each pair. It never rejects for an answer; it does if `signal` aborts. */
export async function runTwoCalls(
  pairs: readonly TwoCalls[],
  where: Where,
  now: () => Date,
  signal?: AbortSignal,
): Promise<Verified[]> {
  const results: Verified[] = [];
  for (const [n, pair] of pairs.entries()) {
    signal?.throwIfAborted();
    results.push({ ...(await runPair(pair, n, where, now)), written: writtenOf(pair) });
  }
  return results;
}

/** As what dialproof writes beside an interaction of a pact. */
export function writtenOf({ undocumented }: Pick<TwoCalls, 'undocumented'>): Written {
  const claims = undocumented === null ? [] : [undocumented];
  return { group: 'pairs', mark: undocumented?.mark ?? 'documented', choice: null, claims };
}

async function runPair(
  { description, given, requests, operation, judge }: TwoCalls,
  n: number,
  where: Where,
  now: () => Date,
): Promise<Verified> {
  const states = stateSetter(where.statesUrl);
  const key = keyOf('principal', where);
  const unset = given.filter(({ name }) => name !== 'an ordinary day').map(({ name }) => name);
  if (key === null) {
    const detail = {
      kind: 'no key',
      caller: 'outbound campaigns',
      variable: 'DIALPROOF_PRINCIPAL',
    } as const;
    return { description, verdict: 'not exercised', detail };
  }
  if (where.statesUrl === null && unset.length > 0) {
    return {
      description,
      verdict: 'not exercised',
      detail: { kind: 'nothing sets states', states: unset },
    };
  }
  const { names = {} } = where;
  for (const state of withNames(given, names)) {
    await states.set({ name: state.name, params: { ...state.params } });
  }
  const obstacle = states.obstacle();
  if (obstacle) {
    const verdict = obstacle.kind === 'state refused' ? 'not exercised' : 'fail';
    return { description, verdict, detail: obstacle };
  }
  const at = now();
  const seen = createSeen();
  try {
    const exchanges: Exchange[] = [];
    const breaches: string[] = [];
    for (const request of requests(`pair-${n}-${at.getTime().toString(36)}`, at)) {
      const exchange = await exchangeOf(operation, withNames(request, names), {
        key,
        where,
        at: now,
      });
      exchanges.push(exchange);
      breaches.push(...breachesOf(exchange), ...seen.add(exchange));
    }
    const [first, second] = exchanges as [Exchange, Exchange];
    const wrong = [...new Set([...breaches, ...judge(first, second)])];
    const refused = [first, second].every(({ answer }) => answer.status === 404);
    if (wrong.length > 0 && refused && where.statesUrl === null) {
      const detail = { kind: 'no instance', instanceId: ORDINARY_INSTANCE.id } as const;
      return { description, verdict: 'not exercised', detail };
    }
    return wrong.length === 0
      ? { description, verdict: 'pass', detail: null }
      : { description, verdict: 'fail', detail: { kind: 'breaches', breaches: wrong } };
  } catch (error) {
    const message = `the provider did not answer: ${error instanceof Error ? error.message : String(error)}`;
    return { description, verdict: 'fail', detail: { kind: 'breaches', breaches: [message] } };
  }
}

async function exchangeOf(
  operation: AnyOperation,
  request: object,
  { key, where, at }: { key: NonNullable<Where['principal']>; where: Where; at: () => Date },
): Promise<Exchange> {
  const path = pathOf(operation, request);
  const inPath = Object.keys(operationAt(operation.method, path)?.labels ?? {});
  const members = Object.fromEntries(
    Object.entries(request).filter(([name]) => !inPath.includes(name)),
  );
  const answer: Answered = await patiently(() =>
    send(
      {
        target: where,
        key,
        method: operation.method,
        path,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(members)),
        region: where.region,
      },
      at(),
    ),
  );
  const [resource = null] = Object.values(operationAt(operation.method, path)?.labels ?? {});
  return { operation, request: isObject(members) ? members : {}, resource, answer };
}
