/** Reads a reply to a batch as its outcome. A reply that cannot be read says nothing about the call. */

import type { BatchResult, Outcome } from '../../campaigns/campaign-engine.ts';
import { UserError } from '../../system/errors.ts';
import { filledText, list, optional, parseJson, structure, text } from '../../system/read.ts';

export interface BatchReply {
  readonly status: number;
  /** The value of a header by its name in lower case. */
  readonly header: (name: string) => string | null;
  readonly body: string;
}

export const LOST: Outcome = { kind: 'lost' };

const ANSWER = structure({
  SuccessfulRequestList: optional(
    list(structure({ RequestIdentifier: text, ContactId: filledText })),
    [],
  ),
  FailedRequestList: optional(
    list(structure({ RequestIdentifier: text, FailureReasonCode: filledText })),
    [],
  ),
});

export function outcomeOf({ status, header, body }: BatchReply): Outcome {
  if (status === 200) {
    const results = resultsIn(body);
    return results ? { kind: 'answer', status, error: null, results, retryAfter: null } : LOST;
  }
  if (status < 400) return LOST;
  const error = header('x-amzn-errortype') ?? `HTTP ${status}`;
  return { kind: 'answer', status, error, results: [], retryAfter: waitIn(header) };
}

function resultsIn(body: string): readonly BatchResult[] | null {
  try {
    const answer = ANSWER(parseJson(body, 'the answer'), '');
    return [
      ...answer.SuccessfulRequestList.map(({ RequestIdentifier, ContactId }) => ({
        requestIdentifier: RequestIdentifier,
        contactId: ContactId,
      })),
      ...answer.FailedRequestList.map(({ RequestIdentifier, FailureReasonCode }) => ({
        requestIdentifier: RequestIdentifier,
        code: FailureReasonCode,
      })),
    ];
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Milliseconds that the server asks the client to wait. */
function waitIn(header: BatchReply['header']): number | null {
  const value = header('x-amz-retry-after');
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
