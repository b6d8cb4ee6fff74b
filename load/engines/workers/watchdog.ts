/** Watches a worker, whose script may block its event loop forever. */

import type { Phase } from '../../engine/engine.ts';
import { LONGEST_TIMER_MS } from '../../engine/read/duration.ts';

/** Milliseconds. */
export interface Limits {
  /** For the init code of one VU, which k6 does not limit. */
  readonly initMs: number;
  /** For the process to start, and for what is written at the end. */
  readonly endMs: number;
  /** After the time is over, by when the worker has to have gone on. */
  readonly graceMs: number;
  /** For a worker that has not, to tell where it is. */
  readonly tellMs: number;
}

/** What k6 does not limit has a minute; what has gone on for too long is ended within ten seconds. */
export const LIMITS: Limits = { initMs: 60_000, endMs: 60_000, graceMs: 4_000, tellMs: 4_000 };

/** How often a worker that has overrun its time and gives signs of life is looked at again, in milliseconds. */
const AGAIN_MS = 500;

export class Watchdog {
  readonly #limits: Limits;
  readonly #stuck: (phase: Phase) => void;
  #phase: Phase | null = null;
  #deadline = 0;
  #heardAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param stuck called once, when the worker is silent and out of time. */
  constructor(limits: Limits, stuck: (phase: Phase) => void) {
    this.#limits = limits;
    this.#stuck = stuck;
  }

  /** The worker has begun a part of the run. */
  begin(phase: Phase): void {
    const { initMs, endMs, graceMs } = this.#limits;
    const ownMs = phase.name === 'init' ? initMs : endMs + graceMs;
    this.#phase = phase;
    this.#wait(phase.limitMs === null ? ownMs : phase.limitMs + graceMs);
  }

  /** It was told to stop: what that hurries must be over soon. */
  hurry(): void {
    const stoppedMs = this.#phase?.stoppedMs;
    if (stoppedMs === undefined) return;
    const left = this.#deadline - performance.now();
    this.#wait(Math.min(left, stoppedMs + this.#limits.graceMs));
  }

  /** It has told something. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /** It does nothing that the script could hold up. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#phase = null;
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#deadline = performance.now() + ms;
    // A longer wait is days, and needs no watchdog: a user looks after so long a run.
    if (ms <= LONGEST_TIMER_MS) this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    const phase = this.#phase;
    if (!phase) return;
    // A worker that gives signs of life is late on a busy machine: its engine cuts the script by itself.
    const isAlive = performance.now() - this.#heardAt < this.#limits.graceMs / 2;
    if (isAlive) this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
    else {
      this.rest();
      this.#stuck(phase);
    }
  }
}
