/** Calls with one ClientToken at the same time, at an endpoint that may refuse all but the first. */

import { sleep } from 'k6';
import http from 'k6/http';
import type { StampedBatch } from './corpus.ts';
import { refusesInFlightFromEnv } from './env.ts';
import type { Answer, Sender } from './send.ts';

/** Whether the endpoint answers 409 to a call while an equal one is in flight. */
const REFUSES = refusesInFlightFromEnv();

/** Seconds to wait before a refused call is sent again. */
const WAIT_SECONDS = 0.02;
const MOST_ATTEMPTS = 200;

/** Whether a call was refused because an equal one was in flight. */
export function refusedInFlight({ status }: Answer): boolean {
  return REFUSES && status === 409;
}

/** Must be called in the init context. A refusal because of an equal call in flight is then no failed request. */
export function expectRefusalsInFlight(): void {
  if (REFUSES) http.setResponseCallback(http.expectedStatuses(200, 409));
}

/** Sends a batch, and again as long as it is refused because an equal call is in flight. */
export function sendUnrefused(sender: Sender, batch: StampedBatch, attempt: number): Answer {
  for (let sent = 1; ; sent += 1) {
    const answer = sender.send(batch, attempt);
    if (!refusedInFlight(answer) || sent === MOST_ATTEMPTS) return answer;
    sleep(WAIT_SECONDS);
  }
}

/** Sends copies of a batch at once. Those that are refused because of the others are sent again. */
export async function sendCopies(
  sender: Sender,
  batch: StampedBatch,
  copies: number,
  attempt: number,
): Promise<Answer[]> {
  const answers = await sender.sendAtOnce(
    Array.from({ length: copies }, () => batch),
    attempt,
  );
  const final: Answer[] = [];
  for (const [i, answer] of answers.entries()) {
    final.push(refusedInFlight(answer) ? sendUnrefused(sender, batch, attempt + i) : answer);
  }
  return final;
}
