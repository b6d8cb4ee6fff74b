/** Counts for the invariants of the dial road. */

import { TalliesOf } from '../audit/tallies.ts';
import { ROAD_INVARIANTS, type RoadInvariantName } from './invariants.ts';

export class RoadTallies extends TalliesOf<RoadInvariantName> {
  constructor() {
    super(ROAD_INVARIANTS);
  }
}
