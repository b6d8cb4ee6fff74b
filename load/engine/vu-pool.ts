/** The run's VUs: made from the program, lent to scenarios, taken back. */

import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { modulesOf } from './modules/table.ts';
import { turn } from './turn.ts';
import { cryptoOf } from './vu/crypto.ts';
import { listsThatWait } from './vu/lists.ts';
import { isOurs, waiting } from './vu/pending.ts';
import { mathWith } from './vu/random.ts';
import type { Run } from './vu/run.ts';
import { Vu } from './vu/vu.ts';

/**
 * From here on memory counts for more than processor time: V8 lets garbage grow to half of what is in
 * use, not to three times it. Measured: docs/benchmarks.md.
 */
const MANY_VUS = 1_000;
const LITTLE_GARBAGE = '--heap-growing-percent=50';

/** Somebody who waits for VUs. */
interface Taker {
  readonly count: number;
  readonly give: (vus: Vu[] | null) => void;
}

export class VuPool {
  readonly #run: Run;
  readonly #idle: Vu[] = [];
  readonly #takers: Taker[] = [];
  #made = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Makes VUs ready. Rejects with what their init code throws. */
  async prepare(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) this.#idle.push(await this.make());
  }

  /** One more, for whoever asks. Rejects with what its init code throws. */
  async make(): Promise<Vu> {
    this.#made += 1;
    const vu = await instantiate(this.#run, this.#made);
    this.#run.vusInitialised += 1;
    if (this.#run.vusInitialised === MANY_VUS) setFlagsFromString(LITTLE_GARBAGE);
    return vu;
  }

  /**
   * VUs, as soon as so many are idle: those of a scenario that ends now are free a moment later. Who asked
   * first has them first.
   *
   * @returns null where `signal` is aborted before.
   */
  take(count: number, signal: AbortSignal): Promise<Vu[] | null> {
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#takers.splice(this.#takers.indexOf(taker), 1);
        resolve(null);
        this.#serve();
      };
      const taker: Taker = {
        count,
        give(vus) {
          signal.removeEventListener('abort', giveUp);
          resolve(vus);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#takers.push(taker);
      this.#serve();
    });
  }

  giveBack(vus: readonly Vu[]): void {
    this.#idle.push(...vus);
    this.#serve();
  }

  #serve(): void {
    for (let [first] = this.#takers; first; [first] = this.#takers) {
      if (this.#idle.length < first.count) return;
      this.#takers.shift();
      first.give(this.#idle.splice(this.#idle.length - first.count));
    }
  }
}

/**
 * Makes a VU and runs its init code.
 *
 * @throws whatever the init code throws, and the interruption of a VU that was interrupted meanwhile.
 */
export async function instantiate(run: Run, id: number): Promise<Vu> {
  const vu = new Vu(id, run);
  const log = (...values: unknown[]) => {
    if (!vu.interruption) run.console.write(...values);
  };
  let folder = dirname(run.entry);
  vu.exports = await run.program.instantiate({
    folder(next) {
      const before = folder;
      folder = next;
      return before;
    },
    member: modulesOf(vu),
    waits: (name, body, own) => waiting(vu.unawaited, name, body, own),
    isOurs,
    list: listsThatWait(vu.unawaited),
    vu,
    math: run.program.seedsMath ? mathWith(vu.random) : null,
    globals: {
      __ENV: vu.env,
      __VU: id,
      open: (path: string, mode = '') => openText(vu, path, folder, mode),
      // k6 prints debug lines only when it is told to be verbose.
      console: { log, info: log, warn: log, error: log, debug: () => {} },
      ...vu.timers,
      TextEncoder,
      TextDecoder,
      crypto: cryptoOf(vu),
    },
  });
  // Promises that init code left behind, such as the opening of a file, settle before it is used.
  await turn();
  if (vu.interruption) throw vu.interruption;
  vu.phase = 'idle';
  return vu;
}

function openText(vu: Vu, path: string, folder: string, mode: string): string | ArrayBuffer {
  if (vu.phase !== 'init') throw new Error('open() can be called in the init context only');
  const contents = vu.run.files.contents(path, folder);
  return mode.includes('b') ? new Uint8Array(contents).buffer : contents.toString('utf8');
}
