/** The calls on the outbound campaigns configuration of an instance. */

import { sameJson } from '../../operation/aws/json.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { refusalBy } from '../../operation/campaigns/rules.ts';
import type { CampaignInstance } from '../records.ts';
import { type Answered, type Api, type Call, NOTHING, type Occasion } from './occasion.ts';

interface InstanceRequest {
  readonly connectInstanceId: string;
}

/** The encryption of an instance that was onboarded before the endpoint started. */
const UNENCRYPTED = { enabled: false };

/** The record of an instance of Amazon Connect; undefined if it has no such instance. */
function instanceOf(
  instanceId: string,
  { engine, hasInstance }: Occasion,
): CampaignInstance | undefined {
  if (!hasInstance(instanceId)) return undefined;
  const onboarded = { config: { encryptionConfig: UNENCRYPTED }, onboardedAt: 0, settings: {} };
  return engine.instance(instanceId) ?? { instanceId, ...onboarded };
}

export function isOnboarded(instanceId: string, occasion: Occasion): boolean {
  const instance = instanceOf(instanceId, occasion);
  return instance !== undefined && instance.config !== null && !isInProgress(instance, occasion);
}

function isInProgress({ onboardedAt }: CampaignInstance, { now }: Occasion): boolean {
  return onboardedAt !== null && onboardedAt > now;
}

function onInstance<Request extends InstanceRequest>(
  work: (instance: CampaignInstance, request: Request, occasion: Occasion) => Answered,
): Call<Request> {
  return (request, occasion) => {
    const id = request.connectInstanceId;
    const instance = instanceOf(id, occasion);
    if (!instance) return { refusal: refusalBy('unknownInstance', id) };
    return work(instance, request, occasion);
  };
}

export const getInstanceConfig = onInstance((instance, _, occasion) => {
  const { instanceId, config } = instance;
  if (config === null || isInProgress(instance, occasion)) {
    return { refusal: refusalBy('notOnboarded', instanceId) };
  }
  const { account } = occasion.place;
  const role = 'aws-service-role/connect-campaigns.amazonaws.com/AWSServiceRoleForConnectCampaigns';
  return {
    answer: {
      connectInstanceConfig: {
        connectInstanceId: instanceId,
        serviceLinkedRoleArn: `arn:aws:iam::${account}:role/${role}`,
        encryptionConfig: config.encryptionConfig,
      },
    },
  };
});

/** Version 2 can delete the campaigns with the configuration. */
export function deleteInstanceConfig(
  api: Api,
): Call<InstanceRequest & { readonly campaignDeletionPolicy?: string }> {
  return onInstance((instance, { campaignDeletionPolicy }, occasion) => {
    const { engine } = occasion;
    const { instanceId } = instance;
    if (instance.config === null) return { refusal: refusalBy('notOnboarded', instanceId) };
    const campaigns = [...engine.campaigns()].filter((one) => one.instanceId === instanceId);
    if (campaigns.length > 0) {
      if (api === 'v1' || campaignDeletionPolicy !== 'DELETE_ALL') {
        return { refusal: refusalBy('campaignsRemain', instanceId) };
      }
      for (const { id } of campaigns) engine.dropCampaign(id);
    }
    engine.putInstance({ ...instance, config: null, onboardedAt: null });
    return NOTHING;
  });
}

export const startOnboarding: Call<InstanceRequest & { readonly encryptionConfig: object }> =
  onInstance((instance, { encryptionConfig }, occasion) => {
    const { engine, now } = occasion;
    const { instanceId, config } = instance;
    if (config !== null) {
      if (!sameJson(config.encryptionConfig, encryptionConfig)) {
        return { refusal: refusalBy('onboardedOtherwise', instanceId) };
      }
      return { answer: jobOf(instance, occasion) };
    }
    const onboarding: CampaignInstance = {
      ...instance,
      config: { encryptionConfig },
      onboardedAt: now + LIMITS.onboardingSeconds.max * 1000,
    };
    engine.putInstance(onboarding);
    return { answer: jobOf(onboarding, occasion) };
  });

export const getOnboarding = onInstance((instance, _, occasion) =>
  instance.onboardedAt === null
    ? { refusal: refusalBy('noJob', instance.instanceId) }
    : { answer: jobOf(instance, occasion) },
);

export const deleteOnboarding = onInstance((instance, _, occasion) => {
  const { instanceId, onboardedAt } = instance;
  if (onboardedAt === null) return { refusal: refusalBy('noJob', instanceId) };
  if (isInProgress(instance, occasion)) return { refusal: refusalBy('jobInProgress', instanceId) };
  occasion.engine.putInstance({ ...instance, onboardedAt: null });
  return NOTHING;
});

function jobOf(instance: CampaignInstance, occasion: Occasion): object {
  const status = isInProgress(instance, occasion) ? 'IN_PROGRESS' : 'SUCCEEDED';
  return {
    connectInstanceOnboardingJobStatus: { connectInstanceId: instance.instanceId, status },
  };
}

/** Limits are stored and answered. They are not enforced. */
export const putCommunicationLimits: Call<
  InstanceRequest & { readonly communicationLimitsConfig: object }
> = onInstance((instance, { communicationLimitsConfig }, { engine }) => {
  engine.putInstance({
    ...instance,
    settings: { ...instance.settings, communicationLimitsConfig },
  });
  return NOTHING;
});

export const getCommunicationLimits = onInstance(({ settings }) => ({
  answer: { communicationLimitsConfig: settings.communicationLimitsConfig ?? {} },
}));
