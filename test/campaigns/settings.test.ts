/** What the dialler reads of the settings of either version. */

import type { DialRequest } from '../../campaigns/records.ts';
import { callSettings, readSettings } from '../../campaigns/settings.ts';

const BASE = {
  mode: null,
  bandwidth: null,
  capacity: 1,
  queueId: null,
  sourcePhoneNumber: null,
  contactFlowId: null,
  detection: 'off',
  ringTimeout: 30_000,
  preview: null,
  abandonment: { rate: 0.03, threshold: 2_000, from: 'CONNECTED_TO_SYSTEM', window: 3_600_000 },
};

const v1 = (dialerConfig: unknown, outboundCallConfig: unknown = {}) =>
  readSettings({ api: 'v1', settings: { dialerConfig, outboundCallConfig } });
const v2 = (telephony: unknown) =>
  readSettings({ api: 'v2', settings: { channelSubtypeConfig: { telephony } } });

describe('version 1', () => {
  it.each(['progressive', 'predictive'])('%s', (mode) => {
    expect(
      v1({ [`${mode}DialerConfig`]: { bandwidthAllocation: 0.7, dialingCapacity: 0.2 } }),
    ).toEqual({ ...BASE, mode, bandwidth: 0.7, capacity: 0.2 });
  });

  it('agentless, with all of the outbound configuration', () => {
    const outbound = {
      connectContactFlowId: 'flow',
      connectSourcePhoneNumber: '+12065550100',
      connectQueueId: 'queue',
      answerMachineDetectionConfig: {
        enableAnswerMachineDetection: true,
        awaitAnswerMachinePrompt: true,
      },
    };
    expect(v1({ agentlessDialerConfig: {} }, outbound)).toEqual({
      ...BASE,
      mode: 'agentless',
      contactFlowId: 'flow',
      sourcePhoneNumber: '+12065550100',
      queueId: 'queue',
      detection: 'await-prompt',
    });
  });
});

describe('version 2', () => {
  it.each(['progressive', 'predictive'])('%s', (mode) => {
    const telephony = {
      capacity: 0.5,
      connectQueueId: 'queue',
      outboundMode: { [mode]: { bandwidthAllocation: 1.5 } },
      defaultOutboundConfig: { connectContactFlowId: 'flow', ringTimeout: 20 },
    };
    expect(v2(telephony)).toEqual({
      ...BASE,
      mode,
      bandwidth: 1.5,
      capacity: 0.5,
      queueId: 'queue',
      contactFlowId: 'flow',
      ringTimeout: 20_000,
    });
  });

  it('preview', () => {
    const preview = {
      bandwidthAllocation: 1,
      timeoutConfig: { durationInSeconds: 45 },
      agentActions: ['DISCARD'],
    };
    expect(v2({ outboundMode: { preview } })).toMatchObject({
      mode: 'preview',
      preview: { seconds: 45, discard: true },
    });
  });

  it('without telephony: no mode', () => {
    expect(readSettings({ api: 'v2', settings: { channelSubtypeConfig: { sms: {} } } })).toEqual(
      BASE,
    );
  });
});

it.each([
  [undefined, 'off'],
  [{ enableAnswerMachineDetection: false, awaitAnswerMachinePrompt: true }, 'off'],
  [{ enableAnswerMachineDetection: true }, 'on'],
  [{ enableAnswerMachineDetection: true, awaitAnswerMachinePrompt: false }, 'on'],
  [{ enableAnswerMachineDetection: true, awaitAnswerMachinePrompt: true }, 'await-prompt'],
])('detection by %j is %s', (answerMachineDetectionConfig, detection) => {
  expect(v1({ agentlessDialerConfig: {} }, { answerMachineDetectionConfig })).toMatchObject({
    detection,
  });
});

it('a request of version 2 may say it itself', () => {
  const settings = v2({
    outboundMode: { agentless: {} },
    defaultOutboundConfig: { ringTimeout: 20 },
  });
  const asks = (own?: Record<string, unknown>) =>
    callSettings('agentless', settings, { ...(own && { settings: own }) } as DialRequest);
  expect(asks()).toEqual({ mode: 'agentless', detection: 'off', ringTimeout: 20_000 });
  expect(
    asks({ ringTimeout: 60, answerMachineDetectionConfig: { enableAnswerMachineDetection: true } }),
  ).toEqual({ mode: 'agentless', detection: 'on', ringTimeout: 60_000 });
});
