/** The facts of every front door when a call arrives. They are plain JSON, so that they can be a fixture or a seed. */

import type { FrontDoorChoices } from './choices.ts';

/** A state in which every admitted call gets an error. It has the name that Connect uses for the error. */
export type Outage = 'InternalServiceException' | 'LimitExceededException' | 'ServiceUnavailable';

export interface FrontDoorFacts {
  readonly account: string;
  readonly region: string;
  /** Null if there is no outage. */
  readonly outage: Outage | null;
  readonly choices: FrontDoorChoices;
}
