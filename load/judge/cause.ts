/** Finds the one cause that explains why a run failed, where there is one. */

import type { FailedAnswer } from '../../run/run.ts';
import type { LoadFault, Remedy } from '../../run/statements/load.ts';
import type { ScenarioRow } from '../lib/profiles.ts';

/** What is known of a run that failed. */
export interface Failed {
  /** Null for a script of the user's own. */
  readonly row: Pick<ScenarioRow, 'endpoint'> | null;
  readonly history: boolean;
  /** Those of which `failedAnswers` tells. */
  readonly requests: number;
  /** Requests by HTTP status, from the history. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Items that were answered with a contact or a code. */
  readonly contacts: number;
  readonly failedAnswers: readonly FailedAnswer[];
  /** Requests without an answer after the last answer. */
  readonly unansweredAtEnd: number;
  /** Whether the endpoint applied a fault of its plan. */
  readonly faulty: boolean;
}

export function causeOf(run: Failed): LoadFault | null {
  return quotaInTheWay(run) ?? allRefused(run) ?? stoppedAnswering(run) ?? notUnderstood(run);
}

/** Requests beyond a quota, in a scenario that is meant for an endpoint without one. */
function quotaInTheWay({ row, requests, failedAnswers, faulty }: Failed): LoadFault | null {
  if (row === null || row.endpoint === 'aws' || faulty) return null;
  const throttled = failedAnswers.filter(({ status }) => status === 429);
  const [most] = throttled;
  if (!most) return null;
  const refused = throttled.reduce((sum, { count }) => sum + count, 0);
  return { kind: 'quota in the way', refused, of: requests, error: most.error };
}

function allRefused({ history, requests, failedAnswers }: Failed): LoadFault | null {
  const failed = failedAnswers.reduce((sum, { count }) => sum + count, 0);
  const [most] = failedAnswers;
  if (!most || failed < requests) return null;
  const remedy = history || most.status === 0 ? remedyOf(most) : 'the script';
  return { kind: 'all refused', requests, ...most, remedy };
}

/** So many requests without an answer, one after the other, are more than a lost connection. */
const MANY = 10;

function stoppedAnswering({
  requests,
  failedAnswers,
  unansweredAtEnd,
  faulty,
}: Failed): LoadFault | null {
  if (unansweredAtEnd < MANY || faulty) return null;
  const error = failedAnswers.find(({ status }) => status === 0)?.error ?? '';
  return { kind: 'stopped answering', unanswered: unansweredAtEnd, of: requests, error };
}

/** Answers with status 200 that are not those of the operation. */
function notUnderstood({ history, requests, statuses, contacts }: Failed): LoadFault | null {
  const isAll = history && requests > 0 && statuses['200'] === requests;
  return isAll && contacts === 0 ? { kind: 'nothing understood', requests } : null;
}

/** Errors of AWS services, and what to look at. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  InvalidSignatureException: 'secret and Region',
  SignatureDoesNotMatch: 'secret and Region',
  UnrecognizedClientException: 'credentials',
  InvalidClientTokenId: 'credentials',
  ExpiredTokenException: 'credentials',
  IncompleteSignatureException: 'credentials',
  MissingAuthenticationTokenException: 'credentials',
  AccessDeniedException: 'caller',
  ResourceNotFoundException: 'instance',
  UnknownOperationException: 'target',
};

function remedyOf({ status, error }: FailedAnswer): Remedy {
  const known = Object.hasOwn(REMEDIES, error) ? REMEDIES[error] : undefined;
  if (known) return known;
  if (status === 0) return 'start it';
  if (status === 429) return 'rate';
  if (status >= 500) return 'its log';
  // Every refusal of AWS has an error name. A status text, or no text, comes from another server.
  return /Exception$|^ServiceUnavailable$/.test(error) ? 'its log' : 'target';
}
