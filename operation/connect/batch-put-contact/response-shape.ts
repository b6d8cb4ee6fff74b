/** The 200 answer as data: every member with its type and bound. The model requires no member. */

import type { Shape, StructureShape } from '../../aws/shape/shapes.ts';
import { LIMITS } from '../limits.ts';
import { FAILURE_CODES } from './failures.ts';

const RequestIdentifier: Shape = { kind: 'string', limit: LIMITS.requestIdentifier };

export const RESPONSE_SHAPE: StructureShape = {
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
          FailureReasonCode: {
            kind: 'string',
            enum: { name: 'FailureReasonCode', values: FAILURE_CODES.map((value) => ({ value })) },
          },
          FailureReasonMessage: { kind: 'string' },
        },
      },
    },
  },
};
