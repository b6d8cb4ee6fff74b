/** What broke, without the words in which it was reported. Equal causes are one, wherever they show. */

/** Where a cause shows first: the kinds in the order in which one explains another. */
export const CAUSE_KINDS = [
  'invariant',
  'contract',
  'campaign',
  'threshold',
  'load',
  'contract check',
  'self-check',
  'bug missed',
  'run',
] as const;

export type CauseKind = (typeof CAUSE_KINDS)[number];

export interface Cause {
  readonly kind: CauseKind;
  /** Null where no single operation is concerned. */
  readonly operation: string | null;
  /** The invariant, error, threshold or check that does not hold. */
  readonly broken: string;
  /** The member of the request or answer that is wrong; null where that is not known. */
  readonly member: string | null;
}

/** A check of a run that failed. */
export interface Symptom {
  /** Where it is in the run: unique, and the same in every run. */
  readonly place: string;
  /** Its cause, if no other one explains it. */
  readonly cause: Cause;
}

/** A cause with all that it explains. */
export interface CauseFound extends Cause {
  readonly id: string;
  /** Places of its symptoms, in the order of the run. */
  readonly places: readonly string[];
}

/** The name of a cause in machine-readable reports: `invariant/BatchPutContact/replays-are-equal/ClientToken`. */
export function causeId({ kind, operation, broken, member }: Cause): string {
  return [kind, operation, broken, member]
    .filter((part) => part !== null && part !== '')
    .map((part) => slug(part ?? ''))
    .join('/');
}

function slug(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}_.]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
