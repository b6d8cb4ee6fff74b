/** The claims that interactions assert, each with its provenance. */

import { assumed, documented, inferred } from '../../../operation/aws/provenance.ts';
import { CHOICES } from '../../../operation/connect/choices.ts';
import type { Claim } from '../interaction.ts';

export const MODEL = documented('botocore service model connect/2017-08-08');

export const CLAIMS = {
  shape: { what: 'method, path, members and status 200', ...MODEL },
  contactId: { what: 'ContactId is a text of 1 to 256 characters', ...MODEL },
  emptyLists: { what: 'how an empty list is sent', ...CHOICES.emptyLists.provenance },
  partial: {
    what: 'HTTP 200 though items failed',
    ...documented('model: failed items are a member of the 200 answer, and no error has them'),
  },
  replay: {
    what: 'a repeated ClientToken gets the first answer',
    ...inferred("Amazon Builders' Library, idempotent APIs; sibling operations"),
  },
  message: {
    what: 'FailureReasonMessage is sent',
    ...assumed('optional in the model; no text is published'),
  },
  errorText: { what: 'the text of the error is a member', ...MODEL },
  requestId: {
    what: 'x-amzn-RequestId is a UUID',
    ...documented('answers of other Connect operations'),
  },
} as const satisfies Record<string, Claim>;

export const RESULT_CLAIMS = [CLAIMS.shape, CLAIMS.contactId, CLAIMS.requestId];
