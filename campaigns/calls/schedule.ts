/** The rules of the settings of a version 2 campaign: its schedule, source, numbers and channels. */

import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import { notEmulated, refusalBy } from '../../operation/campaigns/rules.ts';
import { E164 } from '../../operation/connect/phone-number.ts';
import type {
  ChannelSubtypeConfig,
  CreateCampaignRequest,
  Schedule,
} from '../../operation/connect-campaigns-v2/model/types.ts';
import type { Occasion } from './occasion.ts';

/** The members of CreateCampaign of version 2 that have rules besides their bounds. */
export type CampaignSettings = Pick<
  CreateCampaignRequest,
  | 'channelSubtypeConfig'
  | 'source'
  | 'connectCampaignFlowArn'
  | 'schedule'
  | 'communicationTimeConfig'
>;

const EARLIEST_START_MILLISECONDS = 300_000;

export function refusedSettings(settings: CampaignSettings, occasion: Occasion): Refusal | null {
  const { channelSubtypeConfig, source, schedule, communicationTimeConfig } = settings;
  const isTriggered = source !== undefined && 'eventTrigger' in source;
  if (isTriggered && communicationTimeConfig) return refusalBy('timesOfEventCampaign');
  return (
    (channelSubtypeConfig ? refusedChannels(channelSubtypeConfig) : null) ??
    (schedule ? refusedSchedule(schedule, occasion) : null)
  );
}

export function refusedChannels(config: ChannelSubtypeConfig): Refusal | null {
  const others = Object.keys(config).filter((name) => name !== 'telephony');
  if (others.length > 0) return notEmulated(`campaigns with the channel ${others.join(', ')}`);
  if (!config.telephony) return null;
  const { connectQueueId, defaultOutboundConfig } = config.telephony;
  return refusedCalls(connectQueueId, defaultOutboundConfig.connectSourcePhoneNumber);
}

/** A campaign calls from a number of its own, or from that of its queue. */
export function refusedCalls(
  queueId: string | undefined,
  sourceNumber: string | undefined,
): Refusal | null {
  if (queueId === undefined && sourceNumber === undefined) return refusalBy('noSourceOfCalls');
  if (sourceNumber !== undefined && !E164.test(sourceNumber)) return refusalBy('sourceNumberForm');
  return null;
}

export function refusedSchedule(
  { startTime, endTime }: Schedule,
  { wallNow }: Occasion,
): Refusal | null {
  const start = momentOf(startTime, 'date-time') ?? Number.NaN;
  const end = momentOf(endTime, 'date-time') ?? Number.NaN;
  if (!(end > start)) return refusalBy('scheduleEndsFirst');
  return start - wallNow >= EARLIEST_START_MILLISECONDS ? null : refusalBy('scheduleTooSoon');
}

/** The end of a schedule by the virtual clock; null without a schedule. */
export function endOf(schedule: Schedule | undefined, { now, wallNow }: Occasion): number | null {
  if (!schedule) return null;
  return now + (momentOf(schedule.endTime, 'date-time') ?? Number.NaN) - wallNow;
}
