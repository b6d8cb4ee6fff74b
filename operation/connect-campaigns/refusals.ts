/** The refusals of a request that cannot be read, for both versions of outbound campaigns. */

import { FRONT_DOOR, misread } from '../aws/definition/front-door.ts';
import { documented } from '../aws/provenance.ts';

export const UNREADABLE = {
  SerializationException: FRONT_DOOR.SerializationException,
  ValidationException: misread(
    'constraint',
    documented('model: the input fails to satisfy the constraints'),
    "1 validation error detected: Value at 'dialRequests' failed to satisfy constraint",
  ),
} as const;
