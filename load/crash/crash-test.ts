/**
 * Kills a durable emulator under load repeatedly, and checks that it kept every answer that it had acknowledged.
 *
 * The client keeps its own record. Only the last step reads the emulator's ledger, and compares it with that
 * record.
 */

import { batchSource } from '../../generators/batch.ts';
import type { CrashViolation, CrashViolationKind } from '../../run/statements/crash.ts';
import { Draw } from '../../system/draw.ts';
import {
  type DirectAnswer,
  type DirectClient,
  type DirectTarget,
  directClient,
} from '../endpoint/direct-client.ts';
import { readLedger } from '../endpoint/ledger.ts';

/** An emulator that uses the same data every time it is started. */
export interface CrashTarget extends DirectTarget {
  readonly controlUrl: string;
  /** Ends it at once, as kill -9 does. */
  kill(): Promise<void>;
}

export interface CrashTestOptions {
  readonly start: () => Promise<CrashTarget>;
  readonly rounds: number;
  readonly seed: number;
  readonly onProgress?: (round: number, rounds: number) => void;
  readonly signal?: AbortSignal;
}

export interface CrashReport {
  /** Times that the emulator was killed. */
  readonly kills: number;
  /** Calls answered 200, replays left out. */
  readonly acknowledged: number;
  /** Calls in flight at a kill. Their result was not known to the client. */
  readonly unknown: number;
  /** Contacts acknowledged. */
  readonly contacts: number;
  /** Answers asked for again after a restart. */
  readonly replays: number;
  /** The first few violations of each kind; empty where the test passed. */
  readonly violations: readonly CrashViolation[];
  /** Kind -> how many there were. */
  readonly counts: Readonly<Partial<Record<CrashViolationKind, number>>>;
}

const CONNECTIONS = 8;
const CONTACTS_PER_BATCH = 5;
/** Answers before a kill: few enough to hit the first moments, many enough to have a checkpoint. */
const ANSWERS = { min: 10, max: 300 };
/**
 * When a kill comes, in turn. At rest every call has its answer, so that no later one can have taken an
 * acknowledged one to disk with it: a store that lags behind by one commit is caught each time. Amid calls
 * one has just been sent: what is under way must be there whole or not at all.
 */
const MOMENTS = ['at rest', 'amid calls'] as const;
type Moment = (typeof MOMENTS)[number];
/** Older answers asked for again after each restart, besides all of the round before. */
const OLDER_REPLAYS = 50;
/** Of one kind: a fault that shows itself everywhere must not hide the others. */
const SHOWN_VIOLATIONS = 10;
const DRAW_STREAM = 77;

export async function runCrashTest(options: CrashTestOptions): Promise<CrashReport> {
  const { start, rounds, seed, onProgress, signal } = options;
  const record = new ClientRecord(seed);
  const draw = new Draw(seed, 0, DRAW_STREAM);
  let kills = 0;
  for (let round = 0; round < rounds && !signal?.aborted; round += 1) {
    onProgress?.(round, rounds);
    const target = await start();
    const client = directClient(target, CONNECTIONS);
    try {
      await record.askAgain(client, draw);
      const answers = ANSWERS.min + draw.below(ANSWERS.max - ANSWERS.min);
      const moment = MOMENTS[round % MOMENTS.length] as Moment;
      await loadUntilKilled(client, record, answers, moment, () => target.kill());
      kills += 1;
    } finally {
      await target.kill();
      await client.close();
    }
  }
  const target = await start();
  const client = directClient(target, CONNECTIONS);
  try {
    await record.askAgain(client, draw);
    await record.compareWithLedger(target.controlUrl);
  } finally {
    await client.close();
    await target.kill();
  }
  return { kills, ...record.report() };
}

