/**
 * A history has one line per attempt. Load scripts write it and the audit reads it (`docs/history.md`).
 *
 * The fields are tab-separated and in this order. Such a line is cheap to write, and any tool can read it.
 */

export const HISTORY_TAG = 'dp1';

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
  /** Milliseconds from first byte sent to last byte read. */
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
}

export function historyLine(a: Attempt): string {
  return `${HISTORY_TAG}\t${a.index}\t${a.record}\t${a.token}\t${a.attempt}\t${a.startMs}\t${a.durationMs.toFixed(3)}\t${a.status}\t${a.error}\t${a.letters}\t${a.digest}\t${a.places}`;
}

/** Whether a line should be an attempt; others are a script's own console output. */
export function isHistoryLine(line: string): boolean {
  return line.startsWith(`${HISTORY_TAG}\t`);
}

/** Reads a line; null for one that is not an attempt. */
export function readHistoryLine(line: string): Attempt | null {
  if (!isHistoryLine(line)) return null;
  const fields = line.split('\t');
  if (fields.length !== 12) return null;
  const [
    ,
    index,
    record,
    token,
    attempt,
    startMs,
    durationMs,
    status,
    error,
    letters,
    digest,
    places,
  ] = fields as [string, ...string[]] & { length: 12 };
  const read: Attempt = {
    index: Number(index),
    record: Number(record),
    token: token as string,
    attempt: Number(attempt),
    startMs: Number(startMs),
    durationMs: Number(durationMs),
    status: Number(status),
    error: error as string,
    letters: letters as string,
    digest: digest as string,
    places: places as string,
  };
  // If one field is not a number, the sum is NaN.
  const numbers = read.index + read.record + read.attempt + read.startMs + read.durationMs;
  return Number.isFinite(numbers + read.status) ? read : null;
}

/** Digest of an answer, given the SHA-256 (hex) of `ItemOutcomes.answer`. */
export function answerDigest(sha256Hex: string): string {
  return sha256Hex.slice(0, 16);
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
