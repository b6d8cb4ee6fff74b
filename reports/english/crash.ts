/** English sentences about the results of a crash test. */

import type { CrashViolation, CrashViolationKind } from '../../run/statements/crash.ts';
import { saying } from './sentences.ts';

export const crashViolationSaid = saying<CrashViolation>({
  refused: ({ batch, status, text }) => `batch ${batch} was answered ${status}: ${text}`,
  unanswered: ({ batch, message }) =>
    `batch ${batch} had no answer (${message}), and nothing had been killed: the emulator failed by itself`,
  'another answer': ({ batch, before, status, after }) =>
    `batch ${batch} was answered ${before} before a kill and ${status} ${after} after it`,
  lost: ({ batch, contactId }) =>
    `contact ${contactId} of batch ${batch} was acknowledged and is lost`,
  'there twice': ({ contactId }) => `contact ${contactId} is there twice`,
  unnamed: ({ contactId }) =>
    `contact ${contactId} exists and no answer named it: its item was made twice`,
});

/** What a crash test that finds such a violation says. */
export const CRASH_KINDS: Readonly<Record<CrashViolationKind, string>> = {
  refused: 'a batch was refused',
  unanswered: 'a batch had no answer',
  'another answer': 'a batch was answered otherwise after a kill',
  lost: 'a token was acknowledged and is lost',
  'there twice': 'a contact is there twice',
  unnamed: 'a contact was made that no answer named',
};

/** A sentence for each violation that is shown, and for the others of its kind together. */
export function crashViolationsSaid({
  violations,
  counts,
}: {
  readonly violations: readonly CrashViolation[];
  readonly counts: Readonly<Partial<Record<CrashViolationKind, number>>>;
}): string[] {
  const kinds = [...new Set(violations.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const shown = violations.filter((violation) => violation.kind === kind);
    const more = (counts[kind] ?? 0) - shown.length;
    return [
      ...shown.map(crashViolationSaid),
      ...(more > 0 ? [`${more} more of this kind (${kind})`] : []),
    ];
  });
}
