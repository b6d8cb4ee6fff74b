/** What every front door knows when a call arrives: plain JSON, so that it can be a fixture or a seed. */

import type { FrontDoorChoices } from './choices.ts';

/** A state in which every admitted call gets an error, by the name that Connect has for the error. */
export type Outage = 'InternalServiceException' | 'LimitExceededException' | 'ServiceUnavailable';

export interface FrontDoorFacts {
  readonly account: string;
  readonly region: string;
  /** Null is none. */
  readonly outage: Outage | null;
  readonly choices: FrontDoorChoices;
}
