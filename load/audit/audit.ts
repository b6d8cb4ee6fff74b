/**
 * Checks what was observed in a run against the invariants, as Jepsen does.
 *
 * It has three sources: the history (what clients saw), the corpus (what they had to see) and, if the
 * target has one, its ledger (what the target says it did). An invariant that cannot be decided is reported as such.
 *
 * Each source is read once, as a stream. The lines of a token, and those of a contact, are sorted into parts of
 * bounded size (spill.ts), which are judged one by one. Time grows with the number of operations. Memory does not.
 */

import type { Predictions } from '../../generators/corpus.ts';
import {
  ANSWERED_TWICE,
  asFarAsPredictable,
  UNANSWERED,
} from '../../operation/connect/batch-put-contact/outcome.ts';
import { CHOICES } from '../../operation/connect/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { runTagIn, stampIn } from '../../operation/corpus/stamp.ts';
import type { AuditResult } from '../../run/run.ts';
import type { LedgerRow } from '../endpoint/ledger.ts';
import {
  type Attempt,
  attemptIn,
  historyLine,
  lettersSent,
  versionOf,
} from '../lib/history-line.ts';
import { named } from './attempts.ts';
import { ClockWatch } from './clock-watch.ts';
import { Contacts } from './contacts.ts';
import { emptyKept, type Kept } from './kept.ts';
import type { MeasuredQuota } from './quota-scale.ts';
import { QuotaWatch } from './quota-watch.ts';
import { Spill } from './spill.ts';
import { type Given, Tallies, type TalliesOf } from './tallies.ts';
import { addTokenLine, isOfRun, tokenIn, tokenLines } from './token-lines.ts';
import { judgeToken, type Reading } from './token-story.ts';

export interface AuditInput {
  /** Its member `cut` tells, once it was read, whether its last line is cut off. */
  readonly history: (AsyncIterable<Attempt> | Iterable<Attempt>) & { readonly cut?: boolean };
  /** Approximate size of the history in bytes. The number of parts depends on it. */
  readonly historyBytes: number;
  /** Null where there is no corpus. */
  readonly predictions: Predictions | null;
  /** Null where the target keeps no ledger that can be read. */
  readonly ledger: AsyncIterable<LedgerRow> | null;
  /** The ledger as it was before the run; null or absent where it was not read. */
  readonly before?: AsyncIterable<LedgerRow> | null;
  /** Null where the target has none, or it is not known. */
  readonly quota: Quota;
  /** How long the target remembers a ClientToken; the published time if it is null or absent. */
  readonly tokenLifetimeSeconds?: number | null;
  /** Whether calls under way were cut at the end. Their requests have no line in the history. */
  readonly cut: boolean;
}

export interface Audited {
  readonly audit: AuditResult;
  /** Null if the quota was not to be measured, or cannot be. */
  readonly measured: MeasuredQuota | null;
}

export async function audit(input: AuditInput): Promise<AuditResult> {
  return (await auditMeasuring(input, false)).audit;
}

