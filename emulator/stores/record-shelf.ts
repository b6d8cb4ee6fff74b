/** What a store keeps of outbound campaigns: the records of the engine, and what sinks have not yet taken. */

import type { Change, KeptRecord } from '../../campaigns/records.ts';

/** A line for a sink. It is kept until the sink has taken it. */
export interface Outgoing {
  /** Unique in its shelf; later lines have higher numbers. */
  readonly number: number;
  /** The sink that is to take it. */
  readonly sink: string;
  /** JSON without a line feed. */
  readonly line: string;
}

/** One atomic change. */
export interface ShelfWrite {
  readonly changes: readonly Change[];
  readonly outgoing: readonly Outgoing[];
  /** Numbers of the lines that are no longer kept. */
  readonly taken: readonly number[];
  /** By the virtual clock, epoch milliseconds. */
  readonly now: number;
}

export interface Shelved {
  /** Every record kept, in the order in which they were first committed. */
  readonly records: readonly KeptRecord[];
  /** In the order of their numbers. */
  readonly outgoing: readonly Outgoing[];
  /** The moment of the last write; null if there was none. */
  readonly writtenAt: number | null;
}

export interface RecordShelf {
  load(): Shelved;
  /**
   * Commits a change. Rejects on errors; nothing is then changed.
   *
   * @param write called when the transaction begins, and again if it is tried again: it returns the same then.
   */
  commit(write: () => ShelfWrite): Promise<void>;
  clear(): Promise<void>;
}

/** The shelf of a store in memory. The engine has all that there is, so this keeps nothing. */
export function createMemoryShelf(): RecordShelf {
  return {
    load: () => ({ records: [], outgoing: [], writtenAt: null }),
    async commit(write) {
      // Later, so that all work of one turn shares a commit, as it does on disk.
      await undefined;
      write();
    },
    async clear() {},
  };
}
