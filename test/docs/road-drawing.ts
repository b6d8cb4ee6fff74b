/** The drawing of the dial road on docs/campaigns.md has the states of the code, and no others. */

import type { RequestStatus } from '../../campaigns/records.ts';
import { holds, type Row } from './rows.ts';

/** Each, or this does not compile. */
const STATES: Readonly<Record<RequestStatus['state'], true>> = {
  ACCEPTED: true,
  SUBMITTING: true,
  CREATED: true,
  PREVIEW: true,
  DIALING: true,
  FAILED: true,
  ENDED: true,
};

export const drawsTheRoad: Row = holds('draws every state, and no other', ({ text }) => {
  const arrows = [...text.matchAll(/^ {2}([A-Z]+|feeder\S*.*?\)?) -- .+ --> ([A-Z]+)$/gm)];
  expect(arrows).toHaveLength(text.split('\n').length - 1);
  const drawn = new Set(arrows.flatMap(([, from = '', to = '']) => [from, to]));
  const states = [...drawn].filter((name) => /^[A-Z]+$/.test(name));
  expect(states.toSorted()).toEqual(Object.keys(STATES).toSorted());
});
