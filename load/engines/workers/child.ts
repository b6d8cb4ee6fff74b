/** Starts a worker's process, reads its messages, watches it and ends it. */

import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { NODE_ARGS } from '../../../system/package.ts';
import type { Phase } from '../../engine/engine.ts';
import { type Frame, LIFELINE } from './lifeline.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { type Limits, Watchdog } from './watchdog.ts';

/** Describes how a worker's process ended before the run ended it. */
export interface Death {
  /** `code 1`, `SIGKILL` */
  readonly how: string;
  /** The phase of a worker that was killed because it did not respond; null if it ended by itself. */
  readonly stuckIn: Phase | null;
  /** The stack of the worker at that time, innermost frame first; empty if it is not known. */
  readonly frames: readonly Frame[];
}

export interface WorkerEvents {
  heard(message: FromWorker): void;
  died(death: Death): void;
}

/** Workers that are killed when this process exits. If this process is killed, their lifelines end them. */
const living = new Set<ChildProcess>();

function keepUntilExit(child: ChildProcess): void {
  if (living.size === 0) process.once('exit', killLiving);
  living.add(child);
}

function killLiving(): void {
  for (const child of living) child.kill('SIGKILL');
}

function forget(child: ChildProcess): void {
  living.delete(child);
  if (living.size === 0) process.removeListener('exit', killLiving);
}

export class WorkerChild {
  readonly #child: ChildProcess;
  readonly #watchdog: Watchdog;
  readonly #limits: Limits;
  readonly #exited: Promise<void>;
  #stuckIn: Phase | null = null;
  #frames: readonly Frame[] = [];
  #isDismissed = false;

  constructor(limits: Limits, events: WorkerEvents) {
    const child = fork(join(__dirname, `worker${extname(__filename)}`), {
      execArgv: [...NODE_ARGS],
      // The output of handleSummary belongs to the script and goes to standard output.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
      // Ctrl-C goes to the whole process group. It must not end a worker, because the run decides when a worker ends.
      detached: true,
    });
    this.#child = child;
    this.#limits = limits;
    this.#watchdog = new Watchdog(limits, (phase) => void this.#end(phase));
    this.#watchdog.begin({ name: 'start', limitMs: null });
    keepUntilExit(child);
    child.on('message', (message: FromWorker) => {
      this.#watchdog.hear();
      if (message.say === 'phase') this.#watchdog.begin(message.phase);
      else if (message.say === 'ready') this.#watchdog.rest();
      events.heard(message);
    });
    this.#exited = new Promise((resolve) => {
      const over = (how: string) => {
        this.#watchdog.rest();
        forget(child);
        resolve();
        if (this.#isDismissed) return;
        this.#isDismissed = true;
        events.died({ how, stuckIn: this.#stuckIn, frames: this.#frames });
      };
      child.once('error', (error) => over(error.message));
      // All messages that the worker sent have been received when `close` comes.
      child.once('close', (code, signal) => over(signal ?? `code ${code}`));
    });
    // The error needs no handling, because the end of the process is reported by its events.
    this.#lifeline.on('error', () => {});
  }

  tell(message: ToWorker): void {
    // A worker that is ending takes no messages. Its end is reported by its events.
    if (this.#child.connected) this.#child.send(message, () => {});
    if (message.say === 'stop' || message.say === 'abort') this.#watchdog.hurry();
  }

  /** Ends the process. Nothing more is needed from it. */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  get #lifeline(): Duplex {
    return this.#child.stdio[LIFELINE] as Duplex;
  }

  async #end(phase: Phase): Promise<void> {
    this.#stuckIn = phase;
    this.#frames = await this.#whereItIs();
    this.#child.kill('SIGKILL');
  }

  #whereItIs(): Promise<readonly Frame[]> {
    return new Promise((resolve) => {
      let text = '';
      const give = () => {
        clearTimeout(timer);
        resolve(text.endsWith('\n') ? (JSON.parse(text) as Frame[]) : []);
      };
      const timer = setTimeout(give, this.#limits.tellMs);
      this.#lifeline.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.endsWith('\n')) give();
      });
      this.#lifeline.write('where?\n');
    });
  }
}
