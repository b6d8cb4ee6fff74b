/** The contract of contact events: written with Pact's message API, and verified against events of the emulator. */

import { join } from 'node:path';
import { EVENT_MESSAGES, EVENT_PARTIES, exampleOf } from '../../contracts/events/messages.ts';
import { mutateEvents } from '../../contracts/events/mutate-events.ts';
import type { GivenEvent } from '../../contracts/events/provoke-events.ts';
import { runEventContract } from '../../contracts/events/run-events.ts';
import { verifyEvents } from '../../contracts/events/verify-events.ts';
import { writeEventPact } from '../../contracts/events/write-events.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { choose } from '../../operation/connect/choices.ts';
import { CONTACT_STAGES } from '../../operation/connect/contact/life.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { ContractsResult } from '../../run/run.ts';
import { goldenText } from '../support/golden.ts';
import { tempDir } from '../support/temp-dir.ts';
import { changesOf, committedForm, committedPact, wholePact } from './committed-pact.ts';

const COMMITTED = committedPact({ parties: EVENT_PARTIES });

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
afterAll(() => emulator.close());

const verify = (change?: (event: GivenEvent, description: string) => unknown) =>
  verifyEvents(COMMITTED, { ...emulator, ...emulator.credentials }, change);

it('every event type has a message, and no two have the same description', () => {
  expect(new Set(EVENT_MESSAGES.map(({ type }) => type))).toEqual(new Set(CONTACT_STAGES));
  expect(new Set(EVENT_MESSAGES.map(({ description }) => description)).size).toBe(
    EVENT_MESSAGES.length,
  );
});

it('the pact that a handler writes is the committed one: else read what UPDATE_GOLDEN=1 makes of it', async () => {
  const given: unknown[] = [];
  const file = await writeEventPact(join(tempDir(), 'pact'), (event) => given.push(event));
  const written = wholePact(file);
  goldenText(COMMITTED, committedForm(written));
  expect(changesOf(wholePact(COMMITTED), written)).toEqual([]);
  expect(given).toHaveLength(EVENT_MESSAGES.length);
  for (const [i, message] of EVENT_MESSAGES.entries()) {
    expect(exampleOf(message)).toMatchObject({ detail: { eventType: message.type } });
    expect(given[i]).toMatchObject({ source: 'aws.connect', detail: { eventType: message.type } });
  }
});

it('a message is not written if the handler throws', async () => {
  const writing = writeEventPact(join(tempDir(), 'pact'), () => {
    throw new Error('the handler knows no such event');
  });
  await expect(writing).rejects.toThrow('the handler knows no such event');
});

