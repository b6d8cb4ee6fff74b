/**
 * A history has one line per attempt. Load scripts write it and the audit reads it (`docs/history.md`).
 *
 * The fields are tab-separated and in this order. Such a line is cheap to write, and any tool can read it.
 */

/** The version that scripts write. Lines of version `dp1` have no fields after `places`, and are read too. */
export const HISTORY_TAG = 'dp2';

const OLD_TAG = 'dp1';

export interface Attempt {
  /** Number of the batch in the run. The token contains it too. */
  readonly index: number;
  /** Number of the corpus record that was sent. */
  readonly record: number;
  readonly token: string;
  /** 1 for the first time a token is sent, 2 for the second … */
  readonly attempt: number;
  /** Epoch milliseconds at which it was sent. */
  readonly startMs: number;
  /** Milliseconds from first byte sent to last byte read. The wait for a connection comes before. */
  readonly durationMs: number;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Error name of a refusal, error number of a failed request, `-` if there was no error. */
  readonly error: string;
  /** A letter per item (operation/connect/batch-put-contact/outcome.ts); `-` without a readable 200 answer. */
  readonly letters: string;
  /** First 16 hex digits of the SHA-256 of the answer, item by item; `-` without one. */
  readonly digest: string;
  /** Places of the record's items that were sent, `a` the first; `-` for all of them. */
  readonly places: string;
  /** Absent in a line of version `dp1`. */
  readonly seen?: Seen;
}

/** What version `dp2` adds. */
export interface Seen {
  /** Epoch milliseconds at which the script had the answer, or gave up. */
  readonly endMs: number;
  /** Number of the virtual user that sent it. */
  readonly vu: number;
  /**
   * The sends and answers of a virtual user are numbered from 1 in the order in which they happened: the numbers of
   * this attempt's. Unlike times, they tell in any case whether one attempt ended before another began.
   */
  readonly sent: number;
  readonly answered: number;
  /** A digest of the ContactId of each item with the letter `.`, without separator; `-` if there is none. */
  readonly contacts: string;
}

/** Characters of the digest of a ContactId: 66 bits, so that no two of many millions of contacts have the same. */
export const CONTACT_DIGEST_LENGTH = 11;

export function historyLine(a: Attempt): string {
  const first = `${a.index}\t${a.record}\t${a.token}\t${a.attempt}\t${a.startMs}\t${a.durationMs.toFixed(3)}\t${a.status}\t${a.error}\t${a.letters}\t${a.digest}\t${a.places}`;
  if (!a.seen) return `${OLD_TAG}\t${first}`;
  const { endMs, vu, sent, answered, contacts } = a.seen;
  return `${HISTORY_TAG}\t${first}\t${endMs}\t${vu}\t${sent}\t${answered}\t${contacts}`;
}

/** The version that a line claims, such as `dp2`; null for a line of a script's own console output. */
export function versionOf(line: string): string | null {
  return /^(dp\d+)\t/.exec(line)?.[1] ?? null;
}

export function isReadable(version: string): boolean {
  return version === HISTORY_TAG || version === OLD_TAG;
}

const NUMBER = '\\d+';
const FIELDS = [
  NUMBER,
  NUMBER,
  '[^\\t]+',
  '[1-9]\\d*',
  NUMBER,
  '\\d+(?:\\.\\d+)?',
  '0|[1-5]\\d\\d',
  '[^\\t]+',
  '-|[a-z.?!*]+',
  '-|[0-9a-f]+',
  '-|[a-z]+',
];
const SEEN_FIELDS = [NUMBER, NUMBER, NUMBER, NUMBER, '[\\w-]+'];

const formOf = (tag: string, fields: readonly string[]) =>
  new RegExp(`^${tag}\\t${fields.map((field) => `(?:${field})`).join('\\t')}$`);

const OLD_FORM = formOf(OLD_TAG, FIELDS);
const FORM = formOf(HISTORY_TAG, [...FIELDS, ...SEEN_FIELDS]);

/** Reads a line; null for one that is not a valid attempt. */
export function readHistoryLine(line: string): Attempt | null {
  if (!FORM.test(line)) return OLD_FORM.test(line) ? attemptIn(line) : null;
  const attempt = attemptIn(line);
  // Only a whole line has a digest for each contact.
  return attempt.seen?.contacts.length === contactsLength(attempt.letters) ? attempt : null;
}

/** @param line a line of one of the forms, as `historyLine` writes it. */
export function attemptIn(line: string): Attempt {
  const fields = line.split('\t');
  const first: Attempt = {
    index: Number(fields[1]),
    record: Number(fields[2]),
    token: fields[3] as string,
    attempt: Number(fields[4]),
    startMs: Number(fields[5]),
    durationMs: Number(fields[6]),
    status: Number(fields[7]),
    error: fields[8] as string,
    letters: fields[9] as string,
    digest: fields[10] as string,
    places: fields[11] as string,
  };
  if (fields[0] === OLD_TAG) return first;
  const seen: Seen = {
    endMs: Number(fields[12]),
    vu: Number(fields[13]),
    sent: Number(fields[14]),
    answered: Number(fields[15]),
    contacts: fields[16] as string,
  };
  return { ...first, seen };
}

/** Length of the field with the digests of the contacts. */
function contactsLength(letters: string): number {
  let created = 0;
  for (let i = 0; i < letters.length; i += 1) if (letters.charAt(i) === '.') created += 1;
  return created === 0 ? 1 : created * CONTACT_DIGEST_LENGTH;
}

/** Epoch milliseconds at which an attempt ended. In version `dp1` the wait for a connection is left out. */
export function endOf({ startMs, durationMs, seen }: Attempt): number {
  return seen?.endMs ?? startMs + durationMs;
}

/** Digest of an answer, given the SHA-256 (hex) of `ItemOutcomes.answer`. */
export function answerDigest(sha256Hex: string): string {
  return sha256Hex.slice(0, 16);
}

/** Digest of a ContactId, given its SHA-256 in base64 for URLs. */
export function contactDigest(sha256Base64Url: string): string {
  return sha256Base64Url.slice(0, CONTACT_DIGEST_LENGTH);
}

/** The digests in the field `contacts`. */
export function contactDigests(contacts: string): string[] {
  const digests: string[] = [];
  if (contacts === '-') return digests;
  for (let at = 0; at < contacts.length; at += CONTACT_DIGEST_LENGTH) {
    digests.push(contacts.slice(at, at + CONTACT_DIGEST_LENGTH));
  }
  return digests;
}

/** Converts places (0-based) of a record's items to the form in the history. */
export function placeLetters(places: readonly number[]): string {
  return places.map((place) => String.fromCharCode(97 + place)).join('');
}

/** The letters at the places that an attempt sent, out of those of the whole record. */
export function lettersSent(recordLetters: string, places: string): string {
  if (places === '-') return recordLetters;
  let sent = '';
  for (let i = 0; i < places.length; i += 1) {
    sent += recordLetters.charAt(places.charCodeAt(i) - 97);
  }
  return sent;
}
