/**
 * The campaign engine together with its store. Whoever works on the engine is answered after the changes are
 * committed, and what follows from a change is done after that too.
 *
 * All work that is done before a transaction begins shares that transaction. If it fails, everybody who waits for it
 * gets the error, and the engine is made again from what the store holds.
 */

import type { Action, CampaignEngine } from '../../campaigns/campaign-engine.ts';
import type { Change, KeptRecord } from '../../campaigns/records.ts';
import type { Outgoing, RecordShelf } from '../stores/record-shelf.ts';

/** A line for a sink, before it has its number. */
export type Line = Omit<Outgoing, 'number'>;

export interface CommittedOptions {
  readonly shelf: RecordShelf;
  readonly makeEngine: (records: readonly KeptRecord[]) => CampaignEngine;
  /** The moment, in epoch milliseconds. */
  readonly now: () => number;
  /** What an action gives to sinks. It is committed with the change that the action follows from. */
  readonly linesOf: (action: Action) => readonly Line[];
  /** Told after each commit. */
  readonly committed: (actions: readonly Action[], outgoing: readonly Outgoing[]) => void;
  /** Told of each commit that failed. */
  readonly failed: (error: unknown) => void;
}

/** Work that shares a transaction. */
interface Group {
  readonly changes: Change[];
  readonly actions: Action[];
  readonly outgoing: Outgoing[];
  readonly taken: number[];
  /** Whether the transaction has begun, so that nothing can be added. */
  begun: boolean;
  /** The error of the group before it, if that failed: this group builds on changes that are not there. */
  abandoned: { readonly error: unknown } | null;
  done: Promise<void>;
}

export class CommittedEngine {
  readonly #options: CommittedOptions;
  /** Null after a failure, if the store could not be read. */
  #engine: CampaignEngine | null = null;
  /** The last group, until it is committed. */
  #group: Group | null = null;
  /** What the engine did when it was made, for the next group. */
  #first: ReturnType<CampaignEngine['take']> | null = null;
  /** Numbers of lines that are kept although a sink has taken them, for the next group. */
  #taken: number[] = [];
  #nextNumber: number;
  /** The lines that were kept at the start. */
  readonly kept: readonly Outgoing[];
  /** The moment of the last commit before the start; null if there was none. */
  readonly writtenAt: number | null;

  constructor(options: CommittedOptions) {
    this.#options = options;
    const { records, outgoing, writtenAt } = options.shelf.load();
    this.kept = outgoing;
    this.writtenAt = writtenAt;
    this.#nextNumber = (outgoing.at(-1)?.number ?? 0) + 1;
    this.#adopt(records);
  }

  /**
   * Runs work on the engine.
   *
   * @returns its result, once everything that it could see is committed. Rejects if that fails; nothing that was not
   * committed before is then kept.
   */
  async run<T>(work: (engine: CampaignEngine, now: number) => T): Promise<T> {
    const engine = this.#engine ?? this.#adopt(this.#options.shelf.load().records);
    let result: T;
    try {
      result = work(engine, this.#options.now());
    } finally {
      // If the work stopped half way, the engine has what it did until then, and so must the store.
      this.#note(engine);
    }
    await this.#group?.done;
    return result;
  }

  /** Looks at the engine, at changes too that are not committed. Undefined if there is none, after a failure. */
  look<T>(work: (engine: CampaignEngine) => T): T | undefined {
    return this.#engine ? work(this.#engine) : undefined;
  }

  /** Says that lines need not be kept any more. */
  drop(numbers: readonly number[]): void {
    this.#open().taken.push(...numbers);
  }

  /** Whether something waits for its commit. */
  get busy(): boolean {
    return this.#group !== null;
  }

  /** Resolves when nothing waits for its commit, however that ended. */
  async quiet(): Promise<void> {
    while (this.#group) await this.#group.done.catch(() => {});
  }

  /** Drops everything, in the store too. */
  async clear(): Promise<void> {
    // What was done before must not be committed after the store is emptied.
    await this.quiet();
    this.#taken = [];
    this.#adopt([]);
    await this.#options.shelf.clear();
  }

  #adopt(records: readonly KeptRecord[]): CampaignEngine {
    const engine = this.#options.makeEngine(records);
    const { changes, actions } = engine.take();
    // Dials are not given again by the engine: the store keeps them until their sink has taken them.
    this.#first = { changes, actions: actions.filter(({ kind }) => kind !== 'dial') };
    this.#engine = engine;
    return engine;
  }

  #note(engine: CampaignEngine): void {
    const { changes, actions } = engine.take();
    const first = this.#first;
    if (!first && changes.length === 0 && actions.length === 0) return;
    this.#first = null;
    const group = this.#open();
    group.changes.push(...(first?.changes ?? []), ...changes);
    group.actions.push(...(first?.actions ?? []), ...actions);
    for (const line of actions.flatMap(this.#options.linesOf)) {
      group.outgoing.push({ number: this.#nextNumber, ...line });
      this.#nextNumber += 1;
    }
  }

  /** The group that takes what is done now. */
  #open(): Group {
    if (this.#group && !this.#group.begun) return this.#group;
    const group: Group = {
      changes: [],
      actions: [],
      outgoing: [],
      taken: this.#taken.splice(0),
      begun: false,
      abandoned: null,
      done: Promise.resolve(),
    };
    this.#group = group;
    group.done = this.#commit(group);
    // Those who wait for the group get its error; it may have nobody who waits.
    group.done.catch(() => {});
    return group;
  }

  async #commit(group: Group): Promise<void> {
    const { shelf, now, committed } = this.#options;
    try {
      await shelf.commit(() => {
        group.begun = true;
        const { changes, outgoing, taken } = group;
        return group.abandoned
          ? { changes: [], outgoing: [], taken: [], now: now() }
          : { changes, outgoing, taken, now: now() };
      });
    } catch (error) {
      if (!group.abandoned) this.#fail(group, error);
    }
    if (group.abandoned) throw group.abandoned.error;
    if (this.#group === group) this.#group = null;
    committed(group.actions, group.outgoing);
  }

  /** Gives up a group whose commit failed, and the one that was begun on its changes. */
  #fail(failed: Group, error: unknown): void {
    for (const group of new Set([failed, this.#group ?? failed])) {
      group.abandoned = { error };
      this.#taken.push(...group.taken);
    }
    this.#group = null;
    this.#engine = null;
    this.#options.failed(error);
  }
}