it('the emulator gives the events of the pact', async () => {
  const verdicts = await verify();
  expect(verdicts.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(verdicts).toHaveLength(EVENT_MESSAGES.length);
});

describe('noticed in every message that has it:', () => {
  type Members = Record<string, unknown>;
  const detailOf = (event: GivenEvent) => event.detail as Members;
  const inDetail = (change: (detail: Members) => void) => (event: GivenEvent) => {
    const copy = structuredClone(event);
    change(detailOf(copy));
    return copy;
  };
  const without = (...names: string[]) =>
    inDetail((detail) => {
      for (const name of names) delete detail[name];
    });

  /** Half of the messages get a change, and the other half another: each needs a run of the verifier. */
  it.each<[string, (event: GivenEvent) => unknown, (event: GivenEvent) => boolean]>([
    ['another source', (event) => ({ ...event, source: 'aws.other' }), () => true],
    ['no contactId', without('contactId'), () => true],
    [
      'a moment in seconds',
      inDetail((d) => Object.assign(d, { initiationTimestamp: 1 })),
      () => true,
    ],
    [
      'no status, reason, queue, agent or list of properties',
      without(
        'answeringMachineDetectionStatus',
        'disconnectReason',
        'queueInfo',
        'agentInfo',
        'updatedProperties',
      ),
      (event) =>
        [
          'answeringMachineDetectionStatus',
          'disconnectReason',
          'queueInfo',
          'agentInfo',
          'updatedProperties',
        ].some((name) => name in detailOf(event)),
    ],
  ])('%s', async (_, change, applies) => {
    const changed = new Set<string>();
    const verdicts = await verify((event, description) => {
      if (!applies(event)) return event;
      changed.add(description);
      return change(event);
    });
    expect(changed.size).toBeGreaterThan(5);
    for (const { description, verdict } of verdicts) {
      expect([description, verdict]).toEqual([
        description,
        changed.has(description) ? 'fail' : 'pass',
      ]);
    }
  });
});

describe('as a part of a run', () => {
  const run = (more: Partial<Parameters<typeof runEventContract>[0]> = {}) =>
    runEventContract({
      pactDir: join(tempDir(), 'pacts'),
      target: { ...emulator, ...emulator.credentials },
      ...more,
    });
  const sides = ({ interactions }: ContractsResult) =>
    new Set(interactions.map(({ consumer, provider }) => `${consumer}, ${provider}`));

  it('passes with every message verified', async () => {
    const result = await run();
    expect(result).toMatchObject({
      ...{ name: 'ContactEvents', verdict: 'pass', coverage: [], mutation: null },
      pactFile: 'pacts/contact-event-handler-dialproof-emulator.json',
    });
    expect(result.interactions).toHaveLength(EVENT_MESSAGES.length);
    expect(sides(result)).toEqual(new Set(['pass, pass']));
    expect(result.checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  it('fails with what the verifier says of an event', async () => {
    const description = EVENT_MESSAGES[0]?.description;
    const { verdict, interactions } = await run({
      change: (event, of) => (of === description ? { ...event, source: 'aws.other' } : event),
    });
    const failed = interactions.filter(({ provider }) => provider === 'fail');
    expect({ verdict, failed: failed.map((one) => one.description) }).toEqual({
      verdict: 'fail',
      failed: [description],
    });
    expect(JSON.stringify(failed[0]?.detail)).toContain('aws.other');
  });

  it('is not exercised where it did not run', async () => {
    const early = await run({ signal: AbortSignal.abort() });
    expect(early.verdict).toBe('not exercised');
    expect(sides(early)).toEqual(new Set(['not exercised, not exercised']));
    const silent = await startEmulator({ campaignChoices: { concurrentCalls: 0 } });
    const target = { ...silent, ...silent.credentials };
    const nobody = await run({ target }).finally(() => silent.close());
    expect(nobody.verdict).toBe('not exercised');
    expect(sides(nobody)).toEqual(new Set(['pass, not exercised']));
    expect(nobody.interactions[0]?.detail).toMatchObject({
      kind: 'state refused',
      why: 'campaigns may call nobody: the choice concurrentCalls is 0',
    });
  });

  it('does not hang on an emulator that holds one dial request, or that dials no numbers', async () => {
    const narrow = await startEmulator({
      campaignChoices: { pendingLimit: 1 },
      facts: ordinaryFacts({ choices: choose({ diallableTypes: ['VOIP'] }) }),
    });
    const target = { ...narrow, ...narrow.credentials };
    const result = await run({ target }).finally(() => narrow.close());
    expect(result.verdict).toBe('pass');
  });
});

it('members that nobody knows are allowed', async () => {
  const verdicts = await verify((event) => ({
    ...event,
    new: 1,
    detail: { ...event.detail, new: {} },
  }));
  expect(verdicts.every(({ verdict }) => verdict === 'pass')).toBe(true);
});

/**
 * What a handler must cope with, because it is no fault of an event: members that it does not know, and other ids,
 * alone or in ARNs. Names of properties are not published.
 */
const ALLOWED =
  /: (member more|another UUID)$|Id: no UUID$|(Arn|resources\[\*\]): another text$|updatedProperties\[\*\]: (another text|empty)$/;

it('every other change of an event in one place is noticed', async () => {
  const { mutants, noticed, survivors } = await mutateEvents(COMMITTED);
  expect(survivors.filter((survivor) => !ALLOWED.test(survivor))).toEqual([]);
  expect(mutants).toBeGreaterThan(500);
  expect(noticed / mutants).toBeGreaterThan(0.8);
});
