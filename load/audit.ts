/**
 * Holds what was observed against what must be true, in the manner of Jepsen.
 *
 * Three witnesses: the history (what clients saw), the corpus (what they had to see) and, where the
 * target has one, its ledger (what it says it did). What cannot be decided is said to be so.
 */

import { createHash } from 'node:crypto';
import { ANSWERED_TWICE, UNANSWERED } from '../operation/outcome.ts';
import { indexInStamp } from '../operation/stamp.ts';
import type { AuditResult, InvariantResult } from '../reports/run.ts';
import { type Attempt, answerDigest } from './history-line.ts';
import { answerOf, type LedgerRow } from './ledger.ts';

const EVIDENCE_SHOWN = 5;

/** In the order of the report. */
const INVARIANTS = {
  'one result per item': 'Every item of an answered batch has exactly one result.',
  'answered as predicted': 'Every item got the verdict that the corpus predicts.',
  'replays are equal': 'All answers to one ClientToken say the same, ContactIds included.',
  'acknowledged is kept': 'Every acknowledged batch stands in the ledger with the answer it got.',
  'nothing is doubled': 'A token stands in the ledger once, with one contact per created item.',
  'refused creates nothing': 'A token that was only ever refused has no contact.',
  'nothing unasked': 'Every token in the ledger was sent by this run.',
} as const;

type InvariantName = keyof typeof INVARIANTS;

/** What the clients saw of one token. */
interface Seen {
  digest: string | null;
  firstAttempt: number;
  /** An attempt whose fate is not known: no answer, or a 5xx. */
  unknown: boolean;
}

/** What the ledger has of one token. */
interface Kept {
  digest: string;
  records: number;
  created: number;
  contacts: number;
}

export interface AuditInput {
  readonly runTag: string;
  readonly history: AsyncIterable<Attempt> | Iterable<Attempt>;
  /** Predicted letters by corpus record. */
  readonly predictions: readonly string[];
  /** Null where the target keeps no ledger that can be read. */
  readonly ledger: AsyncIterable<LedgerRow> | null;
}

export async function audit(input: AuditInput): Promise<AuditResult> {
  const tallies = new Tallies();
  const seen = new Map<number, Seen>();
  let attempts = 0;
  for await (const attempt of input.history) {
    attempts += 1;
    judgeAttempt(attempt, input.predictions, tallies);
    rememberAttempt(attempt, seen, tallies);
  }
  const kept = input.ledger ? await readKept(input.ledger, input.runTag) : null;
  if (kept) compareWithLedger(seen, kept, tallies);
  const invariants = tallies.results(kept !== null);
  const violated = invariants.some(({ verdict }) => verdict === 'violated');
  const held = invariants.some(({ verdict }) => verdict === 'holds');
  return {
    verdict: violated ? 'fail' : held ? 'pass' : 'not exercised',
    attempts,
    ledger: kept !== null,
    invariants,
  };
}

function judgeAttempt(attempt: Attempt, predictions: readonly string[], tallies: Tallies): void {
  if (attempt.status !== 200) return;
  const predicted = predictions[attempt.record];
  const letters = attempt.letters;
  const whole =
    letters.length === predicted?.length &&
    !letters.includes(UNANSWERED) &&
    !letters.includes(ANSWERED_TWICE);
  tallies.check('one result per item', whole, () => `${sentence(attempt)} items read ${letters}`);
  tallies.check(
    'answered as predicted',
    letters === predicted,
    () => `${sentence(attempt)} items read ${letters}, predicted ${predicted}`,
  );
}

function rememberAttempt(attempt: Attempt, seen: Map<number, Seen>, tallies: Tallies): void {
  const known = seen.get(attempt.index) ?? { digest: null, firstAttempt: 0, unknown: false };
  seen.set(attempt.index, known);
  if (attempt.status === 200) {
    if (known.digest === null) {
      known.digest = attempt.digest;
      known.firstAttempt = attempt.attempt;
    } else {
      tallies.check(
        'replays are equal',
        attempt.digest === known.digest,
        () =>
          `${sentence(attempt)} answer ${attempt.digest}, but attempt ${known.firstAttempt} had ${known.digest}`,
      );
    }
  } else if (attempt.status === 0 || attempt.status >= 500) {
    known.unknown = true;
  }
}

