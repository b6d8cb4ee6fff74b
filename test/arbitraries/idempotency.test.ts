/** The laws of ClientTokens as a model: any sequence of calls, against a service in this process. */

import * as fc from 'fast-check';
import type { BugName } from '../../emulator/bugs/bugs.ts';
import type { Service } from '../../emulator/call/service.ts';
import { createService } from '../../emulator/emulator.ts';
import {
  type Answer,
  body,
  contact,
  contacts,
  factsWith,
  run,
  stoppedClock,
} from '../emulator/fixtures.ts';

const LIFETIME_SECONDS = 60;

/** Batches that say different things; the last one has an item that fails. */
const BATCHES = [contacts(1), contacts(2), [contact(0, { QueueId: 'none' }), contact(1)]];
/** Tokens are case-sensitive; "" and none at all are no token. */
const TOKENS = ['t', 'T', 'another', '', undefined] as const;
const REFUSALS = [
  { call: { secret: 'wrong' }, status: 403, facts: {} },
  { call: { target: '/contact/batch/none' }, status: 404, facts: {} },
  { call: { body: '{"ContactDataRequestList":[]}' }, status: 400, facts: {} },
  { call: {}, status: 429, facts: { outage: 'LimitExceededException' } },
  { call: {}, status: 500, facts: { outage: 'InternalServiceException' } },
] as const;

/** What a faultless service remembers. */
interface Model {
  readonly answered: Map<string, { batch: number; at: number; answer: Answer }>;
  readonly contactIds: Set<string>;
}

interface Real {
  readonly service: Service;
  readonly clock: ReturnType<typeof stoppedClock>;
}

type Law = fc.AsyncCommand<Model, Real>;

class Put implements Law {
  readonly token: (typeof TOKENS)[number];
  readonly batch: number;

  constructor(token: (typeof TOKENS)[number], batch: number) {
    this.token = token;
    this.batch = batch;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { service, clock }: Real): Promise<void> {
    const answer = await run(service, { body: body(BATCHES[this.batch] ?? [], this.token) });
    const before = this.token ? model.answered.get(this.token) : undefined;
    const remembered = before && clock.now() - before.at < LIFETIME_SECONDS * 1_000 ? before : null;
    if (remembered && remembered.batch !== this.batch) {
      expect(answer).toMatchObject({ status: 409, error: 'IdempotencyException' });
    } else if (remembered) {
      expect(answer.lists).toEqual(remembered.answer.lists);
      expect(answer.headers['x-amzn-requestid']).not.toBe(
        remembered.answer.headers['x-amzn-requestid'],
      );
    } else {
      expect(answer.status).toBe(200);
      for (const id of answer.contactIds) {
        expect(model.contactIds).not.toContain(id);
        model.contactIds.add(id);
      }
      if (this.token) {
        model.answered.set(this.token, { batch: this.batch, at: clock.now(), answer });
      }
    }
    await expectContacts(model, service);
  }

  toString(): string {
    return `put(batch ${this.batch}, token ${JSON.stringify(this.token)})`;
  }
}

class Refused implements Law {
  readonly token: string;
  readonly kind: number;

  constructor(token: string, kind: number) {
    this.token = token;
    this.kind = kind;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { service }: Real): Promise<void> {
    const { call, status, facts } = REFUSALS[this.kind] ?? REFUSALS[0];
    const ordinary = service.facts;
    service.facts = { ...ordinary, ...facts };
    const answer = await run(service, { body: body(contacts(1), this.token), ...call });
    service.facts = ordinary;
    expect(answer.status).toBe(status);
    await expectContacts(model, service);
  }

  toString(): string {
    return `refused(${REFUSALS[this.kind]?.status}, token ${JSON.stringify(this.token)})`;
  }
}

class Wait implements Law {
  readonly seconds: number;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  check(): boolean {
    return true;
  }

  async run(_: Model, { clock }: Real): Promise<void> {
    clock.forward(this.seconds * 1_000);
  }

  toString(): string {
    return `wait(${this.seconds} s)`;
  }
}

const laws = fc.commands(
  [
    fc.tuple(fc.constantFrom(...TOKENS), fc.nat(BATCHES.length - 1)).map((x) => new Put(...x)),
    fc.tuple(fc.constantFrom('t', 'T'), fc.nat(REFUSALS.length - 1)).map((x) => new Refused(...x)),
    fc.constantFrom(1, LIFETIME_SECONDS - 1, LIFETIME_SECONDS).map((x) => new Wait(x)),
  ],
  { maxCommands: 30 },
);

/** Exactly the contacts that were answered are there: nothing lost, nothing beside them. */
async function expectContacts({ contactIds }: Model, { store }: Service): Promise<void> {
  const there: string[] = [];
  for await (const { results } of store.batches()) {
    for (const result of results) if ('contactId' in result) there.push(result.contactId);
  }
  expect(there.sort()).toEqual([...contactIds].sort());
}

function lawsHold(bugs: readonly BugName[]) {
  return fc.asyncProperty(laws, async (commands) => {
    await fc.asyncModelRun(() => {
      const clock = stoppedClock();
      const facts = factsWith({ tokenLifetimeSeconds: LIFETIME_SECONDS });
      const service = createService({ profile: 'stress', clock, facts, bugs });
      return {
        model: { answered: new Map(), contactIds: new Set<string>() },
        real: { service, clock },
      };
    }, commands);
  });
}

test('no sequence of calls breaks a law', async () => {
  await fc.assert(lawsHold([]), { seed: 42, numRuns: 100 });
});

test.each<[BugName, number]>([
  ['forgets-tokens', 2],
  ['replay-new-ids', 2],
  ['ignores-payload', 2],
  ['creates-on-refusal', 2],
])('the bug %s is found, and shrunk to %d calls', async (bug, calls) => {
  const said = await fc.check(lawsHold([bug]), { seed: 42, numRuns: 100 });
  expect(said.failed).toBe(true);
  expect(String(said.counterexample?.[0]).match(/put\(/g)).toHaveLength(calls);
});
