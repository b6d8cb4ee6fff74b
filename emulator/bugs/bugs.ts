/** Seeded bugs: what an audit of the endpoint must catch. Never on by default. */

export interface BugRow {
  readonly meaning: string;
  /** The check, made from outside, that shows the bug. */
  readonly caughtBy: string;
}

const ROWS = {
  'forgets-tokens': {
    meaning: 'a repeated ClientToken is treated as new, whatever its payload',
    caughtBy: 'a replay answers other ContactIds than the first answer',
  },
  'races-duplicates': {
    meaning: 'a request does not wait for an identical one in flight, so both are carried out',
    caughtBy: 'two equal requests at once answer different ContactIds',
  },
  'replay-new-ids': {
    meaning: 'a replay answers new ContactIds that were never created',
    caughtBy: 'a replay answers other ContactIds than the first answer and the ledger',
  },
  'swaps-identifiers': {
    meaning: "the first two successes of an answer have each other's ContactIds",
    caughtBy: 'the ledger has another ContactId for the RequestIdentifier than the answer',
  },
  'creates-on-refusal': {
    meaning: 'a token reused with another payload gets its 409, but the contacts are created',
    caughtBy: 'the ledger has contacts that no 200 answered',
  },
  'ignores-payload': {
    meaning: 'a token reused with another payload gets the first answer instead of a 409',
    caughtBy: 'a conflicting reuse answers 200',
  },
  'drops-item': {
    meaning: 'the last item of a batch is missing from the answer',
    caughtBy: 'an item without a result',
  },
  'answers-twice': {
    meaning: 'the first item of a batch is in both lists of the answer',
    caughtBy: 'an item with two results',
  },
  'accepts-bad-signature': {
    meaning: 'a wrong signature is accepted',
    caughtBy: 'a request signed with a wrong secret answers 200',
  },
  'counts-items': {
    meaning: 'each item takes a token from the rate bucket, instead of each request',
    caughtBy: 'the burst admits fewer batches than its size',
  },
  'wrong-code': {
    meaning: 'the answer has INTERNAL_ERROR instead of INVALID_QUEUE',
    caughtBy: 'an item with another verdict than the predicted one',
  },
  'loses-acknowledged': {
    meaning: 'every 50th commit is acknowledged but not stored',
    caughtBy: 'an acknowledged ContactId that the ledger does not have',
  },
  'loses-at-crash': {
    meaning: 'a commit is acknowledged before it is stored, so a crash loses the last one',
    caughtBy: 'a ClientToken whose answer differs after a kill (the crash test)',
  },
} as const satisfies Record<string, BugRow>;

export type BugName = keyof typeof ROWS;

export const BUGS: Readonly<Record<BugName, BugRow>> = ROWS;

export const BUG_NAMES = Object.keys(ROWS) as readonly BugName[];

/** The bugs that are on, for a plain property read where each one bites. */
export type Bugs = Readonly<Partial<Record<BugName, true>>>;

export function bugsOn(names: readonly BugName[]): Bugs {
  return Object.fromEntries(names.map((name) => [name, true]));
}
