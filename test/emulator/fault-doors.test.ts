/** Faults from outside: by the control door, before real clients, and when the endpoint closes. */

import { BatchPutContactCommand, ConnectClient } from '@aws-sdk/client-connect';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import type { FaultKind } from '../../emulator/faults/kinds.ts';
import type { WrittenPlan } from '../../emulator/faults/plan.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import {
  body,
  type Call,
  contacts,
  control,
  ledger,
  PRINCIPAL,
  send,
  stats,
  until,
  withEmulator,
} from './fixtures.ts';

const ONE: Call = { body: body(contacts(1), 't') };
const THROTTLE: WrittenPlan = { faults: [{ fault: 'throttle' }] };

const state = async (emulator: RunningEmulator) =>
  JSON.parse(await control(emulator, 'GET', '/faults'));

describe('the control door', () => {
  it('puts a plan in, counts it, and takes it out again', () =>
    withEmulator({}, async (emulator) => {
      const none = { plan: { seed: 1, faults: [] }, requests: 0, applied: {} };
      expect(await state(emulator)).toEqual(none);
      await send(emulator, ONE);
      const plan = { seed: 3, faults: [{ fault: 'throttle', when: { nth: [2] } }] };
      const read = JSON.parse(await control(emulator, 'PUT', '/faults', plan));
      expect(read).toEqual({ seed: 3, faults: [{ ...plan.faults[0], name: 'throttle' }] });
      const statuses = [];
      for (let i = 0; i < 3; i += 1) statuses.push((await send(emulator, ONE)).status);
      expect(statuses).toEqual([200, 429, 200]);
      expect(await state(emulator)).toEqual({ plan: read, requests: 3, applied: { throttle: 1 } });
      expect(await stats(emulator)).toMatchObject({ requests: 4, faults: { throttle: 1 } });
      await control(emulator, 'PUT', '/faults', {});
      expect(await state(emulator)).toEqual(none);
      expect(await stats(emulator)).toMatchObject({ faults: {} });
    }));

  it('refuses a plan that cannot be read, and keeps the one there', () =>
    withEmulator({ faults: THROTTLE }, async (emulator) => {
      const refused = control(emulator, 'PUT', '/faults', { faults: [{ fault: 'flood' }] });
      await expect(refused).rejects.toThrow('400 {"message":"faults[0].fault must be one of');
      expect((await send(emulator, ONE)).status).toBe(429);
    }));

  it('POST /reset starts the first plan afresh, and ends the waits that are on', () =>
    withEmulator({ faults: THROTTLE }, async (emulator) => {
      await send(emulator, ONE);
      await control(emulator, 'PUT', '/faults', { faults: [{ fault: 'latency', ms: 600_000 }] });
      const call = send(emulator, ONE);
      await until(async () => (await stats(emulator)).paused === 1);
      await control(emulator, 'POST', '/reset');
      await call;
      expect((await state(emulator)).applied).toEqual({ throttle: 0 });
      expect((await send(emulator, ONE)).status).toBe(429);
    }));
});

describe('closing', () => {
  // Each wait is longer than a test may take, so a close that waited would fail.
  it.each<NonNullable<WrittenPlan['faults']>[number]>([
    { fault: 'latency', ms: 600_000 },
    { fault: 'late-reply', ms: 600_000 },
    { fault: 'slow-reply', bytesPerSecond: 1 },
  ])('ends the wait of $fault, and its call is answered', async (fault) => {
    const emulator = await startEmulator({ profile: 'stress', faults: { faults: [fault] } });
    const call = send(emulator, { body: body(contacts(25), 't') });
    await until(async () => (await stats(emulator)).paused === 1);
    await emulator.close();
    expect((await call).contactIds).toHaveLength(25);
  });
});

describe('the AWS SDK', () => {
  const sdk = (emulator: RunningEmulator) =>
    new ConnectClient({
      endpoint: emulator.url,
      region: 'us-east-1',
      credentials: PRINCIPAL,
      maxAttempts: 3,
    });
  const command = () =>
    new BatchPutContactCommand({
      InstanceId: ORDINARY_INSTANCE.id,
      ContactDataRequestList: contacts(3) as never,
    });

  it.each<[FaultKind, object]>([
    ['drop-on-arrival', {}],
    ['load-balancer-error', {}],
    ['clock-skew', { seconds: 1200 }],
    ['throttle', {}],
    ['limit-exceeded', {}],
    ['service-unavailable', {}],
    ['error-before-commit', {}],
    ['drop-before-commit', {}],
    ['error-after-commit', {}],
    ['drop-after-commit', {}],
    ['drop-after-commit', { with: 'reset' }],
    ['half-reply', {}],
  ])('gets its contacts after one %s %j, each once', async (fault, members) => {
    // The endpoint that is wrong about the time stays so: the client goes by its Date.
    const when = fault === 'clock-skew' ? {} : { nth: [1] };
    const faults = { faults: [{ fault, when, ...members }] } as WrittenPlan;
    await withEmulator({ faults }, async (emulator) => {
      const client = sdk(emulator);
      try {
        const { SuccessfulRequestList = [], $metadata } = await client.send(command());
        expect($metadata.attempts).toBe(2);
        const lines = await ledger(emulator);
        const created = lines.filter((line) => line.type === 'contact');
        expect(SuccessfulRequestList.map(({ ContactId }) => ContactId)).toEqual(
          created.map(({ contactId }) => contactId),
        );
        expect(created).toHaveLength(3);
        const bitten = (await stats(emulator)).faults[fault];
        expect(bitten).toBe(fault === 'clock-skew' ? 2 : 1);
      } finally {
        client.destroy();
      }
    });
  });
});