async function loadUntilKilled(
  client: DirectClient,
  record: ClientRecord,
  answers: number,
  moment: Moment,
  kill: () => Promise<void>,
): Promise<void> {
  let left = answers;
  let killed: Promise<void> | null = null;
  const connection = async () => {
    while (!killed && (left > 0 || moment === 'amid calls')) {
      const index = record.next();
      const answer = client.put(record.bodyOf(index));
      if (left <= 0) killed = kill();
      try {
        record.answered(index, await answer);
      } catch (error) {
        // After the kill, whatever the socket calls it: the call may have been carried out or not.
        if (killed) record.lost(index);
        else record.unanswered(index, error as Error);
      }
      left -= 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  await (killed ?? kill());
}

/** The requests of the client, and their answers. */
class ClientRecord {
  readonly #batches: ReturnType<typeof batchSource>;
  /** Answer by number of the batch. */
  readonly #answers = new Map<number, string>();
  readonly #violations: CrashViolation[] = [];
  readonly #counts: Partial<Record<CrashViolationKind, number>> = {};
  #recent: number[] = [];
  #unknown: number[] = [];
  #unknownEver = 0;
  #replays = 0;
  #sent = 0;

  constructor(seed: number) {
    this.#batches = batchSource({ seed, contactsPerBatch: CONTACTS_PER_BATCH });
  }

  next(): number {
    this.#sent += 1;
    return this.#sent - 1;
  }

  bodyOf(index: number): Buffer {
    const { ClientToken, ContactDataRequestList } = this.#batches.batch(index);
    return Buffer.from(JSON.stringify({ ClientToken, ContactDataRequestList }));
  }

  answered(index: number, { status, text }: { status: number; text: string }): void {
    if (status !== 200) {
      this.#violate({ kind: 'refused', batch: index, status, text });
      return;
    }
    this.#answers.set(index, text);
    this.#recent.push(index);
  }

  lost(index: number): void {
    this.#unknown.push(index);
    this.#unknownEver += 1;
  }

  unanswered(index: number, { message }: Error): void {
    this.#violate({ kind: 'unanswered', batch: index, message });
    this.lost(index);
  }

  /** After a restart, an acknowledged call must get the same answer again, and an unknown one must get an answer. */
  async askAgain(client: DirectClient, draw: Draw): Promise<void> {
    const acknowledged = new Set(this.#recent);
    for (let i = 0; i < OLDER_REPLAYS && this.#answers.size > 0; i += 1) {
      const index = draw.below(this.#sent);
      if (this.#answers.has(index)) acknowledged.add(index);
    }
    this.#recent = [];
    await inTurn(acknowledged, async (index) => {
      const answer = await this.#ask(client, index);
      if (answer === null) return;
      const { status, text } = answer;
      this.#replays += 1;
      const before = this.#answers.get(index) ?? '';
      if (status !== 200 || text !== before) {
        this.#violate({ kind: 'another answer', batch: index, before, status, after: text });
      }
    });
    const unknown = this.#unknown;
    this.#unknown = [];
    await inTurn(unknown, async (index) => {
      const answer = await this.#ask(client, index);
      if (answer !== null) this.answered(index, answer);
    });
  }

  /** @returns null where no answer came; `unanswered` then records it. */
  async #ask(client: DirectClient, index: number): Promise<DirectAnswer | null> {
    try {
      return await client.put(this.bodyOf(index));
    } catch (error) {
      this.unanswered(index, error as Error);
      return null;
    }
  }

  /** The ledger must have every acknowledged contact once and no other, because every call now has its answer. */
  async compareWithLedger(controlUrl: string): Promise<void> {
    const held = new Set<string>();
    for await (const row of readLedger(controlUrl)) {
      if (row.type !== 'contact') continue;
      if (held.has(row.contactId)) this.#violate({ kind: 'there twice', contactId: row.contactId });
      held.add(row.contactId);
    }
    for (const [index, text] of this.#answers) {
      for (const contactId of contactIdsIn(text)) {
        if (!held.delete(contactId)) {
          this.#violate({ kind: 'lost', batch: index, contactId });
        }
      }
    }
    for (const contactId of held) {
      this.#violate({ kind: 'unnamed', contactId });
    }
  }

  report(): Omit<CrashReport, 'kills'> {
    let contacts = 0;
    for (const text of this.#answers.values()) contacts += contactIdsIn(text).length;
    return {
      acknowledged: this.#answers.size,
      unknown: this.#unknownEver,
      contacts,
      replays: this.#replays,
      violations: this.#violations,
      counts: this.#counts,
    };
  }

  #violate(violation: CrashViolation): void {
    const count = (this.#counts[violation.kind] ?? 0) + 1;
    this.#counts[violation.kind] = count;
    if (count <= SHOWN_VIOLATIONS) this.#violations.push(violation);
  }
}

async function inTurn(
  indices: Iterable<number>,
  call: (index: number) => Promise<void>,
): Promise<void> {
  const queue = indices[Symbol.iterator]();
  const connection = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await call(next.value);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

function contactIdsIn(text: string): string[] {
  const { SuccessfulRequestList: list = [] } = JSON.parse(text) as {
    SuccessfulRequestList?: { ContactId: string }[];
  };
  return list.map(({ ContactId }) => ContactId);
}
