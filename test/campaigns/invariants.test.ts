/** Random stories break no rule of dial requests, with crashes at any moment. Engines with a defect break one. */

import * as fc from 'fast-check';
import { createEngine } from '../../campaigns/engine/create-engine.ts';
import { tempDir } from '../support/temp-dir.ts';
import { type CreateEngine, story, storyOfAgents, tell } from './chance.ts';
import { mutated } from './mutants.ts';

const dir = tempDir();

/** @returns the ends to which the stories come. */
function stories(create: CreateEngine, among = story) {
  const ends = new Set<string>();
  const property = fc.property(among, (one) => {
    for (const end of tell(create, one)) ends.add(end);
  });
  return { ends, property };
}

it('no story breaks a rule, and the stories come to every end', () => {
  const { ends, property } = stories(createEngine);
  fc.assert(property, { seed: 42, numRuns: 120 });
  const due = [
    'ANSWER_INCOMPLETE',
    'AGENT_DISCONNECT',
    'API',
    'CAMPAIGN_STOPPED',
    'CONTACT_FLOW_DISCONNECT',
    'CONTACT_REFUSED',
    'CUSTOMER_DISCONNECT',
    'Completed',
    'DISCARDED',
    'EXPIRED',
    'EXPIRED_BEFORE_CONTACT',
    'Failed',
    'INVALID_QUEUE',
    'INVALID_REQUEST',
    'OUTBOUND_ATTEMPT_FAILED',
    'OUTBOUND_DESTINATION_ENDPOINT_ERROR',
    'OUTBOUND_PREVIEW_DISCARDED',
    'OUTBOUND_RESOURCE_ERROR',
    'Running',
    'Stopped',
    'TELECOM_BUSY',
    'TELECOM_NUMBER_INVALID',
    'TELECOM_POTENTIAL_BLOCKING',
    'TELECOM_PROBLEM',
    'TELECOM_TIMEOUT',
    'TELECOM_UNANSWERED',
  ];
  expect(due.filter((end) => !ends.has(end))).toEqual([]);
});

it('no story of agents breaks a rule', () => {
  const { ends, property } = stories(createEngine, storyOfAgents);
  fc.assert(property, { seed: 42, numRuns: 60 });
  expect([...ends]).toEqual(expect.arrayContaining(['AGENT_DISCONNECT', 'EXPIRED']));
});

