/**
 * POST /provider-states: Pact's provider states, as every verifier of Pact sends them.
 *
 * docs/provider-states.md describes the states.
 */

import { DIAL_FAILURES, type DialFailureCode } from '../../operation/campaigns/failures.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { THROTTLE_ERRORS } from '../../operation/connect/choices.ts';
import { type Instance, ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import {
  filledText,
  flag,
  list,
  object,
  oneOf,
  optional,
  orNull,
  structure,
  wholeNumberFrom,
} from '../../system/read.ts';
import { type Asked, EXAMPLE_CALLERS, NOTHING_ASKED } from '../call/asked.ts';
import { resetService } from '../call/changes/reset.ts';
import type { Service } from '../call/service.ts';
import { patchFacts } from './facts-patch.ts';
import { addCampaigns, addDialRequest } from './seed-campaigns.ts';
import { seedToken } from './seed-token.ts';

/** Members that a verifier adds, such as the name of the consumer, are ignored. */
const readCall = structure({
  state: filledText,
  action: optional(orNull(oneOf('setup', 'teardown')), 'setup'),
  params: optional(orNull(object), {}),
});

type SetState = (service: Service, params: Readonly<Record<string, unknown>>) => Promise<unknown>;

const readDay = structure({
  instances: list(
    structure({
      id: filledText,
      queues: list(structure({ id: filledText, enabled: flag })),
      numbers: list(filledText),
      campaigns: optional(list(filledText), null),
    }),
  ),
  customerEndpointTypes: list(filledText),
});

const readFailure = structure({
  customerAddress: filledText,
  failureReasonCode: oneOf(...FAILURE_CODES),
});

const readError = structure({ error: filledText, status: wholeNumberFrom(400, 599) });

const readThrottle = structure({ error: optional(orNull(oneOf(...THROTTLE_ERRORS)), null) });

const readDialFailure = structure({
  phoneNumber: filledText,
  failureCode: oneOf(...(Object.keys(DIAL_FAILURES) as DialFailureCode[])),
});

const readQuota = structure({ version: oneOf(1, 2), instanceId: filledText });

const STATES: Readonly<Record<string, SetState>> = {
  'an ordinary day': async (service, params) => {
    const { instances, customerEndpointTypes } = readDay(params, 'params');
    const facts = patchFacts(ordinaryFacts(), {
      instances: instances.map(named),
      choices: { diallableTypes: customerEndpointTypes },
    });
    await resetService(service);
    service.facts = facts;
    ask(service, { ...NOTHING_ASKED, caller: 'principal' });
  },
  'the ClientToken was used before': seedToken,
  'a contact fails': async (service, params) => {
    const { customerAddress, failureReasonCode } = readFailure(params, 'params');
    change(service, { injected: { [customerAddress]: failureReasonCode } });
  },
  'the call fails': async (service, params) => {
    const { error: name, status } = readError(params, 'params');
    ask(service, { error: { name, status } });
  },
  'calls are throttled': async (service, params) => {
    const { error } = readThrottle(params, 'params');
    if (error !== null) change(service, { choices: { throttleError: error } });
    await service.buckets.set({ tokens: 0, frozen: true }, service.virtualClock.now());
  },
  'the largest body is': async (service, { bytes }) =>
    change(service, { choices: { maxBodyBytes: bytes } }),
  'empty lists are': async (service, { inAnswers }) =>
    change(service, { choices: { emptyLists: inAnswers } }),
  'the caller is': async (service, { caller }) =>
    ask(service, { caller: oneOf(...EXAMPLE_CALLERS)(caller, 'params.caller') }),
  'a campaign exists': (service, campaign) => addCampaigns(service, { campaigns: [campaign] }),
  'the instance has as many campaigns as its quota allows': async (service, params) => {
    const { version, instanceId } = readQuota(params, 'params');
    const campaigns = Array.from({ length: LIMITS.campaigns.max }, (_, n) => ({
      version,
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      name: `campaign ${n}`,
      instanceId,
      members: SMALLEST[version],
    }));
    await addCampaigns(service, { campaigns });
  },
  'campaigns take no more dial requests': async (service) => change(service, { pendingRoom: 0 }),
  'a dial request was accepted before': addDialRequest,
  'dial requests to a number fail': async (service, params) => {
    const { phoneNumber, failureCode } = readDialFailure(params, 'params');
    ask(service, { dials: { ...service.asked.dials, [phoneNumber]: failureCode } });
  },
};

export const PROVIDER_STATES: readonly string[] = Object.keys(STATES);

/**
 * Sets a state. A teardown does nothing, because the first state of every interaction undoes the others.
 *
 * @throws UserError for a state that the endpoint does not know, or wrong parameters.
 */
export async function setProviderState(service: Service, body: unknown): Promise<unknown> {
  const { state, action, params } = readCall(body, 'the provider state');
  if (action === 'teardown') return {};
  const set = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  if (!set) {
    throw new UserError(
      `there is no provider state "${state}"; the states are ${PROVIDER_STATES.map((name) => `"${name}"`).join(', ')}`,
    );
  }
  await set(service, params ?? {});
  return {};
}

/** The members that CreateCampaign requires besides name and instance. */
const FLOW = { connectContactFlowId: 'flow', connectSourcePhoneNumber: '+12065550100' };
const SMALLEST = {
  1: { dialerConfig: { agentlessDialerConfig: {} }, outboundCallConfig: FLOW },
  2: {
    channelSubtypeConfig: {
      telephony: { outboundMode: { agentless: {} }, defaultOutboundConfig: FLOW },
    },
  },
} as const;

function named({ queues, ...instance }: PublicInstance): Instance {
  return { ...instance, queues: queues.map((queue) => ({ ...queue, name: queue.id })) };
}

type PublicInstance = ReturnType<typeof readDay>['instances'][number];

function change(service: Service, patch: object): void {
  service.facts = patchFacts(service.facts, patch);
}

function ask(service: Service, more: Partial<Asked>): void {
  service.asked = { ...service.asked, ...more };
}
