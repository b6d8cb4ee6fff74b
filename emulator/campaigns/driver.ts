/**
 * Drives the campaign engine of an endpoint: runs its timers by the virtual clock, sends its batches, and gives its
 * dials to their sink.
 *
 * While the clock runs, batches are sent over HTTP to the endpoint's own port. While `advance` moves the clock, they
 * are handed to the endpoint as values, so that no time passes on the way.
 */

import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Action,
  CampaignEngine,
  ContactStep,
  Finding,
  Outcome,
} from '../../campaigns/campaign-engine.ts';
import type { CampaignBatch, KeptRecord } from '../../campaigns/records.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { type EventFigures, type EventOptions, EventOutlets } from '../events/event-outlets.ts';
import { Delivery, type DeliveryFigures } from '../sinks/delivery.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Outgoing, RecordShelf } from '../stores/record-shelf.ts';
import { StoreFullError, StoreLostError } from '../stores/store.ts';
import { CommittedEngine, type Line } from './committed-engine.ts';
import { createSender, type Endpoint, type Sender } from './sender.ts';

export interface DriverOptions {
  readonly shelf: RecordShelf;
  readonly clock: VirtualClock;
  readonly makeEngine: (records: readonly KeptRecord[]) => CampaignEngine;
  /** Takes the dial records; null if nobody asked for them. */
  readonly dials: Sink | null;
  readonly events: EventOptions;
}

/** What the driver did since the start or the last reset. */
export interface DriverFigures {
  /** Attempts of BatchPutContact by what came of them: a status, or `lost`. */
  readonly attempts: Readonly<Record<string, number>>;
  readonly dials: number;
  readonly failedCommits: number;
  readonly findings: number;
  readonly lastFindings: readonly Finding[];
  /** Of the sink of dial records; null if there is none. */
  readonly sink: DeliveryFigures | null;
  /** Contact events, and the sinks that take them. */
  readonly contactEvents: EventFigures;
}

const DIALS = 'dials';

/** Node's timers take no longer delay. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** Milliseconds of the wall clock after a failed commit until the engine goes on by itself. */
const RECOVERY = 1_000;
/** Milliseconds of the wall clock by which a timer may be late and still run at its moment. */
const MOST_LATE = 5_000;
/** Timers that `advance` runs before other work of the process has its turn. */
const TIMERS_PER_TURN = 64;
const KEPT_FINDINGS = 100;

export class CampaignDriver {
  readonly #clock: VirtualClock;
  readonly #engine: CommittedEngine;
  readonly #dials: Delivery | null;
  readonly #events: EventOutlets;
  #endpoint: Endpoint | null = null;
  #sender: Sender | null = null;
  /** Batches to send once an endpoint is served. */
  #unsent: CampaignBatch[] = [];
  /** Tokens of the calls on their way. */
  readonly #inFlight = new Set<string>();
  /** The calls whose outcome is not committed. */
  readonly #calls = new Set<Promise<void>>();
  /** The moment for which `#timer` is set. */
  #armedFor: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #recovery: NodeJS.Timeout | null = null;
  /** The last `advance` that is not over. */
  #advancing: Promise<void> | null = null;
  /** The moment of the virtual clock at which the engine was made, by which its figures count. */
  #since: number;
  /** The moment of the virtual clock from which on timers run. */
  #servesFrom = 0;
  /** Whether `advance` holds the clock. */
  #held = false;
  #resetting = false;
  #closing = false;
  #attempts: Record<string, number> = {};
  #dialled = 0;
  #failedCommits = 0;
  #findings = 0;
  #lastFindings: readonly Finding[] = [];

