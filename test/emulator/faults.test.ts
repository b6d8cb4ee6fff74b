/** Every kind of fault applied where its row says, and leaves the ledger as its row says. */

import type { Service } from '../../emulator/call/service.ts';
import { createService, type RunningEmulator } from '../../emulator/emulator.ts';
import { FAULT_KINDS, type FaultKind } from '../../emulator/faults/kinds.ts';
import type { WrittenPlan } from '../../emulator/faults/plan.ts';
import type { Outage } from '../../operation/aws/definition/facts.ts';
import {
  body,
  type Call,
  contacts,
  control,
  factsWith,
  ledger,
  run,
  send,
  stoppedClock,
  withEmulator,
} from './fixtures.ts';

type WrittenFault = NonNullable<WrittenPlan['faults']>[number];

const FIRST = { nth: [1] };
const ONE: Call = { body: body(contacts(1)) };
const TOKEN: Call = { body: body(contacts(3), 't') };

/** A service with faults on a clock that stands, and its waits: how long, with how much stored by then. */
function faulty(...faults: WrittenFault[]) {
  const clock = stoppedClock();
  const waits: { ms: number; stored: number }[] = [];
  const service: Service = {
    ...createService({ clock, faults: { faults } }),
    pauses: {
      waiting: 0,
      async wait(ms) {
        // A turn, in which a call that did not wait would commit.
        await new Promise((resolve) => setImmediate(resolve));
        waits.push({ ms, stored: await storedIn(service) });
      },
      release() {},
      close() {},
    },
  };
  return { clock, service, waits, call: (call: Call) => run(service, call) };
}

async function storedIn({ store }: Service): Promise<number> {
  let stored = 0;
  for await (const { results } of store.batches()) {
    for (const result of results) if ('contactId' in result) stored += 1;
  }
  return stored;
}

/** Bites of the one fault that is on. */
const applied = ({ faults }: Service) => Object.values(faults?.applied ?? {})[0];

/** A refusal at the end of a call that is otherwise good, and what it leaves behind. */
async function refuses(fault: WrittenFault, status: number, error: Outage, stored: number) {
  const { service, call } = faulty({ ...fault, when: FIRST });
  expect(await call(TOKEN)).toMatchObject({ status, error });
  expect(await storedIn(service)).toBe(stored);
  const again = await call(TOKEN);
  expect(again.contactIds).toHaveLength(3);
  expect(await storedIn(service)).toBe(3);
  expect(service.stats).toMatchObject({ contacts: 3, replays: stored === 0 ? 0 : 1 });
  expect(applied(service)).toBe(1);
}

/** What a client whose connection ends early is told, and what came before that. */
async function lost(emulator: RunningEmulator, call: Call): Promise<string> {
  return send(emulator, call).then(
    ({ status }) => `answered ${status}`,
    (error: NodeJS.ErrnoException) => `${error.code}: ${error.message}`,
  );
}

/** A lost connection and what it leaves behind. */
async function drops(fault: FaultKind, stored: number) {
  for (const [how, told] of [
    ['close', 'ECONNRESET: socket hang up'],
    ['reset', 'ECONNRESET: read ECONNRESET'],
  ]) {
    const faults = [{ fault, with: how, when: FIRST } as WrittenFault];
    await withEmulator({ faults: { faults } }, async (emulator) => {
      expect(await lost(emulator, TOKEN)).toBe(told);
      const before = await ledger(emulator);
      expect(before.filter((line) => line.type === 'contact')).toHaveLength(stored);
      const again = await send(emulator, TOKEN);
      const ids = (await ledger(emulator)).flatMap((line) => line.contactId ?? []);
      expect(again.contactIds).toEqual(ids);
      expect(ids).toHaveLength(3);
    });
  }
}

