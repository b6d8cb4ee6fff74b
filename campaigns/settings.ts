/** What the engine and the dialler need of the settings of a campaign, from the members of either version. */

import type {
  CallSettings,
  Campaign,
  Detection,
  DialMode,
  Given,
  PreviewSettings,
} from './records.ts';

export interface DialSettings {
  /** Null if the campaign has no telephony. */
  readonly mode: DialMode | null;
  /** bandwidthAllocation; null in the agentless mode. */
  readonly bandwidth: number | null;
  readonly capacity: number;
  readonly queueId: string | null;
  readonly sourcePhoneNumber: string | null;
  readonly contactFlowId: string | null;
  readonly detection: Detection;
  /** Milliseconds. */
  readonly ringTimeout: number;
  readonly preview: PreviewSettings | null;
  readonly abandonment: AbandonmentTarget;
}

/** What share of the customers who answer may be abandoned. */
export interface AbandonmentTarget {
  /** From 0 to 1. */
  readonly rate: number;
  /** Milliseconds for which a customer may wait. */
  readonly threshold: number;
  readonly from: 'CONNECTED_TO_SYSTEM' | 'GREETING_START' | 'GREETING_END';
  /** Milliseconds over which the rate is taken. */
  readonly window: number;
}

const HOUR = 3_600_000;

/** Without a pacing strategy (assumed). */
export const ORDINARY_TARGET: AbandonmentTarget = {
  rate: 0.03,
  threshold: 2_000,
  from: 'CONNECTED_TO_SYSTEM',
  window: HOUR,
};

/** Version 1 has no ring time-out (assumed: 30 s). */
const RING_TIMEOUT = 30_000;

const MODES: readonly DialMode[] = ['progressive', 'predictive', 'agentless', 'preview'];

const START_POINTS = ['CONNECTED_TO_SYSTEM', 'GREETING_START', 'GREETING_END'] as const;

type Members = Readonly<Record<string, unknown>>;

/** Reads the settings. They passed the checks of the operation that took them, so that what is absent is optional. */
export function readSettings({ api, settings }: Pick<Campaign, 'api' | 'settings'>): DialSettings {
  return api === 'v1' ? ofVersion1(settings) : ofVersion2(settings);
}

function ofVersion1(settings: Members): DialSettings {
  const dialer = members(settings.dialerConfig);
  const outbound = members(settings.outboundCallConfig);
  const mode = MODES.find((one) => dialer[`${one}DialerConfig`] !== undefined) ?? null;
  const config = members(dialer[`${mode}DialerConfig`]);
  return {
    mode,
    bandwidth: number(config.bandwidthAllocation),
    capacity: number(config.dialingCapacity) ?? 1,
    queueId: text(outbound.connectQueueId),
    sourcePhoneNumber: text(outbound.connectSourcePhoneNumber),
    contactFlowId: text(outbound.connectContactFlowId),
    detection: detection(outbound) ?? 'off',
    ringTimeout: RING_TIMEOUT,
    preview: null,
    abandonment: ORDINARY_TARGET,
  };
}

function ofVersion2(settings: Members): DialSettings {
  const telephony = members(members(settings.channelSubtypeConfig).telephony);
  const outbound = members(telephony.defaultOutboundConfig);
  const modes = members(telephony.outboundMode);
  const mode = MODES.find((one) => modes[one] !== undefined) ?? null;
  const config = members(modes[mode ?? '']);
  return {
    mode,
    bandwidth: number(config.bandwidthAllocation),
    capacity: number(telephony.capacity) ?? 1,
    queueId: text(telephony.connectQueueId),
    sourcePhoneNumber: text(outbound.connectSourcePhoneNumber),
    contactFlowId: text(outbound.connectContactFlowId),
    detection: detection(outbound) ?? 'off',
    ringTimeout: ringTimeout(outbound) ?? RING_TIMEOUT,
    preview: mode === 'preview' ? preview(config) : null,
    abandonment: abandonment(config),
  };
}

/** The number from which a request is dialled; null for the number of its queue. */
export function sourceOf(settings: DialSettings, request: Given): string | null {
  return text(request.settings?.connectSourcePhoneNumber) ?? settings.sourcePhoneNumber;
}

/** How the call of a request is made now. */
export function callSettings(mode: DialMode, settings: DialSettings, request: Given): CallSettings {
  const own = request.settings ?? {};
  return {
    mode,
    detection: detection(own) ?? settings.detection,
    ringTimeout: ringTimeout(own) ?? settings.ringTimeout,
    ...(mode === 'agentless' ? {} : { queueId: settings.queueId }),
  };
}

/** Without the configuration there is no detection (assumed). */
function detection(config: Members): Detection | undefined {
  if (config.answerMachineDetectionConfig === undefined) return undefined;
  const { enableAnswerMachineDetection, awaitAnswerMachinePrompt } = members(
    config.answerMachineDetectionConfig,
  );
  if (enableAnswerMachineDetection !== true) return 'off';
  return awaitAnswerMachinePrompt === true ? 'await-prompt' : 'on';
}

function ringTimeout(config: Members): number | undefined {
  const seconds = number(config.ringTimeout);
  return seconds === null ? undefined : seconds * 1_000;
}

function preview(config: Members): DialSettings['preview'] {
  const actions = config.agentActions;
  return {
    seconds: number(members(config.timeoutConfig).durationInSeconds) ?? 0,
    discard: Array.isArray(actions) && actions.includes('DISCARD'),
  };
}

function abandonment({ pacingStrategies }: Members): AbandonmentTarget {
  const [first] = Array.isArray(pacingStrategies) ? pacingStrategies : [];
  const pacing = members(members(first).abandonmentRate);
  const seconds = number(pacing.connectionThresholdSeconds);
  const hours = /^PT(\d+)H$/.exec(text(pacing.evaluationWindow) ?? '')?.[1];
  return {
    rate: number(pacing.targetRate) ?? ORDINARY_TARGET.rate,
    threshold: seconds === null ? ORDINARY_TARGET.threshold : seconds * 1_000,
    from: START_POINTS.find((one) => one === pacing.connectionStartPoint) ?? ORDINARY_TARGET.from,
    window: hours === undefined ? ORDINARY_TARGET.window : Number(hours) * HOUR,
  };
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
