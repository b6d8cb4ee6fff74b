/** Laws of ClientTokens: which are the same, and which payloads are. */

import { randomUUID } from 'node:crypto';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { contact, contacts } from '../fixtures.ts';
import { type Client, type Law, outcome, put } from './law.ts';
import { OTHER_INSTANCE } from './world.ts';

/** Tokens that a careless endpoint might hold for one another; all are new to it. */
function nearTokens(): string[] {
  // A letter at least, so that it has another case.
  const tag = `t${randomUUID()}`;
  const near = [tag, ` ${tag}`, `${tag} `, `${tag}\n`, `\t${tag}`, tag.toUpperCase(), `${tag}\0`];
  const long = tag.padEnd(499, 'x');
  const space = ' '.repeat(1 + (Number.parseInt(tag.slice(1, 3), 16) % 100));
  return [...near, space, `${tag}é`, `${tag}e\u0301`, `${long}1`, `${long}2`];
}

const tokensApart: Law = {
  says: 'a ClientToken is itself to the last character',
  mark: 'inferred',
  async breaches(client) {
    const breaches: string[] = [];
    const byContact = new Map<string, string>();
    const texts = new Map<string, string>();
    const tokens = nearTokens();
    for (const token of tokens) {
      const answer = await put(client, contacts(1), token);
      const [id = outcome(answer)] = answer.contactIds;
      const before = byContact.get(id);
      if (answer.status !== 200 || before !== undefined) {
        breaches.push(`${JSON.stringify(token)} is taken for ${JSON.stringify(before ?? id)}`);
      }
      byContact.set(id, token);
      texts.set(token, answer.text);
    }
    for (const token of tokens) {
      const { text } = await put(client, contacts(1), token);
      if (text !== texts.get(token)) breaches.push(`${JSON.stringify(token)} is not replayed`);
    }
    return breaches;
  },
};

type Whole<T> = T extends string
  ? T
  : T extends readonly (infer One)[]
    ? readonly Whole<One>[]
    : T extends object
      ? { readonly [Member in keyof T]-?: Whole<NonNullable<T[Member]>> }
      : T;

/** A contact with every member that there is: one that is not here does not compile. */
const WHOLE: Whole<ContactDataRequest> = {
  SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550123' },
  RequestIdentifier: 'whöle',
  QueueId: ORDINARY_INSTANCE.queues[0].id,
  Attributes: { firstName: 'Zoë', tier: 'gold' },
  Campaign: { CampaignId: 'campaign-1' },
  OutboundStrategy: {
    Type: 'AGENT_FIRST',
    Config: {
      AgentFirst: {
        Preview: {
          PostAcceptTimeoutConfig: { DurationInSeconds: 30 },
          AllowedUserActions: ['CALL', 'DISCARD'],
        },
      },
    },
  },
};

interface Change {
  readonly what: string;
  readonly value: unknown;
  /** Something is not there, and may be required. */
  readonly less?: true;
}

/** A value with one thing changed in it, for everything that can be changed. */
export function changes(value: unknown, what: string): Change[] {
  if (typeof value === 'number') return [{ what, value: value + 1 }];
  if (typeof value === 'string') {
    const others = [`${value}x`, `${value} `, value.toLowerCase(), value.normalize('NFD')]
      .filter((other) => other !== value)
      .map((other) => ({ what: `${what} as ${JSON.stringify(other)}`, value: other }));
    return [...others, { what: `${what} empty`, value: '', less: true }];
  }
  if (Array.isArray(value)) {
    return [
      { what: `${what} in another order`, value: [...value].reverse() },
      { what: `${what} without the last`, value: value.slice(0, -1) },
      { what: `${what} with the last twice`, value: [...value, value.at(-1)] },
      ...value.flatMap((one: unknown, i) =>
        changes(one, `${what}[${i}]`).map((change) => ({
          ...change,
          value: value.with(i, change.value),
        })),
      ),
    ];
  }
  const members = Object.entries(value as object);
  return members.flatMap(([name, member]) => {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    return [
      { what: `${what} without ${name}`, value: rest, less: true } as const,
      ...changes(member, `${what}.${name}`).map((change) => ({
        ...change,
        value: { ...rest, [name]: change.value },
      })),
    ];
  });
}

const payloadsApart: Law = {
  says: 'a token with another payload gets 409, whatever is other in it',
  mark: 'inferred',
  async breaches(client) {
    const batch = [WHOLE, contact(2)];
    const token = randomUUID();
    const first = await put(client, batch, token);
    const breaches: string[] = [];
    const ask = async (what: string, answered: ReturnType<Client['send']>, less = false) => {
      const { status } = await answered;
      if (status !== 409 && !(less && status === 400)) breaches.push(`${what}: ${status}`);
    };
    for (const { what, value, less } of changes(batch, 'batch')) {
      await ask(what, put(client, value as ContactDataRequest[], token), less);
    }
    await ask('another instance', put(client, batch, token, OTHER_INSTANCE.id));
    const arn = `arn:aws:connect:${client.region}:${client.account}:instance/`;
    await ask('its ARN', put(client, batch, token, arn + OTHER_INSTANCE.id));
    const again = await put(client, batch, token, arn + ORDINARY_INSTANCE.id);
    if (again.text !== first.text) breaches.push('the instance as an ARN: not replayed');
    return breaches;
  },
};

export const TOKEN_LAWS = { tokensApart, payloadsApart } satisfies Record<string, Law>;
