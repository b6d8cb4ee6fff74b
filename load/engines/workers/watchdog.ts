/** Watches a worker, whose script may block its event loop forever. */

import type { Phase } from '../../engine/engine.ts';
import { LONGEST_TIMER_MS } from '../../engine/read/duration.ts';

/** Time limits in milliseconds. */
export interface Limits {
  /** Limit for the init code of one VU. k6 has no limit for it. */
  readonly initMs: number;
  /** Limit for the start of the process, and for the output at the end. */
  readonly endMs: number;
  /** Time after a limit in which the worker must go on to the next phase. */
  readonly graceMs: number;
  /** Time for a worker that did not go on to report where it is. */
  readonly tellMs: number;
}

/** Phases that k6 does not limit have a minute. A stuck worker is ended within ten seconds after its limit. */
export const LIMITS: Limits = { initMs: 60_000, endMs: 60_000, graceMs: 4_000, tellMs: 4_000 };

/** Interval in milliseconds at which a worker that is late but still sends messages is checked again. */
const AGAIN_MS = 500;

export class Watchdog {
  readonly #limits: Limits;
  readonly #stuck: (phase: Phase) => void;
  #phase: Phase | null = null;
  #deadline = 0;
  #heardAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param stuck called once, when the worker is past its limit and sends no messages. */
  constructor(limits: Limits, stuck: (phase: Phase) => void) {
    this.#limits = limits;
    this.#stuck = stuck;
  }

  /** Notes that the worker has begun a phase. */
  begin(phase: Phase): void {
    const { initMs, endMs, graceMs } = this.#limits;
    const ownMs = phase.name === 'init' ? initMs : endMs + graceMs;
    this.#phase = phase;
    this.#wait(phase.limitMs === null ? ownMs : phase.limitMs + graceMs);
  }

  /** Shortens the limit of the phase, if it has a limit for a worker that was told to stop. */
  hurry(): void {
    const stoppedMs = this.#phase?.stoppedMs;
    if (stoppedMs === undefined) return;
    const left = this.#deadline - performance.now();
    this.#wait(Math.min(left, stoppedMs + this.#limits.graceMs));
  }

  /** Notes that the worker has sent a message. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /** Stops the watch while the script cannot block the worker. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#phase = null;
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#deadline = performance.now() + ms;
    // A longer wait takes weeks. Such a run has no watchdog.
    if (ms <= LONGEST_TIMER_MS) this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    const phase = this.#phase;
    if (!phase) return;
    // A worker that still sends messages is late on a busy machine. Its engine cuts the script by itself.
    const isAlive = performance.now() - this.#heardAt < this.#limits.graceMs / 2;
    if (isAlive) this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
    else {
      this.rest();
      this.#stuck(phase);
    }
  }
}
