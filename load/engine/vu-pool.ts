/** The run's VUs: made from the program, lent to scenarios, taken back. */

import { setFlagsFromString } from 'node:v8';
import { modulesOf } from './modules/table.ts';
import { waiting } from './vu/pending.ts';
import { mathWith } from './vu/random.ts';
import type { Run } from './vu/run.ts';
import { Vu } from './vu/vu.ts';

/**
 * From here on memory counts for more than processor time: V8 lets garbage grow to half of what is in
 * use, not to three times it. Measured: docs/benchmarks.md.
 */
const MANY_VUS = 1_000;
const LITTLE_GARBAGE = '--heap-growing-percent=50';

export class VuPool {
  readonly #run: Run;
  readonly #idle: Vu[] = [];
  #made = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Makes VUs ready. Rejects with what their init code throws. */
  async prepare(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      this.#made += 1;
      const vu = await instantiate(this.#run, this.#made);
      this.#run.vusInitialised += 1;
      this.#idle.push(vu);
      if (this.#made === MANY_VUS) setFlagsFromString(LITTLE_GARBAGE);
    }
  }

  take(): Vu | null {
    return this.#idle.pop() ?? null;
  }

  giveBack(vu: Vu): void {
    if (!vu.lost) this.#idle.push(vu);
  }
}

/** Runs the init code for a new VU. */
export async function instantiate(run: Run, id: number): Promise<Vu> {
  const vu = new Vu(id, run);
  const log = run.console.write;
  vu.exports = await run.program.instantiate({
    member: modulesOf(vu),
    waits: (name, body) => waiting(vu.unawaited, name, body),
    vu,
    math: run.program.seedsMath ? mathWith(vu.random) : null,
    globals: {
      __ENV: vu.env,
      __VU: id,
      open: (path: string, mode = '') => openText(vu, path, mode),
      // k6 prints debug lines only when it is told to be verbose.
      console: { log, info: log, warn: log, error: log, debug: () => {} },
      ...vu.timers,
      TextEncoder,
      TextDecoder,
      crypto: globalThis.crypto,
    },
  });
  // Promises that init code left behind, such as the opening of a file, settle before it is used.
  await new Promise((resolve) => setImmediate(resolve));
  vu.phase = 'idle';
  return vu;
}

function openText(vu: Vu, path: string, mode: string): string | ArrayBuffer {
  if (vu.phase !== 'init') throw new Error('open() can be called in the init context only');
  const contents = vu.run.files.contents(path);
  return mode.includes('b') ? new Uint8Array(contents).buffer : contents.toString('utf8');
}
