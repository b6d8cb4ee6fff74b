/** Contact events of a road are judged: a right road is not blamed, whatever is set to be done to its events. */

import type { BugName } from '../../../emulator/bugs/bugs.ts';
import type { EventFaults } from '../../../emulator/events/disturbance.ts';
import { BUG_CATCHERS } from '../../../load/self-check/bug-catchers.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { type Bench, openBench, runBriefly } from '../scenarios.ts';

const dir = tempDir();

let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

const EVENTS = ['events are of contacts', 'events are in step', 'events are complete'];

it.each<EventFaults>([{}, { loss: 0.2, repetition: 0.5, reordering: 0.5, seed: 3 }, { loss: 1 }])(
  'a right road is not blamed with the event faults %j',
  async (eventFaults) => {
    const { audit } = await runBriefly(bench, 'dial', { eventFaults });
    expect(audit.invariants.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    const decided = audit.invariants.filter(({ verdict }) => verdict === 'holds');
    const events = EVENTS.filter((event) => decided.some(({ name }) => name === event));
    // Where all are lost, nothing is there to be judged.
    expect(events).toEqual(eventFaults.loss === 1 ? [] : EVENTS);
  },
);

it.each<[BugName, EventFaults]>([
  ['tells-of-no-contact', {}],
  ['tells-another-reason', { loss: 0.2, repetition: 0.5, reordering: 0.5 }],
  ['tells-early-times', { reordering: 0.5 }],
  ['loses-events', { repetition: 0.5 }],
])('the bug %s is caught with the event faults %j', async (bug, eventFaults) => {
  const catcher = BUG_CATCHERS[bug];
  if (catcher.kind !== 'scenario') throw new Error(`${bug} is not caught by a scenario`);
  const { audit } = await runBriefly(bench, catcher.scenario, { bugs: [bug], eventFaults });
  const found = audit.invariants.filter(({ verdict }) => verdict === 'violated');
  expect(found.map(({ name }) => name)).toContain(catcher.invariant);
});
