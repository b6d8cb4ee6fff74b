/**
 * Checks what was observed in a run against the invariants, as Jepsen does.
 *
 * It has three sources: the history (what clients saw), the corpus (what they had to see) and, if the
 * target has one, its ledger (what the target says it did). An invariant that cannot be decided is reported as such.
 *
 * Each source is read once, as a stream. The lines of a token are sorted into parts of bounded size
 * (spill.ts), which are judged one by one. Time grows with the number of operations. Memory does not.
 */

import type { Predictions } from '../../generators/corpus.ts';
import {
  ANSWERED_TWICE,
  asFarAsPredictable,
  UNANSWERED,
} from '../../operation/connect/batch-put-contact/outcome.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { AuditResult } from '../../run/run.ts';
import type { LedgerRow } from '../endpoint/ledger.ts';
import {
  type Attempt,
  HISTORY_TAG,
  historyLine,
  lettersSent,
  readHistoryLine,
} from '../lib/history-line.ts';
import type { MeasuredQuota } from './quota-scale.ts';
import { QuotaWatch } from './quota-watch.ts';
import { Spill } from './spill.ts';
import { Tallies } from './tallies.ts';
import { addTokenLine, tokenIn, tokenLines } from './token-lines.ts';
import { emptyKept, judgeToken, type Kept, type LedgerReading, named } from './token-story.ts';

export interface AuditInput {
  readonly history: AsyncIterable<Attempt> | Iterable<Attempt>;
  /** Approximate size of the history in bytes. The number of parts depends on it. */
  readonly historyBytes: number;
  /** Null where there is no corpus. */
  readonly predictions: Predictions | null;
  /** Null where the target keeps no ledger that can be read. */
  readonly ledger: AsyncIterable<LedgerRow> | null;
  /** Null where the target has none, or it is not known. */
  readonly quota: Quota;
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
  const { predictions, ledger, quota } = input;
  const tallies = new Tallies();
  const watch = quota ? new QuotaWatch({ quota, tallies, cut: input.cut, measure }) : null;
  const spill = new Spill(input.historyBytes);
  const runs = new Set<string>();
  let attempts = 0;
  let measured: MeasuredQuota | null = null;
  try {
    for await (const attempt of input.history) {
      attempts += 1;
      judgeAttempt(attempt, predictions, tallies);
      watch?.see(attempt);
      runs.add(runOf(attempt.token));
      spill.add(attempt.token, historyLine(attempt));
    }
    measured = watch?.end() ?? null;
    // The ledger may hold other runs. Only the tokens of this run are requested.
    for await (const { token, line } of ledger ? tokenLines(ledger) : []) {
      if (runs.has(runOf(token))) spill.add(token, line);
    }
    for (const part of spill.parts())
      judgePart(part, { read: ledger !== null, cut: input.cut }, tallies);
  } finally {
    spill.close();
  }
  const given = {
    corpus: predictions !== null,
    ledger: ledger !== null,
    quota: quota !== null,
    'whole history': !input.cut,
  };
  const invariants = tallies.results(given);
  const violated = invariants.some(({ verdict }) => verdict === 'violated');
  const held = invariants.some(({ verdict }) => verdict === 'holds');
  const verdict = violated ? 'fail' : held ? 'pass' : 'not exercised';
  return { audit: { verdict, attempts, ledger: ledger !== null, invariants }, measured };
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

function judgePart(lines: readonly string[], ledger: LedgerReading, tallies: Tallies): void {
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
    if (line.startsWith(HISTORY_TAG)) {
      const attempt = readHistoryLine(line);
      if (attempt) storyOf(attempt.token).attempts.push(attempt);
    } else {
      const story = storyOf(tokenIn(line));
      story.kept ??= emptyKept();
      addTokenLine(story.kept, line);
    }
  }
  for (const [token, story] of stories) judgeToken({ token, ...story }, ledger, tallies);
}

/** The run tag of a token. */
function runOf(token: string): string {
  return token.slice(0, token.indexOf('-'));
}