describe('is caught:', () => {
  it.each([
    [
      'dials after expiry',
      'dialling/dialler.ts',
      'if (endIfOver(state, kept, now)) continue;',
      '',
      /dialled after it expired/,
    ],
    [
      'dials while Paused',
      'dialling/dialler.ts',
      "home.campaign.state === 'Running' ? [home] : []",
      '[home]',
      /dialled while not Running/,
    ],
    [
      'new settings start a campaign',
      'engine/moves.ts',
      '{ ...campaign, state: now, runsAt, refusedInARow }',
      '{ ...campaign, runsAt, refusedInARow }',
      /dialled while (Paused|Stopped)/,
    ],
    [
      'expires early',
      'state/endings.ts',
      'return now >= given.expiresAt;',
      'return now >= given.expiresAt - 500;',
      /expires early/,
    ],
    [
      'never expires after a batch',
      'state/endings.ts',
      " || status.state === 'SUBMITTING' ||",
      ' ||',
      /open after it expired/,
    ],
    [
      'ends a request whose call is not settled',
      'state/endings.ts',
      "case 'ACCEPTED':",
      "case 'ACCEPTED':\n    case 'SUBMITTING':",
      /changes before its batch is settled/,
    ],
    [
      'a new token after an unknown outcome',
      'engine/settling.ts',
      'again(state, flight, now + waitWhenUnknown(state.options.seed, flight.batch, now)),',
      `{
        const requests = flight.batch.requestIds.flatMap((id) => state.requests.get(id) ?? []);
        state.dropFlight(flight);
        for (const kept of requests) backInLine(state, kept, 0, now);
        void waitWhenUnknown;
      },`,
      /2 contacts of|3 contacts of/,
    ],
    [
      'takes the contact of another request',
      'engine/settling.ts',
      '(id) => state.byContact.has(id)',
      '() => false',
      /belongs to two requests/,
    ],
    [
      'more calls in flight than allowed',
      'batches/sending.ts',
      'state.inFlight < state.options',
      'state.inFlight <= state.options',
      /too many calls/,
    ],
    [
      'forgets to drop a settled batch',
      'state/state.ts',
      "this.note({ kind: 'batch', id: flight.batch.token, value: null });",
      '',
      /in a batch that is not its own/,
    ],
    [
      'a new dialId after a restart',
      'dialling/dialler.ts',
      'giveDial(state, kept, dial);',
      'giveDial(state, kept, { ...dial, dialId: state.options.newId() });',
      /dialled before its commit/,
    ],
    [
      'dials again after a restart',
      'engine/recovery.ts',
      "case 'DIALING':\n      resumeCall(state, kept);",
      `case 'DIALING':
      kept.status = { state: 'CREATED', contact: status.contact };
      offer(state, kept, state.latest);
      void resumeCall;`,
      /./,
    ],
    [
      'loses a throttled request',
      'engine/settling.ts',
      'if (!endIfOver(state, kept, now)) lineUp(state, kept);',
      'if (!endIfOver(state, kept, now)) state.dropRequest(kept);',
      /dropped too early/,
    ],
    [
      'dials too fast',
      'dialling/modes.ts',
      'AGENTLESS_DIALS_A_SECOND = 5',
      'AGENTLESS_DIALS_A_SECOND = 6',
      /more than five times/,
    ],
    [
      'forgets the calls of other campaigns',
      'dialling/lines.ts',
      'Math.min(own, concurrentCalls - taken)',
      'Math.min(own, concurrentCalls - 0 * taken)',
      /more calls than lines/,
    ],
    [
      'counts wrongly',
      'state/state.ts',
      'this.#leave(kept);\n    const hadContact',
      'const hadContact',
      /counts of/,
    ],
  ])('%s', (_, file, from, to, sentence) => {
    const create = mutated(dir, { file, from, to });
    const { property } = stories(create);
    const { errorInstance } = fc.check(property, { seed: 42, numRuns: 120, endOnFailure: true });
    expect(errorInstance).toMatchObject({ message: expect.stringMatching(sentence) });
  });
});

describe('with agents, is caught:', () => {
  it.each([
    [
      'dials for agents while Paused',
      'dialling/dialler.ts',
      "home.campaign.state !== 'Running' || ",
      '',
      /dialled while not Running/,
    ],
    [
      'forgets at a restart who has an agent',
      'dialling/dialler.ts',
      'if (agent !== undefined) reserveAgain(state, kept, agent);',
      '',
      /has two contacts/,
    ],
    [
      'forgets after-call work at a restart',
      'engine/recovery.ts',
      "if (is === 'ENDED') resumeAfterCall(state, kept);",
      "if (is === 'ENDED') void resumeAfterCall;",
      /is not free for|more calls than idle agents/,
    ],
    [
      'gives a call to an agent in after-call work',
      'dialling/dialler.ts',
      '(status.agent?.freeAt ?? at) : at',
      'at : at',
      /is not free for|more calls than idle agents/,
    ],
    [
      'forgets the calls that are out',
      'dialling/modes.ts',
      'room: (home, pool) => roomForAgents(home, pool) - home.out',
      'room: roomForAgents',
      /more calls than idle agents/,
    ],
    [
      'forgets the calls of other campaigns that are out',
      'dialling/modes.ts',
      ' - (pool.out - home.out)',
      '',
      /more calls than idle agents/,
    ],
    [
      'a customer with an agent loses patience',
      'dialling/dialler.ts',
      '!gone && stepAt === at &&',
      '!gone && stepAt >= 0 &&',
      /ends at another moment/,
    ],
  ])('%s', (_, file, from, to, sentence) => {
    const create = mutated(dir, { file, from, to });
    const { property } = stories(create, storyOfAgents);
    const { errorInstance } = fc.check(property, { seed: 42, numRuns: 120, endOnFailure: true });
    expect(errorInstance).toMatchObject({ message: expect.stringMatching(sentence) });
  });
});