async function readKept(
  ledger: AsyncIterable<LedgerRow>,
  runTag: string,
): Promise<Map<number, Kept>> {
  const kept = new Map<number, Kept>();
  for await (const row of ledger) {
    const index = indexInStamp(runTag, row.clientToken ?? '');
    if (index === null) continue;
    const entry = kept.get(index) ?? { digest: '-', records: 0, created: 0, contacts: 0 };
    kept.set(index, entry);
    if (row.type === 'contact') {
      entry.contacts += 1;
    } else {
      entry.records += 1;
      entry.digest = answerDigest(createHash('sha256').update(answerOf(row)).digest('hex'));
      entry.created = row.items.filter((item) => 'contactId' in item).length;
    }
  }
  return kept;
}

function compareWithLedger(
  seen: ReadonlyMap<number, Seen>,
  kept: ReadonlyMap<number, Kept>,
  tallies: Tallies,
): void {
  for (const [index, { digest, firstAttempt, unknown }] of seen) {
    const entry = kept.get(index);
    if (digest !== null) {
      tallies.check(
        'acknowledged is kept',
        entry !== undefined && entry.records > 0 && entry.digest === digest,
        () =>
          entry?.records
            ? `batch ${index}: acknowledged with ${digest} in attempt ${firstAttempt}, the ledger has ${entry.digest}`
            : `batch ${index}: acknowledged in attempt ${firstAttempt}, but the ledger has no such token`,
      );
    } else if (!unknown) {
      tallies.check(
        'refused creates nothing',
        entry === undefined || entry.contacts === 0,
        () => `batch ${index}: only ever refused, yet the ledger has ${entry?.contacts} contacts`,
      );
    }
  }
  for (const [index, { records, created, contacts }] of kept) {
    tallies.check(
      'nothing is doubled',
      records <= 1 && contacts === created,
      () =>
        `batch ${index}: ${records} token records, ${contacts} contacts for ${created} created items`,
    );
    tallies.check(
      'nothing unasked',
      seen.has(index),
      () => `batch ${index}: in the ledger, though no attempt of this run sent it`,
    );
  }
}

function sentence({ index, token, attempt, status }: Attempt): string {
  return `batch ${index} (token ${token}), attempt ${attempt}, status ${status}:`;
}

const NEEDS_LEDGER: readonly InvariantName[] = [
  'acknowledged is kept',
  'nothing is doubled',
  'refused creates nothing',
  'nothing unasked',
];

/** Counts per invariant, with the first violations as evidence. */
class Tallies {
  readonly #counts = new Map<InvariantName, { checked: number; evidence: string[]; bad: number }>();

  check(name: InvariantName, holds: boolean, describe: () => string): void {
    const tally = this.#counts.get(name) ?? { checked: 0, evidence: [], bad: 0 };
    this.#counts.set(name, tally);
    tally.checked += 1;
    if (holds) return;
    tally.bad += 1;
    if (tally.evidence.length < EVIDENCE_SHOWN) tally.evidence.push(describe());
  }

  results(ledger: boolean): InvariantResult[] {
    return (Object.keys(INVARIANTS) as InvariantName[]).map((name) => {
      const { checked, evidence, bad } = this.#counts.get(name) ?? {
        checked: 0,
        evidence: [],
        bad: 0,
      };
      const statement = INVARIANTS[name];
      if (checked > 0) {
        const verdict = bad > 0 ? 'violated' : 'holds';
        return { name, statement, verdict, checked, violations: bad, evidence };
      }
      const why =
        !ledger && NEEDS_LEDGER.includes(name)
          ? 'the target has no ledger that can be read'
          : 'nothing in this run tells';
      return { name, statement, verdict: 'not decidable', checked, violations: 0, evidence: [why] };
    });
  }
}
