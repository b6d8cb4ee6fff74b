/** Every choice bites: its default and its other values give different answers. */

import { createService } from '../../emulator/emulator.ts';
import { CHOICES, type Choices } from '../../operation/connect/choices.ts';
import { INJECTED_NUMBERS } from '../../operation/connect/facts.ts';
import { body, type Call, contact, contacts, factsWith, run, stoppedClock } from './fixtures.ts';

/** A service with one choice made otherwise, and its quota on. */
function choosing(choices: Partial<Choices>) {
  const clock = stoppedClock();
  const service = createService({ clock, facts: factsWith(choices) });
  return { clock, service, call: (call: Call) => run(service, call) };
}

const ONE: Call = { body: body(contacts(1)) };

/** A contact whose attributes have so many bytes: two of the keys, two of the é, the rest of the x. */
const ofBytes = (bytes: number) => contact(1, { Attributes: { a: 'x'.repeat(bytes - 4), b: 'é' } });
const fits = ofBytes(32_768);
const oversize = ofBytes(32_769);

const TESTS: Readonly<Record<keyof Choices, () => Promise<void>>> = {
  async emptyLists() {
    const present = await choosing({}).call(ONE);
    expect(JSON.parse(present.text)).toHaveProperty('FailedRequestList', []);
    const omitted = choosing({ emptyLists: 'omitted' });
    expect(Object.keys(JSON.parse((await omitted.call(ONE)).text))).toEqual([
      'SuccessfulRequestList',
    ]);
    expect(Object.keys(JSON.parse((await omitted.call({ body: body([{}]) })).text))).toEqual([
      'FailedRequestList',
    ]);
  },

  async diallableTypes() {
    const mail = contact(1, {
      CustomerEndpoint: { Type: 'EMAIL_ADDRESS', Address: 'a@example.com' },
    });
    const call = { body: body([mail]) };
    expect((await choosing({}).call(call)).codes).toEqual(['INVALID_CUSTOMER_ENDPOINT']);
    const dialled = await choosing({ diallableTypes: ['EMAIL_ADDRESS'] }).call(call);
    expect(dialled).toMatchObject({ status: 200, codes: [] });
  },

  async equalDuplicates() {
    const twice = { body: body([contact(1), contact(1)]) };
    expect((await choosing({}).call(twice)).codes).toEqual(['IDEMPOTENCY_EXCEPTION']);
    const allowing = choosing({ equalDuplicates: 'allow' });
    expect((await allowing.call(twice)).contactIds).toHaveLength(2);
    const unequal = { body: body([contact(1), contact(1, { Attributes: {} })]) };
    expect((await allowing.call(unequal)).codes).toEqual(['IDEMPOTENCY_EXCEPTION']);
  },

  async oversizeAttributes() {
    const call = { body: body([oversize]) };
    const refused = await choosing({}).call(call);
    expect(refused).toMatchObject({ status: 400, error: 'InvalidRequestException' });
    expect(refused.message).toContain('contactDataRequestList.1.member.attributes');
    expect(await choosing({}).call({ body: body([fits]) })).toMatchObject({
      status: 200,
      codes: [],
    });
    const { codes } = await choosing({ oversizeAttributes: 'fail-item' }).call(call);
    expect(codes).toEqual(['INVALID_ATTRIBUTE_KEY']);
  },

  async throttleError() {
    for (const throttleError of [
      'TooManyRequestsException',
      'ThrottlingException',
      'LimitExceededException',
    ] as const) {
      const { call } = choosing({ throttleError });
      for (let i = 0; i < 15; i += 1) expect((await call(ONE)).status).toBe(200);
      expect(await call(ONE)).toMatchObject({ status: 429, error: throttleError });
    }
  },

  async bucketRefill() {
    const admittedAfter = async (refill: Choices['bucketRefill'], milliseconds: number) => {
      const { call, clock } = choosing({ bucketRefill: refill });
      for (let i = 0; i < 15; i += 1) await call(ONE);
      clock.forward(milliseconds);
      let admitted = 0;
      while ((await call(ONE)).status === 200) admitted += 1;
      return admitted;
    };
    expect(await admittedAfter('continuous', 500)).toBe(5);
    expect(await admittedAfter('per-second', 999)).toBe(0);
    expect(await admittedAfter('per-second', 1000)).toBe(10);
  },

  async inFlightDuplicate() {
    const statuses = async (inFlightDuplicate: Choices['inFlightDuplicate']) => {
      const { service, call } = choosing({ inFlightDuplicate });
      service.gate.close();
      const both = [1, 2].map(() => call({ body: body(contacts(1), 't') }));
      // The refused one answers with the gate still closed; only then is it opened for the other.
      if (inFlightDuplicate === 'refuse') await Promise.race(both);
      service.gate.open();
      return (await Promise.all(both)).map((answer) => answer.status).sort();
    };
    expect(await statuses('wait')).toEqual([200, 200]);
    expect(await statuses('refuse')).toEqual([200, 409]);
  },

  async replayMode() {
    const number = INJECTED_NUMBERS.INTERNAL_ERROR;
    const item = contact(1, { CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: number } });
    const replay = async (replayMode: Choices['replayMode']) => {
      const { service, call } = choosing({ replayMode });
      await call({ body: body([item], 't') });
      service.facts = { ...service.facts, injected: {} };
      return call({ body: body([item], 't') });
    };
    expect((await replay('whole')).codes).toEqual(['INTERNAL_ERROR']);
    expect(await replay('rerun-retryable')).toMatchObject({ status: 200, codes: [] });
  },

  async tokenLifetimeSeconds() {
    const { call, clock } = choosing({ tokenLifetimeSeconds: 2 });
    const ids = [];
    for (let second = 0; second < 3; second += 1) {
      ids.push((await call({ body: body(contacts(1), 't') })).contactIds[0]);
      clock.forward(1000);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  },

  async clockSkewSeconds() {
    const { call, clock } = choosing({ clockSkewSeconds: 90 });
    const old = (seconds: number) => call({ ...ONE, at: clock.now() - seconds * 1000 });
    expect((await old(90)).status).toBe(200);
    const refused = await old(91);
    expect(refused).toMatchObject({ status: 403, error: 'InvalidSignatureException' });
    expect(refused.message).toMatch(/ - 90 sec\.\)$/);
  },

  async maxBodyBytes() {
    const call = { body: body(contacts(25)) };
    expect((await choosing({}).call(call)).status).toBe(200);
    expect((await choosing({ maxBodyBytes: Buffer.byteLength(call.body) }).call(call)).status).toBe(
      200,
    );
    const { status } = await choosing({ maxBodyBytes: Buffer.byteLength(call.body) - 1 }).call(
      call,
    );
    expect(status).toBe(413);
  },

  async retryAfterSeconds() {
    const throttled = async (retryAfterSeconds: number) => {
      const { call } = choosing({ retryAfterSeconds });
      for (let i = 0; i < 15; i += 1) {
        expect((await call(ONE)).headers).not.toHaveProperty('retry-after');
      }
      return (await call(ONE)).headers['retry-after'];
    };
    expect(await throttled(0)).toBeUndefined();
    expect(await throttled(7)).toBe('7');
  },

  async signatureMessage() {
    const wrong = { ...ONE, secret: 'wrong' };
    const short = await choosing({}).call(wrong);
    expect(short.message).toMatch(/Consult the service documentation for details\.$/);
    const { status, message } = await choosing({ signatureMessage: 'canonical' }).call(wrong);
    expect(status).toBe(403);
    expect(message).toMatch(
      /details\.\n\nThe Canonical String for this request should have been\n'PUT\n[^']+'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n/,
    );
    expect(await choosing({ signatureMessage: 'canonical' }).call(ONE)).toMatchObject({
      status: 200,
    });
  },
};

it.each(Object.keys(CHOICES) as (keyof Choices)[])('%s', (name) => TESTS[name]());