  constructor({ shelf, clock, makeEngine, dials, events }: DriverOptions) {
    this.#clock = clock;
    this.#engine = new CommittedEngine({
      shelf,
      makeEngine,
      now: () => clock.now(),
      linesOf: (action) => this.#linesOf(action),
      committed: (actions, outgoing) => this.#act(actions, outgoing),
      failed: () => this.#recover(),
    });
    const drop = (numbers: readonly number[]) => this.#engine.drop(numbers);
    this.#dials = dials && new Delivery(dials, drop);
    this.#events = new EventOutlets(events, drop);
    const { kept, writtenAt } = this.#engine;
    // What was committed bears moments of the virtual clock of an earlier process. This one must not be before them.
    if (writtenAt !== null) clock.ahead += Math.max(0, writtenAt - clock.now());
    this.#since = clock.now();
    this.#dials?.add(kept.filter(({ sink }) => sink === DIALS));
    this.#events.add(kept);
  }

  /** Begins to run timers and to send batches. */
  serve(endpoint: Endpoint): void {
    this.#endpoint = endpoint;
    this.#servesFrom = this.#clock.now();
    this.#sender = createSender(endpoint);
    for (const batch of this.#unsent.splice(0)) this.#send(batch);
    this.#resume();
  }

  /**
   * Runs work on the engine.
   *
   * @returns its result, once everything that it could see is committed. Rejects with the error of the store if that
   * fails; nothing is then changed.
   */
  run<T>(work: (engine: CampaignEngine, now: number) => T): Promise<T> {
    return this.#engine.run((engine, now) => {
      try {
        this.#catchUp(engine, now);
        return work(engine, now);
      } finally {
        this.#arm(engine.dueAt());
      }
    });
  }

  /** Looks at the engine without waiting for commits. Undefined if the store failed and could not be read. */
  look<T>(work: (engine: CampaignEngine) => T): T | undefined {
    return this.#engine.look(work);
  }

  /**
   * Moves the virtual clock forward. Every timer up to the new time runs at its own moment, and the calls that it
   * causes are over before the next one runs. If there is nothing to run, the clock is moved at once.
   *
   * @returns resolves when the clock is there. Rejects with the error of the store if a commit fails; the clock then
   * stays where it failed.
   */
  advance(milliseconds: number): Promise<void> {
    const target = this.#clock.now() + milliseconds;
    if (!this.#advancing && !this.#mayRunUntil(target)) {
      this.#clock.ahead += milliseconds;
      this.#rearm();
      return Promise.resolve();
    }
    const before = this.#advancing?.catch(() => {}) ?? Promise.resolve();
    const turn = before.then(() => this.#advance(milliseconds));
    this.#advancing = turn;
    const over = () => {
      if (this.#advancing === turn) this.#advancing = null;
    };
    turn.then(over, over);
    return turn;
  }

  /** Sets by how much the virtual clock was moved. Forward is as `advance`; back moves it at once. */
  async setAhead(milliseconds: number): Promise<void> {
    await this.#advancing?.catch(() => {});
    const by = milliseconds - this.#clock.ahead;
    if (by >= 0) return this.advance(by);
    this.#clock.ahead = milliseconds;
    this.#rearm();
  }

  /**
   * The moment of the virtual clock since which the engine's figures of calls and agents count: of the start, the last
   * reset, or the last commit that failed.
   */
  get since(): number {
    return this.#since;
  }

  get figures(): DriverFigures {
    return {
      attempts: this.#attempts,
      dials: this.#dialled,
      failedCommits: this.#failedCommits,
      findings: this.#findings,
      lastFindings: this.#lastFindings,
      sink: this.#dials?.figures ?? null,
      contactEvents: this.#events.figures,
    };
  }

  /** Drops all campaigns, in the store too, and begins to count again. */
  async reset(): Promise<void> {
    await this.#advancing?.catch(() => {});
    // A call on its way would make contacts after everything is dropped.
    this.#resetting = true;
    await Promise.allSettled(this.#calls);
    await this.#engine.clear();
    this.#since = this.#clock.now();
    this.#resetting = false;
    this.#dials?.clear();
    this.#events.clear();
    this.#unsent = [];
    this.#attempts = {};
    this.#dialled = 0;
    this.#failedCommits = 0;
    this.#findings = 0;
    this.#lastFindings = [];
    this.#rearm();
  }

  /** Sends no more batches, and runs no more timers. Its connections close when the calls on them are over. */
  stop(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#disarm();
    if (this.#recovery) clearTimeout(this.#recovery);
    this.#events.stop();
    void Promise.allSettled(this.#calls).then(() => this.#sender?.close());
  }

  /** Gives up the calls that are on their way, commits what is known, and closes the sink. */
  async close(): Promise<void> {
    this.stop();
    this.#sender?.close();
    await Promise.allSettled(this.#calls);
    await this.#engine.quiet();
    await this.#dials?.close();
    await this.#events.close();
    await this.#engine.quiet();
  }

  #linesOf(action: Action): readonly Line[] {
    if (action.kind === 'step') return this.#events.linesOf(action.step);
    if (action.kind !== 'dial' || !this.#dials) return [];
    return [{ sink: DIALS, line: JSON.stringify({ type: 'dial', ...action.record }) }];
  }

  /** Does what follows from a commit. */
  #act(actions: readonly Action[], outgoing: readonly Outgoing[]): void {
    const steps: ContactStep[] = [];
    for (const action of actions) {
      switch (action.kind) {
        case 'step':
          steps.push(action.step);
          break;
        case 'send':
          this.#send(action.batch);
          break;
        case 'dial':
          this.#dialled += 1;
          break;
        case 'finding':
          this.#findings += 1;
          this.#lastFindings = [...this.#lastFindings, action.finding].slice(-KEPT_FINDINGS);
          break;
      }
    }
    this.#dials?.add(outgoing.filter(({ sink }) => sink === DIALS));
    this.#events.tell(steps);
    this.#events.add(outgoing);
  }

  #send(batch: CampaignBatch): void {
    if (this.#closing || this.#resetting || this.#inFlight.has(batch.token)) return;
    const sender = this.#sender;
    if (!sender) {
      this.#unsent.push(batch);
      return;
    }
    this.#inFlight.add(batch.token);
    const call = this.#call(sender, batch);
    this.#calls.add(call);
    const over = () => this.#calls.delete(call);
    call.then(over, over);
    this.#background(call);
  }

  async #call(sender: Sender, batch: CampaignBatch): Promise<void> {
    const outcome = await (this.#held ? sender.asValue(batch) : sender.overHttp(batch));
    this.#inFlight.delete(batch.token);
    // The connection was given up because the endpoint closes. The batch is sent again at the next start.
    if (this.#closing && outcome.kind === 'lost') return;
    this.#count(outcome);
    await this.run((engine, now) => engine.settle(batch.token, outcome, now));
  }

  #count(outcome: Outcome): void {
    const name = outcome.kind === 'lost' ? 'lost' : String(outcome.status);
    this.#attempts[name] = (this.#attempts[name] ?? 0) + 1;
  }

  async #advance(milliseconds: number): Promise<void> {
    const start = this.#clock.now();
    const target = start + milliseconds;
    this.#clock.hold(start);
    this.#held = true;
    this.#disarm();
    try {
      await this.#settled();
      for (let ran = 1; ; ran += 1) {
        const due = await this.run((engine) => engine.dueAt());
        if (due === null || due > target) break;
        this.#clock.hold(Math.max(this.#clock.now(), due));
        if (!(await this.run((engine, now) => engine.runNext(now)))) {
          throw new Error(`the campaign engine has a timer at ${due} that does not run`);
        }
        await this.#settled();
        if (ran % TIMERS_PER_TURN === 0) await nextTurn();
      }
      this.#clock.hold(target);
    } finally {
      this.#held = false;
      const moved = this.#clock.now() - start;
      this.#clock.release();
      this.#clock.ahead += moved;
      this.#rearm();
    }
  }

  /** Resolves when no call is on its way and everything is committed. Rejects if a call's outcome was not. */
  async #settled(): Promise<void> {
    while (this.#calls.size > 0 || this.#engine.busy) {
      await Promise.all(this.#calls);
      await this.#engine.quiet();
    }
  }

  #mayRunUntil(target: number): boolean {
    if (this.#calls.size > 0 || this.#engine.busy) return true;
    const may = this.look((engine) => {
      const [any] = engine.campaigns();
      const due = engine.dueAt();
      return any !== undefined && due !== null && due <= target;
    });
    return may ?? true;
  }

  /** Whether timers run by the clock as it goes. */
  get #runsTimers(): boolean {
    return this.#endpoint !== null && !this.#held && !this.#closing && this.#recovery === null;
  }

  /** Sets the timer for the moment of the engine's next one. */
  #arm(due: number | null): void {
    if (!this.#runsTimers) return;
    if (this.#timer && this.#armedFor === due) return;
    this.#disarm();
    if (due === null) return;
    const delay = Math.max(1, Math.ceil((due - this.#clock.now()) / this.#clock.speed));
    this.#armedFor = due;
    this.#timer = setTimeout(() => this.#tick(), Math.min(delay, LONGEST_DELAY)).unref();
  }

  /** Sets the timer again, after the clock was moved. */
  #rearm(): void {
    this.#disarm();
    this.#arm(this.look((engine) => engine.dueAt()) ?? null);
  }

  #disarm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    this.#timer = null;
    this.#resume();
  }

  /**
   * Runs every timer that is due at its own moment, although the timers of Node are late: at speed 1000 a millisecond
   * is a second. A process that was not there is not made up for: nobody was dialled in that time.
   */
  #catchUp(engine: CampaignEngine, now: number): void {
    if (!this.#runsTimers) return;
    const floor = Math.max(this.#servesFrom, now - MOST_LATE * this.#clock.speed);
    for (let due = engine.dueAt(); due !== null && due <= now; due = engine.dueAt()) {
      engine.runNext(Math.min(now, Math.max(due, floor)));
    }
  }

  /** Goes on with what the engine has to do. */
  #resume(): void {
    this.#background(this.run(() => {}));
  }

  #recover(): void {
    this.#failedCommits += 1;
    this.#since = this.#clock.now();
    this.#disarm();
    if (this.#closing || this.#recovery) return;
    const goOn = () => {
      this.#recovery = null;
      this.#servesFrom = this.#clock.now();
      this.#resume();
    };
    this.#recovery = setTimeout(goOn, RECOVERY).unref();
  }

  /** Work that nobody waits for. A failure of the store is counted, and the work is done again later. */
  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (error instanceof StoreFullError || error instanceof StoreLostError) return;
      this.#endpoint?.defect(error);
    });
  }
}
