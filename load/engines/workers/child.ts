/** A worker's process as the run handles it: starts it, reads its messages, watches it and ends it. */

import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { NODE_ARGS } from '../../../system/package.ts';
import type { Phase } from '../../engine/engine.ts';
import { type Frame, LIFELINE } from './lifeline.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { type Limits, Watchdog } from './watchdog.ts';

/** How a worker's process ended before it was told to. */
export interface Death {
  /** `code 1`, `SIGKILL` */
  readonly how: string;
  /** Where the worker was when it was ended because it did not respond; null where it ended by itself. */
  readonly stuckIn: Phase | null;
  /** Where it was then, innermost first; empty where that is not known. */
  readonly frames: readonly Frame[];
}

export interface WorkerEvents {
  heard(message: FromWorker): void;
  died(death: Death): void;
}

/** Ended with this process, however it exits; where it is killed their lifelines break. */
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
      // What handleSummary prints is the script's own.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
      // Ctrl-C goes to the whole group: the run decides when a worker ends.
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
      // What it told before its end was heard by then.
      child.once('close', (code, signal) => over(signal ?? `code ${code}`));
    });
    // Its end is told by the process itself.
    this.#lifeline.on('error', () => {});
  }

  tell(message: ToWorker): void {
    // One that is ending takes no more; its end is heard of.
    if (this.#child.connected) this.#child.send(message, () => {});
    if (message.say === 'stop' || message.say === 'abort') this.#watchdog.hurry();
  }

  /** Ends the process: all that is wanted of it was told. */
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
