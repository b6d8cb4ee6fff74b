/** VUs that iterate, their number changing from stage to stage. */

import type { Fields } from '../read/fields.ts';
import type { Segment } from '../read/segment.ts';
import { type Executor, loop, type ScenarioRun } from './executor.ts';
import { rampSteps, readStages, targetAt, totalMs } from './stages.ts';

export function rampingVus(fields: Fields, segment: Segment): Executor {
  const startVus = fields.whole('startVUs', 0, 1);
  const gracefulRampDownMs = fields.duration('gracefulRampDown', 30_000);
  const stages = readStages(fields);
  const most = Math.max(startVus, ...stages.map((stage) => stage.target));
  const vus = segment.share(most);
  return {
    vus,
    maxVus: vus,
    regularMs: totalMs(stages),
    numbers: segment.among(most),
    iterations: null,
    aim: 'VUs',
    target: (elapsedMs) => segment.share(Math.round(targetAt(startVus, stages, elapsedMs))),
    async run(scenario) {
      const slots = Array.from({ length: vus }, () => new Slot(scenario, gracefulRampDownMs));
      for (const step of rampSteps(startVus, stages)) {
        await scenario.until(step.atMs);
        if (scenario.ended()) break;
        slots.forEach((slot, i) => {
          slot.want(segment.nth(i) < step.vus);
        });
      }
      await scenario.until(totalMs(stages));
      await Promise.all(slots.map((slot) => slot.stopped()));
    },
  };
}

/** A place in the ramp: one VU that starts, lets go, or takes up again where it had not let go yet. */
class Slot<Vu> {
  readonly #scenario: ScenarioRun<Vu>;
  readonly #gracefulMs: number;
  #wanted = false;
  #vu: Vu | null = null;
  #looping: Promise<void> = Promise.resolve();
  #patience: NodeJS.Timeout | undefined;

  constructor(scenario: ScenarioRun<Vu>, gracefulMs: number) {
    this.#scenario = scenario;
    this.#gracefulMs = gracefulMs;
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    clearTimeout(this.#patience);
    if (wanted && !this.#vu) this.#looping = this.#loop();
    if (!wanted) {
      this.#patience = setTimeout(() => {
        if (this.#vu) this.#scenario.interrupt(this.#vu);
      }, this.#gracefulMs);
    }
  }

  async stopped(): Promise<void> {
    await this.#looping;
    clearTimeout(this.#patience);
  }

  async #loop(): Promise<void> {
    const vu = this.#scenario.activate();
    if (!vu) throw new Error('a VU that was to be ready is not');
    this.#vu = vu;
    await loop(this.#scenario, vu, () => this.#wanted);
    this.#vu = null;
    clearTimeout(this.#patience);
    this.#scenario.deactivate(vu);
  }
}
