/** Judges events without the rest of an audit, for those who tell violations one by one. */

import type { EventViolation } from '../../run/statements/road.ts';
import type { RoadContact, Told } from '../drive/road-records.ts';
import { type ContactEvent, judgeEvents } from './events.ts';
import { RoadTallies } from './tallies.ts';

/** @returns the first violations of each kind, of events that nothing loses or reorders. Events may come again. */
export function judgeEventsAlone(
  events: readonly ContactEvent[],
  contacts: readonly RoadContact[],
  told: readonly Told[],
): EventViolation[] {
  const tallies = new RoadTallies();
  judgeEvents(events, { loss: 0, reorders: false }, contacts, told, tallies);
  return tallies
    .results({ ledger: true, events: true, told: true })
    .filter(({ verdict }) => verdict === 'violated')
    .flatMap(({ evidence }) => evidence as readonly EventViolation[]);
}