const TESTS: Readonly<Record<FaultKind, () => Promise<void>>> = {
  async latency() {
    const { waits, call } = faulty({ fault: 'latency', ms: 70 });
    expect((await call(ONE)).status).toBe(200);
    expect(waits).toEqual([{ ms: 70, stored: 0 }]);
  },

  async 'late-reply'() {
    const { waits, call } = faulty({ fault: 'late-reply', ms: 70 });
    expect((await call(ONE)).status).toBe(200);
    expect(waits).toEqual([{ ms: 70, stored: 1 }]);
  },

  'drop-on-arrival': () => drops('drop-on-arrival', 0),

  async 'load-balancer-error'() {
    for (const [status, title] of [
      [502, '502 Bad Gateway'],
      [503, '503 Service Temporarily Unavailable'],
      [504, '504 Gateway Time-out'],
    ] as const) {
      const { service, call } = faulty({ fault: 'load-balancer-error', status, when: FIRST });
      const page = await call(TOKEN);
      expect(page).toMatchObject({ status, error: undefined });
      expect(page.headers).toEqual({ server: 'awselb/2.0', 'content-type': 'text/html' });
      expect(page.text).toContain(`<title>${title}</title>`);
      expect(await storedIn(service)).toBe(0);
      expect((await call(TOKEN)).status).toBe(200);
    }
  },

  async 'clock-skew'() {
    const off = async (seconds: number) =>
      withEmulator({ faults: { faults: [{ fault: 'clock-skew', seconds }] } }, async (emulator) => {
        const answer = await send(emulator, ONE);
        const shown = Date.parse(String(answer.headers.date)) - Date.now();
        expect(Math.abs(shown - seconds * 1000)).toBeLessThan(60_000);
        const at = Date.now() + seconds * 1000;
        expect((await send(emulator, { ...ONE, at })).status).toBe(200);
        return answer;
      });
    expect((await off(3600)).message).toMatch(/^Signature expired: /);
    expect((await off(-3600)).message).toMatch(/^Signature not yet current: /);
    expect((await off(200)).status).toBe(200);
  },

  async throttle() {
    const { service, call } = faulty({ fault: 'throttle', when: FIRST });
    expect(await call(TOKEN)).toMatchObject({ status: 429, error: 'TooManyRequestsException' });
    for (let i = 0; i < 15; i += 1) expect((await call(TOKEN)).status).toBe(200);
    expect((await call(TOKEN)).status).toBe(429);
    expect(applied(service)).toBe(1);
  },

  'limit-exceeded': () => refuses({ fault: 'limit-exceeded' }, 429, 'LimitExceededException', 0),

  'service-unavailable': () =>
    refuses({ fault: 'service-unavailable' }, 503, 'ServiceUnavailable', 0),

  'error-before-commit': () =>
    refuses({ fault: 'error-before-commit' }, 500, 'InternalServiceException', 0),

  'drop-before-commit': () => drops('drop-before-commit', 0),

  async 'fail-items'() {
    const call: Call = { body: body(contacts(25), 't') };
    for (const code of ['REQUEST_THROTTLED', 'INTERNAL_ERROR'] as const) {
      const some = faulty({ fault: 'fail-items', code, items: 0.4 });
      const { contactIds, codes, text } = await some.call(call);
      expect(new Set(codes)).toEqual(new Set([code]));
      expect(codes.length + contactIds.length).toBe(25);
      expect(await storedIn(some.service)).toBe(contactIds.length);
      expect((await some.call(call)).text).toBe(text);
      // The replay came to no items.
      expect(applied(some.service)).toBe(1);
      const all = faulty({ fault: 'fail-items', code });
      expect((await all.call(call)).codes).toHaveLength(25);
    }
    const none = faulty({ fault: 'fail-items', code: 'INTERNAL_ERROR', items: 0 });
    expect(await none.call(call)).toMatchObject({ status: 200, codes: [] });
    expect(applied(none.service)).toBe(0);
  },

  'error-after-commit': () =>
    refuses({ fault: 'error-after-commit' }, 500, 'InternalServiceException', 3),

  'drop-after-commit': () => drops('drop-after-commit', 3),

  async 'half-reply'() {
    const faults: WrittenFault[] = [
      { fault: 'half-reply', when: FIRST },
      { fault: 'half-reply', part: 0, when: { nth: [2] } },
    ];
    await withEmulator({ faults: { faults } }, async (emulator) => {
      expect(await lost(emulator, TOKEN)).toBe('ECONNRESET: aborted');
      expect(await lost(emulator, TOKEN)).toBe('ECONNRESET: aborted');
      expect((await send(emulator, TOKEN)).contactIds).toHaveLength(3);
      expect(await ledger(emulator)).toHaveLength(4);
    });
  },

  async 'slow-reply'() {
    const faults: WrittenFault[] = [{ fault: 'slow-reply', bytesPerSecond: 100_000 }];
    await withEmulator({ faults: { faults } }, async (emulator) => {
      const { headers, text, contactIds } = await send(emulator, TOKEN);
      expect(headers['content-length']).toBe(String(text.length));
      expect(contactIds).toHaveLength(3);
      expect(JSON.parse(await control(emulator, 'GET', '/faults')).applied).toEqual({
        'slow-reply': 1,
      });
    });
  },

  async 'retry-after'() {
    const { call } = faulty(
      { fault: 'retry-after', seconds: 3 },
      { fault: 'throttle', when: { nth: [1] } },
      { fault: 'load-balancer-error', when: { nth: [2] } },
    );
    expect((await call(ONE)).headers['retry-after']).toBe('3');
    expect((await call(ONE)).headers['retry-after']).toBe('3');
    expect((await call(ONE)).headers).not.toHaveProperty('retry-after');
    // In place of the one that the choice gives, not behind it.
    const facts = factsWith({ retryAfterSeconds: 9 });
    const faults: WrittenFault[] = [{ fault: 'throttle' }, { fault: 'retry-after', seconds: 3 }];
    await withEmulator({ facts, faults: { faults } }, async (emulator) => {
      expect((await send(emulator, ONE)).headers['retry-after']).toBe('3');
    });
  },

  async 'x-amz-retry-after'() {
    const { call, service } = faulty(
      { fault: 'x-amz-retry-after', ms: 250 },
      { fault: 'error-after-commit', when: FIRST },
    );
    expect((await call(ONE)).headers['x-amz-retry-after']).toBe('250');
    expect((await call(ONE)).headers).not.toHaveProperty('x-amz-retry-after');
    expect(applied(service)).toBe(1);
  },
};

