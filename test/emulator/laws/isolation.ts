/** Laws of two accounts, or two Regions: neither feels the other. */

import { randomUUID } from 'node:crypto';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { QUOTA } from '../../../operation/connect/limits.ts';
import { body, type Call, contacts } from '../fixtures.ts';
import { type Client, type PairLaw, put } from './law.ts';

const contactAt = (id: string): Call => ({
  method: 'GET',
  target: `/contacts/${ORDINARY_INSTANCE.id}/${id}`,
  body: '',
});

/** Calls that each spend a token of another operation's bucket. */
const SPENDING: Readonly<Record<string, Call>> = {
  BatchPutContact: { body: body(contacts(1)) },
  DescribeContact: contactAt('00000000-0000-4000-8000-000000000000'),
};

/** More than a bucket holds and gets back while they are sent. */
const MORE_THAN_ENOUGH = 4 * QUOTA.burst;

async function exhaust({ send }: Client, call: Call): Promise<boolean> {
  for (let i = 0; i < MORE_THAN_ENOUGH; i += 1) {
    if ((await send(call)).status === 429) return true;
  }
  return false;
}

/** Asked of an endpoint with the published quota. */
const ownBucket: PairLaw = {
  says: 'what one has spent is not missing for the other',
  mark: 'documented',
  async breaches(one, other) {
    const breaches: string[] = [];
    for (const [name, call] of Object.entries(SPENDING)) {
      if (!(await exhaust(one, call))) breaches.push(`${name} has no quota`);
      let admitted = 0;
      while (admitted < QUOTA.burst && (await other.send(call)).status !== 429) admitted += 1;
      if (admitted < QUOTA.burst) breaches.push(`${name}: ${admitted} of ${QUOTA.burst} are left`);
    }
    return breaches;
  },
};

const ownTokens: PairLaw = {
  says: 'a ClientToken of one means nothing to the other',
  mark: 'inferred',
  async breaches(one, other) {
    const breaches: string[] = [];
    const token = randomUUID();
    const mine = await put(one, contacts(1), token);
    const theirs = await put(other, contacts(2), token);
    if (theirs.contactIds.length !== 2) breaches.push(`the other got ${theirs.status}`);
    if ((await put(one, contacts(1), token)).text !== mine.text) breaches.push('no replay of one');
    if ((await put(other, contacts(2), token)).text !== theirs.text) {
      breaches.push('no replay of the other');
    }
    return breaches;
  },
};

const ownContacts: PairLaw = {
  says: 'a contact of one is not there for the other, and bears its own ARN',
  mark: 'inferred',
  async breaches(one, other) {
    const breaches: string[] = [];
    for (const [mine, stranger] of [
      [one, other],
      [other, one],
    ] as const) {
      const [id = ''] = (await put(mine, contacts(1))).contactIds;
      const arn = `arn:aws:connect:${mine.region}:${mine.account}:instance/${ORDINARY_INSTANCE.id}/contact/${id}`;
      const { text } = await mine.send(contactAt(id));
      if (!text.includes(`"Arn":"${arn}"`)) breaches.push(`its own sees ${text}`);
      const { status } = await stranger.send(contactAt(id));
      if (status !== 404) breaches.push(`a stranger gets ${status}`);
      const members = { InstanceId: ORDINARY_INSTANCE.id, ContactId: id };
      const stop = { method: 'POST', target: '/contact/stop', body: JSON.stringify(members) };
      const stopped = await stranger.send(stop);
      if (stopped.status !== 410) breaches.push(`a stranger's StopContact gets ${stopped.status}`);
    }
    return breaches;
  },
};

const ownInstance: PairLaw = {
  says: 'an instance ARN of one is not there for the other',
  mark: 'inferred',
  async breaches(one, other) {
    const arn = `arn:aws:connect:${one.region}:${one.account}:instance/${ORDINARY_INSTANCE.id}`;
    const own = await put(one, contacts(1), undefined, arn);
    const strange = await put(other, contacts(1), undefined, arn);
    return [
      ...(own.status === 200 ? [] : [`its own gets ${own.status}`]),
      ...(strange.status === 404 ? [] : [`the other gets ${strange.status}`]),
    ];
  },
};

/** Asked of an endpoint without quota. */
export const ISOLATION_LAWS: readonly PairLaw[] = [ownTokens, ownContacts, ownInstance];

/** Asked of an endpoint with the published quota, whose clock may stand still. */
export const QUOTA_LAWS: readonly PairLaw[] = [ownBucket];
