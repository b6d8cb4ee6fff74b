/** The refusals that every operation of outbound campaigns has before its own rules. */

import {
  accessDenied,
  bucketIsEmpty,
  FRONT_DOOR,
  inOutage,
  misread,
} from '../aws/definition/front-door.ts';
import type { Metered } from '../aws/definition/known.ts';
import { inOrder, type RefusalTable } from '../aws/definition/refusals.ts';
import { documented, inferred } from '../aws/provenance.ts';
import type { Facts } from '../connect/facts.ts';
import { campaignArn } from './arn.ts';
import { CAMPAIGN_ERRORS } from './rules.ts';

const { ServiceUnavailable, ...FIRST } = FRONT_DOOR;

const limited = inOutage('LimitExceededException');

export const CAMPAIGNS_FRONT_DOOR = inOrder({
  ...FIRST,
  AccessDeniedException: accessDenied(
    documented('model'),
    inferred('the name of the error'),
    ({ id = '*' }, facts) => campaignArn(id, facts),
  ),
  ThrottlingException: {
    ...limited,
    stage: 'rate',
    status: CAMPAIGN_ERRORS.ThrottlingException,
    provenance: documented('model'),
    applies: (known: Metered, facts: Facts) =>
      limited.applies(known, facts) || bucketIsEmpty(known),
    message: () => 'Rate exceeded',
  },
  ValidationException: misread(
    'constraint',
    documented('model'),
    documented('model: the input fails to satisfy the constraints'),
    "1 validation error detected: Value at 'name' failed to satisfy constraint",
  ),
  InternalServerException: {
    stage: 'service',
    status: CAMPAIGN_ERRORS.InternalServerException,
    provenance: documented('model'),
    ...inOutage('InternalServiceException'),
    message: () => 'Request processing failed because of an error or failure with the service.',
  },
  ServiceUnavailable,
} as const satisfies RefusalTable<Facts>);
