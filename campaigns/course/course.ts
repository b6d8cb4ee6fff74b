/**
 * The course of a call: when it rings, who answers, and how it ends; and the course of a preview before it.
 *
 * It is a function of the seed, the dial request's id and number, and its dial, so that nothing of it has to be
 * kept. After a restart a call goes on where it was. All durations are assumed.
 */

import type { Draw } from '../../system/draw.ts';
import type { Dial, DialRequest, DialStep, PreviewSettings } from '../records.ts';
import { drawOf } from '../text-draw.ts';
import {
  asksForDiscard,
  type DetectionStatus,
  hangsUp,
  type OutcomeRow,
  outcomeOf,
} from './outcomes.ts';

export interface Course {
  /** Who answers; null if nobody does. */
  readonly by: 'human' | 'machine' | null;
  /** In the order of time, from the dial. */
  readonly steps: readonly { readonly step: DialStep; readonly at: number }[];
  /** The status of answering-machine detection, and when it is known; null if it never is. */
  readonly detected: { readonly status: DetectionStatus; readonly at: number } | null;
  /** Without an agent. */
  readonly endsAt: number;
  /** DisconnectReason, without an agent. */
  readonly reason: string;
  /** With an agent. Null if the call never needs one. */
  readonly talk: Talk | null;
}

/** What an agent has to do with a call. */
export interface Talk {
  /** When the customer answered, and when he or she began to wait for an agent. */
  readonly answeredAt: number;
  readonly waitsFrom: number;
  /** Whether an agent takes the call before the customer hangs up, if one is idle. */
  readonly isTaken: boolean;
  /** Milliseconds from the agent to the end of the call, and of the work after it. */
  readonly handle: number;
  readonly afterCall: number;
  /** DisconnectReason. */
  readonly reason: string;
}

/** Milliseconds from the dial until the phone rings. */
export const SET_UP = 1_000;
const SHORTEST_RING = 3_000;
const MEAN_RING_AFTER = 9_000;
const MEAN_PATIENCE = 8_000;
const PROMPT = 15_000;

/** Milliseconds of a flow, by who hears it. */
const FLOW = { human: 25_000, machine: 15_000 };

const HANDLE = { mean: 180_000, deviation: 0.6 };
const MEAN_AFTER_CALL = 30_000;
const HANGS_UP_FIRST = { customer: 0.6 };

/** Mean milliseconds: from a dial to the answer, from an agent's answer until he or she is idle again, and others. */
export const MEAN = {
  toAnswer: SET_UP + SHORTEST_RING + MEAN_RING_AFTER,
  withAgent: HANDLE.mean + MEAN_AFTER_CALL,
  talk: HANDLE.mean,
  afterCall: MEAN_AFTER_CALL,
  patience: MEAN_PATIENCE,
  flow: FLOW.human,
};

const PREVIEW = { meanDecision: 15_000, discarded: 0.05 };

/** Separates draws of the same request. */
const STREAM = { talk: ' talk', preview: ' preview' };

/** When the phone rings. */
export function ringsAt(dial: Pick<Dial, 'at'>): number {
  return dial.at + SET_UP;
}

/** When an agent is done with a preview, and what comes of it. */
export function previewOf(
  seed: number,
  request: Pick<DialRequest, 'id' | 'phoneNumber'>,
  at: number,
  { seconds, discard }: PreviewSettings,
): { readonly endsAt: number; readonly discards: boolean } {
  const draw = drawOf(seed, request.id + STREAM.preview, at);
  const decision = exponential(draw, PREVIEW.meanDecision);
  const timeOut = seconds * 1_000;
  const byChance = draw.unit() < PREVIEW.discarded && decision < timeOut;
  // A number that asks for an outcome of its dial is dialled.
  const discards = discard && (asksForDiscard(request.phoneNumber) ?? byChance);
  return { endsAt: at + Math.min(decision, timeOut), discards };
}

export function courseOf(
  seed: number,
  request: Pick<DialRequest, 'id' | 'phoneNumber'>,
  dial: Dial,
): Course {
  const draw = drawOf(seed, request.id, dial.at);
  const outcome = outcomeOf(request.phoneNumber, draw.unit());
  return outcome.reason === null
    ? answered(seed, draw, outcome, ringsAt(dial), request, dial)
    : unanswered(draw, outcome, outcome.reason, ringsAt(dial), dial);
}