/** @param measure whether to measure the quota too, if it is known what it should be. */
export async function auditMeasuring(input: AuditInput, measure: boolean): Promise<Audited> {
  const { history, predictions, ledger, quota } = input;
  const before = ledger === null ? null : (input.before ?? null);
  const tallies = new Tallies();
  const clock = new ClockWatch();
  const watch = quota ? new QuotaWatch({ quota, tallies, cut: input.cut, measure }) : null;
  const spill = new Spill(input.historyBytes);
  const contacts = new Contacts(input.historyBytes);
  const runs = new Set<string>();
  let attempts = 0;
  try {
    for await (const attempt of history) {
      attempts += 1;
      judgeAttempt(attempt, predictions, tallies);
      clock.see(attempt);
      watch?.see(attempt);
      const { token } = attempt;
      if (stampIn(token) === token) runs.add(runTagIn(token));
      spill.add(token, attemptLine(attempt));
      contacts.addAnswer(attempt);
    }
    const measured = watch?.end() ?? null;
    for (const [rows, when] of [
      [ledger && seenBy(contacts, ledger), 'after'],
      [before, 'before'],
    ] as const) {
      for await (const { token, line } of rows ? tokenLines(rows, runs, when) : []) {
        spill.add(token, line);
      }
    }
    const reading: Reading = {
      ledger: ledger !== null,
      before: before !== null,
      cut: input.cut || history.cut === true,
      clock: !clock.wasSetBack,
      tokenLifetimeSeconds: input.tokenLifetimeSeconds ?? CHOICES.tokenLifetimeSeconds.default,
      isOurs: (token) => isOfRun(token, runs),
    };
    for (const part of spill.parts()) judgePart(part, reading, tallies);
    contacts.judge(tallies);
    const audit = resultOf(tallies, attempts, {
      corpus: predictions !== null,
      ledger: reading.ledger,
      'ledger before': reading.before,
      contacts: contacts.named,
      quota: quota !== null,
      'whole history': !reading.cut,
    });
    return { audit, measured };
  } finally {
    spill.close();
    contacts.close();
  }
}

/** What the tallies of an audit amount to. */
export function resultOf<Name extends string>(
  tallies: TalliesOf<Name>,
  attempts: number,
  given: Given,
): AuditResult {
  const invariants = tallies.results(given);
  const violated = invariants.some(({ verdict }) => verdict === 'violated');
  const held = invariants.some(({ verdict }) => verdict === 'holds');
  return {
    verdict: violated ? 'fail' : held ? 'pass' : 'not exercised',
    attempts,
    ledger: given.ledger === true,
    invariants,
  };
}

/** The ledger's rows, after their contacts were taken down. */
async function* seenBy(
  contacts: Contacts,
  ledger: AsyncIterable<LedgerRow>,
): AsyncGenerator<LedgerRow> {
  for await (const row of ledger) {
    if (row.type === 'contact') contacts.addKept(row);
    yield row;
  }
}

/** An attempt without its contacts, which are sorted apart. */
function attemptLine({ seen, ...attempt }: Attempt): string {
  return historyLine(seen ? { ...attempt, seen: { ...seen, contacts: '-' } } : attempt);
}

function judgeAttempt(attempt: Attempt, predictions: Predictions | null, tallies: Tallies): void {
  if (attempt.status !== 200) return;
  const { letters } = attempt;
  const whole = predictions?.lettersOf(attempt.record);
  const predicted = whole === undefined ? null : lettersSent(whole, attempt.places);
  tallies.check(
    'one result per item',
    // Without a readable answer the letters are a dash.
    letters !== '-' &&
      (predicted === null || letters.length === predicted.length) &&
      !letters.includes(UNANSWERED) &&
      !letters.includes(ANSWERED_TWICE),
    () => ({ kind: 'wrong results', attempt: named(attempt), letters }),
  );
  if (!predictions) return;
  tallies.check(
    'answered as predicted',
    predicted !== null && asFarAsPredictable(letters, predicted),
    () =>
      predicted === null
        ? { kind: 'unknown record', attempt: named(attempt), record: attempt.record }
        : { kind: 'other verdicts', attempt: named(attempt), letters, predicted },
  );
}

function judgePart(lines: readonly string[], reading: Reading, tallies: Tallies): void {
  const stories = new Map<string, { attempts: Attempt[]; kept: Kept | null }>();
  const storyOf = (token: string) => {
    let story = stories.get(token);
    if (!story) {
      story = { attempts: [], kept: null };
      stories.set(token, story);
    }
    return story;
  };
  for (const line of lines) {
    if (versionOf(line) !== null) {
      const attempt = attemptIn(line);
      storyOf(attempt.token).attempts.push(attempt);
    } else {
      const story = storyOf(tokenIn(line));
      story.kept ??= emptyKept();
      addTokenLine(story.kept, line);
    }
  }
  for (const [token, story] of stories) judgeToken({ token, ...story }, reading, tallies);
}
