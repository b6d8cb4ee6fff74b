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
  'dials-twice': {
    meaning: 'every 10th contact of a campaign is dialled a second time',
  },
  'dials-again-after-crash': {
    meaning: 'calls that were under way at a crash are made again after it',
  },
  'dials-after-stop': {
    meaning:
      'up to three contacts that wait when their campaign is stopped are dialled a second later',
  },
  'dials-while-paused': {
    meaning:
      'up to three contacts that wait when their campaign is paused are dialled a second later',
  },
  'dials-expired': {
    meaning: 'a contact that expires is dialled a second later',
  },
  'loses-dial-requests': {
    meaning: 'every 20th dial request is acknowledged but not kept',
  },
  'new-contact-id-at-dialling': {
    meaning: 'every 10th dial is made with a ContactId that BatchPutContact did not create',
  },
  'expires-early': {
    meaning: 'a dial request expires 25 seconds before its expirationTime',
  },
  'forgets-item-tokens': {
    meaning: 'a clientToken of a dial request that is sent again makes a second dial request',
  },
  'swaps-attributes': {
    meaning: "the first two dial requests of a call get each other's attributes",
  },
  'exceeds-concurrent-calls': {
    meaning: 'campaigns make three times as many calls at once as the quota of the instance allows',
  },
  'tells-of-no-contact': {
    meaning: 'every tenth contact event has a ContactId that BatchPutContact did not create',
  },
  'tells-another-reason': {
    meaning: 'every fifth event DISCONNECTED has a reason other than the one why the contact ended',
  },
  'tells-early-times': {
    meaning: 'every fifth event DISCONNECTED has a time of an hour before the end of the contact',
  },
  'loses-events': {
    meaning: 'every fifth event DISCONNECTED is not given, although no loss is set',
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
