/** What a store remembers, and until which millisecond, asked over the wire of each kind of store. */

import {
  type EmulatorOptions,
  type RunningEmulator,
  startEmulator,
} from '../../emulator/emulator.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import { INJECTED_NUMBERS, ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { emulatorStores } from './each-store.ts';
import {
  body,
  contact,
  contacts,
  control,
  factsWith,
  ledger,
  send,
  stats,
  stoppedClock,
  until,
} from './fixtures.ts';

describe.each(emulatorStores())('on the $kind store', ({ open }) => {
  let emulator: RunningEmulator;
  let clock: ReturnType<typeof stoppedClock>;

  /** Starts with nothing kept, and a clock that stands still: signatures are good for five minutes of it. */
  const start = async (choices: Partial<Choices>, options: EmulatorOptions = {}) => {
    clock = stoppedClock(Date.now());
    const facts = factsWith(choices);
    emulator = await startEmulator({
      profile: 'stress',
      facts,
      clock,
      ...options,
      ...(await open()),
    });
    await control(emulator, 'POST', '/reset');
  };
  afterEach(() => emulator.close());

  const put = (items: readonly unknown[], token?: string) =>
    send(emulator, { body: body(items, token) });
  const isKept = async (id = '') => {
    const target = `/contacts/${ORDINARY_INSTANCE.id}/${id}`;
    return (await send(emulator, { method: 'GET', target, body: '' })).status === 200;
  };

  it('a batch that is dropped leaves the newer record of its token alone', async () => {
    await start({ tokenLifetimeSeconds: 10 }, { retentionSeconds: 12 });
    const old = await put(contacts(1), 't');
    clock.forward(10_000);
    const newer = await put(contacts(2), 't');
    expect(newer.contactIds).toHaveLength(2);
    clock.forward(2_000);
    await put(contacts(1));
    expect(await isKept(old.contactIds[0])).toBe(false);
    expect((await put(contacts(2), 't')).text).toBe(newer.text);
    expect(await put(contacts(1), 't')).toMatchObject({ status: 409 });
    const tokens = (await ledger(emulator)).filter(({ type }) => type === 'token');
    expect(tokens).toMatchObject([{ clientToken: 't', requests: 2 }]);
  });

  it('a batch is kept until the last millisecond of its retention, with and without a token', async () => {
    await start({}, { retentionSeconds: 60 });
    const [named, nameless] = [await put(contacts(1), 't'), await put(contacts(1))];
    const ids = [named.contactIds[0], nameless.contactIds[0]];
    const kept = () => Promise.all(ids.map(isKept));
    clock.forward(59_999);
    await put(contacts(1));
    expect(await kept()).toEqual([true, true]);
    clock.forward(1);
    await put(contacts(1));
    expect(await kept()).toEqual([false, false]);
  });

  it('a batch committed while the clock was ahead does not keep the later ones for ever', async () => {
    await start({}, { retentionSeconds: 60 });
    await control(emulator, 'PUT', '/clock', { ahead: 604_800 });
    const ahead = await put(contacts(1), 'ahead');
    await control(emulator, 'PUT', '/clock', { ahead: 0 });
    const later = await put(contacts(1), 'later');
    clock.forward(59_999);
    await put(contacts(1));
    expect([await isKept(ahead.contactIds[0]), await isKept(later.contactIds[0])]).toEqual([
      true,
      true,
    ]);
    clock.forward(1);
    await put(contacts(1));
    expect([await isKept(ahead.contactIds[0]), await isKept(later.contactIds[0])]).toEqual([
      false,
      false,
    ]);
    expect((await ledger(emulator)).filter(({ type }) => type === 'contact')).toHaveLength(2);
  });

  it('a token is honoured until the last millisecond of its lifetime, however often it was replayed', async () => {
    await start({ tokenLifetimeSeconds: 60 });
    const first = await put(contacts(1), 't');
    clock.forward(30_000);
    expect((await put(contacts(1), 't')).text).toBe(first.text);
    clock.forward(29_999);
    expect((await put(contacts(1), 't')).text).toBe(first.text);
    expect(await put(contacts(2), 't')).toMatchObject({ status: 409 });
    expect(await ledger(emulator)).toMatchObject([{ requests: 3 }, {}]);
    clock.forward(1);
    const second = await put(contacts(2), 't');
    expect(second.contactIds).toHaveLength(2);
    expect(second.contactIds).not.toContain(first.contactIds[0]);
  });

  it('a rerun counts for its token, and does not prolong it', async () => {
    await start({ tokenLifetimeSeconds: 60, replayMode: 'rerun-retryable' });
    const calling = (n: number, Address: string) =>
      contact(n, { CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address } });
    const { INTERNAL_ERROR: lasting, REQUEST_THROTTLED: passing } = INJECTED_NUMBERS;
    const items = [calling(1, lasting), contact(2), calling(3, passing)];
    const first = await put(items, 't');
    expect(first.codes).toEqual(['INTERNAL_ERROR', 'REQUEST_THROTTLED']);
    await control(emulator, 'PUT', '/facts', { injected: { [passing]: null } });
    clock.forward(40_000);
    expect(await put([contact(2)], 't')).toMatchObject({ status: 409 });
    const rerun = await put(items, 't');
    expect(rerun.codes).toEqual(['INTERNAL_ERROR']);
    expect(rerun.contactIds).toEqual([first.contactIds[0], expect.any(String)]);
    await control(emulator, 'PUT', '/facts', { injected: { [lasting]: null } });
    expect((await put(items, 't')).contactIds).toEqual([expect.any(String), ...rerun.contactIds]);
    const [token] = await ledger(emulator);
    expect(token).toMatchObject({ type: 'token', requests: 3 });
    clock.forward(19_999);
    const last = await put(items, 't');
    expect(last.contactIds.slice(1)).toEqual(rerun.contactIds);
    clock.forward(1);
    const second = await put(items, 't');
    for (const id of second.contactIds) expect(last.contactIds).not.toContain(id);
  });

  it('an equal call in flight is refused where the choice says so, and another one always', async () => {
    await start({ inFlightDuplicate: 'refuse' });
    await control(emulator, 'PUT', '/gate', { closed: true });
    const first = put(contacts(1), 't');
    await until(async () => (await stats(emulator)).heldAtGate === 1);
    expect(await put(contacts(1), 't')).toMatchObject({ status: 409 });
    expect(await put(contacts(2), 't')).toMatchObject({ status: 409 });
    await control(emulator, 'PUT', '/gate', { closed: false });
    expect((await first).status).toBe(200);
    expect((await put(contacts(1), 't')).text).toBe((await first).text);
  });
});
