/** Every seeded bug bites over the wire, and the endpoint without it does not show it. */

import { BUG_NAMES, type BugName } from '../../emulator/bugs/bugs.ts';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import {
  body,
  contact,
  contacts,
  control,
  type LedgerLine,
  ledger,
  send,
  withEmulator,
} from './fixtures.ts';

const createdIn = (lines: readonly LedgerLine[]) =>
  lines.filter((line) => line.type === 'contact').map((line) => line.contactId);

async function twice(emulator: RunningEmulator) {
  const call = { body: body(contacts(3), 't') };
  return { first: await send(emulator, call), again: await send(emulator, call) };
}

/** Show only when the process is killed (test/load/crash-test.test.ts), or in campaigns (test/load/scenarios.test.ts). */
const ELSEWHERE = [
  'loses-at-crash',
  'dials-twice',
  'dials-again-after-crash',
  'dials-after-stop',
  'dials-while-paused',
  'dials-expired',
  'loses-dial-requests',
  'new-contact-id-at-dialling',
  'expires-early',
  'forgets-item-tokens',
  'swaps-attributes',
  'exceeds-concurrent-calls',
  'tells-of-no-contact',
  'tells-another-reason',
  'tells-early-times',
  'loses-events',
] as const satisfies readonly BugName[];
type WireBug = Exclude<BugName, (typeof ELSEWHERE)[number]>;
const WIRE_BUGS = BUG_NAMES.filter(
  (bug): bug is WireBug => !ELSEWHERE.some((other) => other === bug),
);

/** Whether the endpoint shows the bug to somebody who looks from outside. */
const SHOWS: Readonly<Record<WireBug, (emulator: RunningEmulator) => Promise<boolean>>> = {
  async 'forgets-tokens'(emulator) {
    const { first, again } = await twice(emulator);
    const created = createdIn(await ledger(emulator));
    return first.text !== again.text && created.length === 6;
  },
  async 'races-duplicates'(emulator) {
    const call = { body: body(contacts(1), 't') };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(emulator, call)));
    return new Set(answers.map((answer) => answer.text)).size > 1;
  },
  async 'replay-new-ids'(emulator) {
    const { first, again } = await twice(emulator);
    const created = createdIn(await ledger(emulator));
    return first.text !== again.text && created.length === 3;
  },
  async 'swaps-identifiers'(emulator) {
    const { first } = await twice(emulator);
    const right = (await ledger(emulator)).filter((line) => line.type === 'contact');
    return first.lists.SuccessfulRequestList.some(({ RequestIdentifier, ContactId }) =>
      right.some(
        (line) => line.requestIdentifier === RequestIdentifier && line.contactId !== ContactId,
      ),
    );
  },
  async 'creates-on-refusal'(emulator) {
    await send(emulator, { body: body(contacts(1), 't') });
    const { status } = await send(emulator, { body: body(contacts(2), 't') });
    return status === 409 && createdIn(await ledger(emulator)).length > 1;
  },
  async 'ignores-payload'(emulator) {
    const first = await send(emulator, { body: body(contacts(1), 't') });
    const other = await send(emulator, { body: body(contacts(2), 't') });
    return other.status === 200 && other.text === first.text;
  },
  async 'drops-item'(emulator) {
    const { first } = await twice(emulator);
    return first.contactIds.length === 2;
  },
  async 'answers-twice'(emulator) {
    const { first } = await twice(emulator);
    const [failed] = first.lists.FailedRequestList;
    return failed?.RequestIdentifier === 'item-0' && first.contactIds.length === 3;
  },
  async 'accepts-bad-signature'(emulator) {
    const { status } = await send(emulator, { body: body(contacts(1)), secret: 'wrong' });
    return status === 200;
  },
  async 'counts-items'(emulator) {
    await control(emulator, 'PUT', '/bucket', { tokens: 15, frozen: true });
    await send(emulator, { body: body(contacts(20)) });
    return (await send(emulator, { body: body(contacts(1)) })).status === 429;
  },
  async 'larger-burst'(emulator) {
    await control(emulator, 'PUT', '/bucket', { tokens: 99 });
    await send(emulator, { body: body(contacts(1)) });
    const metrics = await control(emulator, 'GET', '/metrics');
    return metrics.includes('dialproof_bucket_tokens{operation="BatchPutContact"} 16\n');
  },
  async 'shared-bucket'(emulator) {
    const key = emulator.credentials.otherAccount;
    if (!key) throw new Error('the emulator has no key of another account');
    const calls = Array.from({ length: 40 }, () => send(emulator, { key, body: '{}' }));
    await Promise.all(calls);
    return (await send(emulator, { body: body(contacts(1)) })).status === 429;
  },
  async 'wrong-code'(emulator) {
    const { codes } = await send(emulator, { body: body([contact(1, { QueueId: 'none' })]) });
    return codes[0] === 'INTERNAL_ERROR';
  },
  async 'reuses-contact-ids'(emulator) {
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      ids.push(...(await send(emulator, { body: body(contacts(20), `t${i}`) })).contactIds);
    }
    return ids.length === 60 && new Set(ids).size === 59;
  },
  async 'refuses-replays'(emulator) {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      statuses.push((await send(emulator, { body: body(contacts(1), 't') })).status);
    }
    return statuses.join() === '200,200,200,409';
  },
  async 'refuses-new-tokens'(emulator) {
    const statuses: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      statuses.push((await send(emulator, { body: body(contacts(1), `t${i}`) })).status);
    }
    const again = await send(emulator, { body: body(contacts(1), 't19') });
    return statuses.filter((status) => status === 200).length === 19 && again.status === 200;
  },
  async 'swaps-stored-identifiers'(emulator) {
    const { first } = await twice(emulator);
    const lines = await ledger(emulator);
    return first.lists.SuccessfulRequestList.some(({ RequestIdentifier, ContactId }) =>
      lines.some(
        (line) => line.contactId === ContactId && line.requestIdentifier !== RequestIdentifier,
      ),
    );
  },
  async 'creates-unasked'(emulator) {
    for (let i = 0; i < 20; i += 1) await send(emulator, { body: body(contacts(2), `t${i}`) });
    const lines = await ledger(emulator);
    return (
      lines.filter((line) => line.type === 'contact' && line.clientToken === null).length === 1
    );
  },
  async 'loses-acknowledged'(emulator) {
    const acknowledged: string[] = [];
    for (let i = 0; i < 50; i += 1) {
      acknowledged.push(...(await send(emulator, { body: body(contacts(1), `t${i}`) })).contactIds);
    }
    const created = createdIn(await ledger(emulator));
    return acknowledged.length === 50 && created.length === 49;
  },
};

const OF_THE_QUOTA: readonly WireBug[] = ['larger-burst', 'shared-bucket'];

const profileOf = (bug: WireBug) =>
  OF_THE_QUOTA.includes(bug) ? ({ profile: 'aws' } as const) : {};

describe.each(WIRE_BUGS)('%s', (bug) => {
  it('shows when it is on', () =>
    withEmulator({ bugs: [bug], ...profileOf(bug) }, async (emulator) => {
      expect(await SHOWS[bug](emulator)).toBe(true);
    }));

  it('does not show when it is off', () =>
    withEmulator(profileOf(bug), async (emulator) => {
      expect(await SHOWS[bug](emulator)).toBe(false);
    }));
});
