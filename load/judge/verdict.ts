/** Why a run does not pass, and the verdict that follows. */

import type {
  InvariantResult,
  RunVerdict,
  ThresholdResult,
  ValidityResult,
} from '../../run/run.ts';
import type { LoadFault, LoadReason } from '../../run/statements/load.ts';
import { limitsOf } from './dependence.ts';

export interface Judgement {
  readonly verdict: RunVerdict;
  readonly reasons: readonly LoadReason[];
}

/** What a run amounts to. */
export interface Judged {
  /** Reasons for which it fails, whatever it measured. */
  readonly faults: readonly LoadFault[];
  /** Names of the faults that the run met. A missed threshold is attributed to them. */
  readonly underFaults: readonly string[];
  /** What went wrong in the script, or that nothing was sent. */
  readonly errors: readonly LoadFault[];
  /** What explains the missed thresholds; null where nothing does. */
  readonly cause: LoadFault | null;
  readonly invariants: readonly InvariantResult[];
  readonly thresholds: readonly ThresholdResult[];
  readonly validity: ValidityResult;
  /** Whether there is anything that can be judged: a threshold or a history. */
  readonly judgeable: boolean;
  readonly interrupted: boolean;
}

export function judgementOf(run: Judged): Judgement {
  const { faults, errors, invariants, thresholds, validity, judgeable, interrupted } = run;
  const open = faults.filter(({ kind }) => UNEXERCISED.includes(kind));
  const isExcused = open.some(({ kind }) => EXCUSING.includes(kind));
  const missed = isExcused ? [] : missedOf(thresholds, run.underFaults);
  const cause = missed.length > 0 ? run.cause : null;
  const failed = [
    ...faults.filter((fault) => !open.includes(fault)),
    ...(cause ? [cause] : []),
    ...violationsOf(invariants),
    ...errors,
    ...(cause && EXPLAINING_ALL.includes(cause.kind) ? [] : missed),
  ];
  const nothing: LoadReason[] = judgeable ? [] : [{ kind: 'nothing judged' }];
  if (failed.length > 0) {
    return { verdict: 'fail', reasons: [...failed, ...open, ...nothing] };
  }
  if (interrupted) return { verdict: 'not exercised', reasons: [{ kind: 'interrupted' }] };
  const missing = [...open, ...nothing];
  if (missing.length > 0) return { verdict: 'not exercised', reasons: missing };
  const unjudged = thresholds.filter(({ judged }) => !judged);
  if (unjudged.length === 0) return { verdict: 'pass', reasons: [] };
  return {
    verdict: 'not valid',
    reasons: [
      {
        kind: 'figures not valid',
        because: limitsOf(validity),
        unjudged: unjudged.map(({ metric, expression }) => ({ metric, expression })),
      },
    ],
  };
}

/** Reasons that say what was not exercised. They are no failures. */
const UNEXERCISED: readonly LoadFault['kind'][] = [
  'burst not sent',
  'codes missing',
  'no contacts',
];

/** Of these, those without which no threshold of the scenario can be met. */
const EXCUSING: readonly LoadFault['kind'][] = ['no contacts'];

/** Causes after which no threshold could have been met: the missed ones are not told as well. */
const EXPLAINING_ALL: readonly LoadFault['kind'][] = ['all refused', 'nothing understood'];

function violationsOf(invariants: readonly InvariantResult[]): LoadFault[] {
  return invariants
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ name, violations, checked }) => ({
      kind: 'invariant violated',
      invariant: name,
      violations,
      checked,
    }));
}

function missedOf(thresholds: readonly ThresholdResult[], faults: readonly string[]): LoadFault[] {
  return thresholds
    .filter(({ ok, judged }) => judged && !ok)
    .map(({ metric, expression, value }) => {
      const missed = { metric, expression, value };
      return faults.length > 0
        ? { kind: 'missed under faults', ...missed, faults }
        : { kind: 'threshold missed', ...missed };
    });
}
