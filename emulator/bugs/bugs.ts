/** Seeded bugs: what an audit of the endpoint must catch. Never on by default. */

export interface BugRow {
  readonly meaning: string;
}

const ROWS = {
  'forgets-tokens': { meaning: 'a repeated ClientToken is run afresh, whatever its payload' },
  'races-duplicates': {
    meaning: 'a request does not wait for an equal one in flight, and runs too',
  },
  'replay-new-ids': { meaning: 'a replay answers fresh ContactIds that were never created' },
  'swaps-identifiers': {
    meaning: 'the first two successes of an answer have their ContactIds exchanged',
  },
  'creates-on-refusal': {
    meaning: 'a token reused with another payload gets its 409, yet its contacts are created',
  },
  'ignores-payload': {
    meaning: 'a token reused with another payload replays the first answer instead of a 409',
  },
  'drops-item': { meaning: 'the last item of a batch is missing from the answer' },
  'answers-twice': { meaning: 'the first item of a batch is in both lists of the answer' },
  'accepts-bad-signature': { meaning: 'a signature that does not match is accepted' },
  'counts-items': { meaning: 'the rate bucket spends a token per item instead of one per request' },
  'wrong-code': { meaning: 'INVALID_QUEUE is answered as INTERNAL_ERROR' },
  'loses-acknowledged': { meaning: 'every 50th commit is acknowledged but not stored' },
  'loses-at-crash': {
    meaning: 'a commit is acknowledged before it is stored, so that a crash loses the last one',
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
