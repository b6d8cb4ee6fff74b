/** Seeded bugs, which an audit of the endpoint must find. All are off by default. */

export interface BugRow {
  readonly meaning: string;
}

const ROWS = {
  'forgets-tokens': {
    meaning: 'a repeated ClientToken is treated as new, whatever its payload',
  },
  'races-duplicates': {
    meaning: 'a request does not wait for an identical one in flight, so both are carried out',
  },
  'replay-new-ids': {
    meaning: 'a replay answers new ContactIds that were never created',
  },
  'swaps-identifiers': {
    meaning: "the first two successes of an answer have each other's ContactIds",
  },
  'creates-on-refusal': {
    meaning: 'a token reused with another payload gets its 409, but the contacts are created',
  },
  'ignores-payload': {
    meaning: 'a token reused with another payload gets the first answer instead of a 409',
  },
  'drops-item': {
    meaning: 'the last item of a batch is missing from the answer',
  },
  'answers-twice': {
    meaning: 'the first item of a batch is in both lists of the answer',
  },
  'accepts-bad-signature': {
    meaning: 'a wrong signature is accepted',
  },
  'counts-items': {
    meaning: 'each item takes a token from the rate bucket, instead of each request',
  },
  'larger-burst': {
    meaning: 'the rate bucket saves up one request more than the burst',
  },
  'shared-bucket': {
    meaning: 'all accounts and Regions share one rate bucket for each operation',
  },
  'wrong-code': {
    meaning: 'the answer has INTERNAL_ERROR instead of INVALID_QUEUE',
  },
  'reuses-contact-ids': {
    meaning: 'every 50th contact gets the ContactId of a contact of an earlier batch',
  },
  'refuses-replays': {
    meaning: 'every third replay gets a 409, as if its payload were another',
  },
  'refuses-new-tokens': {
    meaning: 'every 20th batch with a new token gets a 409, as if the token had been used',
  },
  'swaps-stored-identifiers': {
    meaning: "the first two contacts of a batch are stored with each other's RequestIdentifiers",
  },
  'creates-unasked': {
    meaning: 'every 20th commit also creates a contact that nobody asked for',
  },
  'loses-acknowledged': {
    meaning: 'every 50th commit is acknowledged but not stored',
  },
  'loses-at-crash': {
    meaning: 'a commit is acknowledged before it is stored, so a crash loses the last one',
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
