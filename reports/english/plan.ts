/** What a plan supposes, as sentences. AWS publishes little of how outbound campaigns dials. */

import { count, figure, whole } from '../../run/figures.ts';
import type { Plan, PlanAsked, PlanFeeder } from '../../run/plan.ts';

const FEEDERS: Readonly<Record<PlanFeeder, (asked: PlanAsked) => string>> = {
  fill: ({ expirySeconds, resends }) =>
    `The feeder "fill" keeps as many dial requests pending as the campaign dialled in the last half of their life of ${expirySeconds} s, and at least two for each agent. It sends a contact whose dial request expired again with a new clientToken, ${resends === 0 ? 'never' : `at most ${count(resends, 'time')}`}.`,
  blast: ({ expirySeconds }) =>
    `The feeder "blast" sends 10 calls of 25 dial requests a second, each with a life of ${expirySeconds} s. After a throttled dial request it waits 30 s and sends it again. It never sends a contact again whose dial request expired.`,
};

/** The feeder first, because a plan without one means nothing. */
export function assumptionsSaid({
  asked,
  supposed,
}: Pick<Plan, 'asked' | 'supposed'>): readonly string[] {
  const { humans, machines, talkSeconds, afterCallSeconds, patienceSeconds } = supposed;
  const { thresholdSeconds, agentlessDialsASecond, flowSeconds } = supposed;
  const { mode, pendingLimit, concurrentCalls, hours, detection } = asked;
  const agents = mode !== 'agentless';
  return [
    FEEDERS[asked.feeder](asked),
    `A campaign holds ${whole(pendingLimit)} dial requests that are not dialled, and refuses more (assumed: AWS names a limit without a number).`,
    `The instance has ${count(concurrentCalls, 'concurrent call')} (documented: adjustable, and 0 until it is raised).`,
    'Contacts are made with BatchPutContact, 25 in a call, at 10 calls a second with a burst of 15 (documented: the quota), and every contact is created (assumed).',
    `Of 100 dials, ${figure(humans * 100)} are answered by a human, ${figure(machines * 100)} by a machine, and ${figure((1 - humans - machines) * 100)} by nobody${detection ? '; detection is never wrong' : ''} (assumed). Put your own figures beside these.`,
    ...(agents
      ? [
          `A conversation takes ${talkSeconds} s and the work after it ${afterCallSeconds} s on average; a customer waits ${patienceSeconds} s on average for an agent (assumed). A customer who waits longer than ${thresholdSeconds} s is abandoned.`,
          `The dialler decides as the emulator’s does: docs/campaigns.md says how (assumed${mode === 'progressive' ? ', but that a progressive dialler makes no more calls than agents are free, which is documented' : ''}).`,
        ]
      : [
          `At most ${agentlessDialsASecond} dials are made in a second, and a flow takes ${flowSeconds} s (assumed).`,
        ]),
    ...(hours === null || asked.agents === null || !agents
      ? []
      : ['The agents are there in the feeder’s hours.']),
    'A contact who was dialled is not dialled again, whatever came of it.',
    'communicationTime and communication limits are not enforced, as in the emulator.',
  ];
}
