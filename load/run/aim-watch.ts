/** Keeps what a scenario aimed at, second by second, as the engine tells it during the run. */

import type { LoadAim } from '../../run/run.ts';
import type { EngineProgress } from '../engines/engine.ts';

export class AimWatch {
  #unit: LoadAim['unit'] | null = null;
  #isMixed = false;
  readonly #values = new Map<number, number>();

  add({ elapsedMs, target }: Pick<EngineProgress, 'elapsedMs' | 'target'>): void {
    if (!target) return;
    // One line cannot show rates and users.
    if (this.#unit !== null && this.#unit !== target.unit) this.#isMixed = true;
    this.#unit = target.unit;
    this.#values.set(Math.floor(elapsedMs / 1_000), target.value);
  }

  /** Null if the engine told nothing, or at one time a rate and at another time a number of VUs. */
  seen(): LoadAim | null {
    if (this.#unit === null || this.#isMixed) return null;
    return {
      unit: this.#unit,
      points: [...this.#values]
        .toSorted(([a], [b]) => a - b)
        .map(([second, value]) => ({ second, value: Number(value.toFixed(3)) })),
    };
  }
}
