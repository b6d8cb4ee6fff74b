/** The 200 answer as data: every member with its type and bound. None is required by the model. */

import { LIMITS } from '../limits.ts';
import type { Shape } from './request-shape.ts';

const RequestIdentifier: Shape = { kind: 'string', limit: LIMITS.requestIdentifier };

export const RESPONSE_SHAPE: Shape = {
  kind: 'structure',
  members: {
    SuccessfulRequestList: {
      kind: 'list',
      of: {
        kind: 'structure',
        members: { RequestIdentifier, ContactId: { kind: 'string', limit: LIMITS.contactId } },
      },
    },
    FailedRequestList: {
      kind: 'list',
      of: {
        kind: 'structure',
        members: {
          RequestIdentifier,
          FailureReasonCode: { kind: 'string' },
          FailureReasonMessage: { kind: 'string' },
        },
      },
    },
  },
};