function answered(
  seed: number,
  draw: Draw,
  { by, detection }: OutcomeRow,
  ringingAt: number,
  { id, phoneNumber }: Pick<DialRequest, 'id' | 'phoneNumber'>,
  { at, call }: Dial,
): Course {
  const impatient = hangsUp(phoneNumber);
  const ring = SHORTEST_RING + exponential(draw, MEAN_RING_AFTER);
  const answeredAt = ringingAt + Math.min(ring, call.ringTimeout);
  const steps: { step: DialStep; at: number }[] = [
    { step: 'DIALING', at },
    { step: 'RINGING', at: ringingAt },
  ];
  let flowAt = answeredAt;
  let status: DetectionStatus = 'AMD_NOT_APPLICABLE';
  if (call.detection !== 'off' && detection !== null) {
    steps.push({ step: 'DETECTING', at: answeredAt });
    flowAt += by === 'human' ? between(draw, 1_000, 3_000) : between(draw, 3_000, 5_000);
    if (by === 'machine' && call.detection === 'await-prompt') flowAt += PROMPT;
    status = detection;
  }
  // Without detection nobody knows a machine from a human.
  const who = by === 'machine' ? 'machine' : 'human';
  const isMachine = by === 'machine' && call.detection !== 'off';
  if (call.mode !== 'agentless' && !isMachine) {
    steps.push({ step: 'QUEUED', at: flowAt });
    return {
      by: who,
      steps,
      detected: { status, at: flowAt },
      endsAt: flowAt + exponential(draw, MEAN_PATIENCE),
      reason: 'CUSTOMER_DISCONNECT',
      talk: {
        answeredAt,
        waitsFrom: flowAt,
        isTaken: !impatient,
        ...talkOf(drawOf(seed, id + STREAM.talk, at), by),
      },
    };
  }
  steps.push({ step: 'FLOW', at: flowAt });
  const flow = isMachine ? FLOW.machine : FLOW.human;
  return {
    by: who,
    steps,
    detected: { status, at: flowAt },
    endsAt: flowAt + (impatient ? Math.min(exponential(draw, MEAN_PATIENCE), flow) : flow),
    reason: impatient ? 'CUSTOMER_DISCONNECT' : 'CONTACT_FLOW_DISCONNECT',
    talk: null,
  };
}

/** An agent who hears a machine hangs up. */
function talkOf(draw: Draw, by: OutcomeRow['by']): Pick<Talk, 'handle' | 'afterCall' | 'reason'> {
  const handle = logNormal(draw, HANDLE.mean, HANDLE.deviation);
  const afterCall = exponential(draw, MEAN_AFTER_CALL);
  if (by === 'machine') return { handle: FLOW.machine, afterCall, reason: 'AGENT_DISCONNECT' };
  const customer = draw.unit() < HANGS_UP_FIRST.customer;
  return { handle, afterCall, reason: customer ? 'CUSTOMER_DISCONNECT' : 'AGENT_DISCONNECT' };
}

function unanswered(
  draw: Draw,
  { by, detection }: OutcomeRow,
  reason: string,
  ringingAt: number,
  { at, call }: Dial,
): Course {
  const endsAt = ringingAt + (by === 'time-out' ? call.ringTimeout : between(draw, 1_000, 3_000));
  return {
    by: null,
    steps: [
      { step: 'DIALING', at },
      { step: 'RINGING', at: ringingAt },
    ],
    detected:
      detection === null || call.detection === 'off' ? null : { status: detection, at: endsAt },
    endsAt,
    reason,
    talk: null,
  };
}

function exponential(draw: Draw, mean: number): number {
  return Math.round(-mean * Math.log(1 - draw.unit()));
}

/** @param deviation the standard deviation, as a multiple of the mean. */
function logNormal(draw: Draw, mean: number, deviation: number): number {
  const variance = Math.log(1 + deviation ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - draw.unit())) * Math.cos(2 * Math.PI * draw.unit());
  return Math.round(mean * Math.exp(Math.sqrt(variance) * normal - variance / 2));
}

function between(draw: Draw, from: number, to: number): number {
  return from + draw.below(to - from + 1);
}