it.each(FAULT_KINDS)('%s', (kind) => TESTS[kind]());

describe('faults together', () => {
  it('act each at its point: waits add up, headers join the error', async () => {
    const { call, service, waits } = faulty(
      { fault: 'latency', ms: 10 },
      { fault: 'latency', ms: 5 },
      { fault: 'late-reply', ms: 7 },
      { fault: 'error-after-commit' },
      { fault: 'retry-after', seconds: 1 },
      { fault: 'x-amz-retry-after', ms: 1000 },
    );
    const answer = await call(TOKEN);
    expect(answer).toMatchObject({ status: 500, error: 'InternalServiceException' });
    expect(answer.headers).toMatchObject({ 'retry-after': '1', 'x-amz-retry-after': '1000' });
    expect(waits.map(({ ms }) => ms)).toEqual([10, 5, 7]);
    expect(await storedIn(service)).toBe(3);
  });

  it('count only those whose point the request came to', async () => {
    const { call, service } = faulty(
      { fault: 'service-unavailable' },
      { fault: 'error-before-commit' },
      { fault: 'error-after-commit' },
      { fault: 'half-reply', when: { nth: [9] } },
    );
    expect((await call({ ...TOKEN, secret: 'wrong' })).status).toBe(403);
    expect((await call({ body: '{' })).status).toBe(400);
    expect((await call(TOKEN)).status).toBe(503);
    expect(service.faults).toMatchObject({
      requests: 3,
      applied: {
        'service-unavailable': 1,
        'error-before-commit': 0,
        'error-after-commit': 0,
        'half-reply': 0,
      },
    });
  });

  it('leave a conflict its 409: nothing was committed, and nothing will be', async () => {
    const { call, service } = faulty(
      { fault: 'error-before-commit', when: { nth: [2] } },
      { fault: 'error-after-commit', when: { nth: [2] } },
    );
    await call(TOKEN);
    expect((await call({ body: body(contacts(2), 't') })).status).toBe(409);
    expect(Object.values(service.faults?.applied ?? {})).toEqual([0, 0]);
  });

  it('of one kind the first acts; a drop goes before an error; several codes share the items', async () => {
    const { call, service } = faulty(
      { fault: 'load-balancer-error', status: 503 },
      { fault: 'load-balancer-error', status: 504 },
    );
    expect((await call(TOKEN)).status).toBe(503);
    expect(service.faults?.applied).toEqual({
      'load-balancer-error': 1,
      'load-balancer-error-2': 0,
    });

    const lost = faulty(
      { fault: 'error-after-commit' },
      { fault: 'drop-after-commit' },
      { fault: 'late-reply', ms: 5 },
      { fault: 'half-reply' },
    );
    expect((await lost.call(TOKEN)).status).toBe(0);
    expect(Object.values(lost.service.faults?.applied ?? {})).toEqual([0, 1, 0, 0]);

    const codes = faulty(
      { fault: 'fail-items', code: 'INTERNAL_ERROR', items: 0.5 },
      { fault: 'fail-items', code: 'REQUEST_THROTTLED' },
    );
    const answer = await codes.call({ body: body(contacts(25)) });
    expect(answer.codes).toHaveLength(25);
    expect(new Set(answer.codes)).toEqual(new Set(['INTERNAL_ERROR', 'REQUEST_THROTTLED']));
  });

  it('an equal call in flight is carried out when the first fails before its commit', async () => {
    const { call, service } = faulty(
      { fault: 'latency', ms: 0 },
      { fault: 'error-before-commit', when: FIRST },
    );
    const statuses = (await Promise.all([call(TOKEN), call(TOKEN)])).map(({ status }) => status);
    expect(statuses).toEqual([500, 200]);
    expect(await storedIn(service)).toBe(3);
  });
});
