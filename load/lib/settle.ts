/** Sends a batch again, with the same ClientToken, until the answer is final. */

import { sleep } from 'k6';
import type { StampedBatch } from './corpus.ts';
import { refusedInFlight } from './in-flight.ts';
import type { Answer, Sender } from './send.ts';

export interface Retrying {
  /** The most attempts. The answer to the last one is final. */
  readonly attempts: number;
  /** Milliseconds after which the first attempt is given up. The others have k6's default timeout. */
  readonly firstTimeoutMs?: number;
  /** Milliseconds to wait after the given number of failed attempts. Without this function there is no wait. */
  readonly waitMs?: (failed: number) => number;
}

export interface Settled {
  readonly answer: Answer;
  /** Number of the attempt that was the last. */
  readonly attempt: number;
  /** Attempts after which it was not known whether the batch was created. */
  readonly unknown: number;
}

/** Seconds to wait for an equal call in flight. */
const IN_FLIGHT_SECONDS = 0.05;

/** @param from number of the first attempt. */
export function settle(
  sender: Sender,
  batch: StampedBatch,
  from: number,
  { attempts, firstTimeoutMs, waitMs }: Retrying,
): Settled {
  let attempt = from;
  let unknown = 0;
  let answer = sender.send(batch, attempt, firstTimeoutMs);
  while ((mayPass(answer) || refusedInFlight(answer)) && attempt - from + 1 < attempts) {
    if (isUnknown(answer)) unknown += 1;
    if (refusedInFlight(answer)) sleep(IN_FLIGHT_SECONDS);
    else if (waitMs) sleep(waitMs(attempt - from + 1) / 1_000);
    attempt += 1;
    answer = sender.send(batch, attempt);
  }
  return { answer, attempt, unknown };
}

function mayPass(answer: Answer): boolean {
  return answer.status === 429 || isUnknown(answer);
}

function isUnknown({ status }: Answer): boolean {
  return status === 0 || status >= 500;
}
