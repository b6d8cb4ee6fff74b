/**
 * The course of a call: when it rings, who answers, and how it ends.
 *
 * It is a function of the seed, the dial request's id and number, and its dial, so that nothing of it has to be
 * kept. After a restart a call goes on where it was. All durations are assumed.
 */

import type { Draw } from '../system/draw.ts';
import { type DetectionStatus, hangsUp, type OutcomeRow, outcomeOf } from './outcomes.ts';
import type { Dial, DialRequest, DialStep } from './records.ts';
import { drawOf } from './text-draw.ts';

export interface Course {
  /** In the order of time, from the dial. */
  readonly steps: readonly { readonly step: DialStep; readonly at: number }[];
  /** The status of answering-machine detection, and when it is known; null if it never is. */
  readonly detected: { readonly status: DetectionStatus; readonly at: number } | null;
  readonly endsAt: number;
  /** DisconnectReason. */
  readonly reason: string;
}

/** Milliseconds from the dial until the phone rings. */
const SET_UP = 1_000;
const SHORTEST_RING = 3_000;
const MEAN_RING_AFTER = 9_000;
const MEAN_PATIENCE = 8_000;
const PROMPT = 15_000;

/** Milliseconds of a flow, by who hears it. */
const FLOW = { human: 25_000, machine: 15_000 };

/** The course of a call of an agentless campaign. */
export function courseOf(
  seed: number,
  request: Pick<DialRequest, 'id' | 'phoneNumber'>,
  dial: Dial,
): Course {
  const draw = drawOf(seed, request.id, dial.at);
  const outcome = outcomeOf(request.phoneNumber, draw.unit());
  const ringsAt = dial.at + SET_UP;
  return outcome.reason === null
    ? answered(draw, outcome, ringsAt, dial, hangsUp(request.phoneNumber))
    : unanswered(draw, outcome, outcome.reason, ringsAt, dial);
}

function answered(
  draw: Draw,
  { by, detection }: OutcomeRow,
  ringsAt: number,
  { at, call }: Dial,
  impatient: boolean,
): Course {
  const ring = SHORTEST_RING + exponential(draw, MEAN_RING_AFTER);
  const answeredAt = ringsAt + Math.min(ring, call.ringTimeout);
  const steps: { step: DialStep; at: number }[] = [
    { step: 'DIALING', at },
    { step: 'RINGING', at: ringsAt },
  ];
  let flowAt = answeredAt;
  let status: DetectionStatus = 'AMD_NOT_APPLICABLE';
  if (call.detection !== 'off' && detection !== null) {
    steps.push({ step: 'DETECTING', at: answeredAt });
    flowAt += by === 'human' ? between(draw, 1_000, 3_000) : between(draw, 3_000, 5_000);
    if (by === 'machine' && call.detection === 'await-prompt') flowAt += PROMPT;
    status = detection;
  }
  steps.push({ step: 'FLOW', at: flowAt });
  // Without detection the flow does not know a machine from a human.
  const flow = by === 'machine' && call.detection !== 'off' ? FLOW.machine : FLOW.human;
  return {
    steps,
    detected: { status, at: flowAt },
    endsAt: flowAt + (impatient ? Math.min(exponential(draw, MEAN_PATIENCE), flow) : flow),
    reason: impatient ? 'CUSTOMER_DISCONNECT' : 'CONTACT_FLOW_DISCONNECT',
  };
}

function unanswered(
  draw: Draw,
  { by, detection }: OutcomeRow,
  reason: string,
  ringsAt: number,
  { at, call }: Dial,
): Course {
  const endsAt = ringsAt + (by === 'time-out' ? call.ringTimeout : between(draw, 1_000, 3_000));
  return {
    steps: [
      { step: 'DIALING', at },
      { step: 'RINGING', at: ringsAt },
    ],
    detected:
      detection === null || call.detection === 'off' ? null : { status: detection, at: endsAt },
    endsAt,
    reason,
  };
}

function exponential(draw: Draw, mean: number): number {
  return Math.round(-mean * Math.log(1 - draw.unit()));
}

function between(draw: Draw, from: number, to: number): number {
  return from + draw.below(to - from + 1);
}
