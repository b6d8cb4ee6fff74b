/** The sinks of a dial road: they receive what an emulator in another process tells of its campaigns. */

import { type DialSink, openDialSink } from '../drive/dial-sink.ts';
import { openLineSink } from '../drive/line-sink.ts';
import { type EventSettings, readEvents } from './events.ts';
import type { RoadDoors } from './gather.ts';

export interface RoadSinks {
  /** For the emulator's `--dials`, and for its `--events`. */
  readonly urls: { readonly dials: string; readonly events: string };
  /** What they received so far, for a load target. */
  readonly doors: Required<Pick<RoadDoors, 'dials' | 'events'>>;
  close(): Promise<void>;
}

/** The shares of events that the emulator is set to lose, and to give after later ones. Absent: none. */
export interface SetFaults {
  readonly loss?: number;
  readonly reordering?: number;
}

export async function openRoadSinks({
  loss = 0,
  reordering = 0,
}: SetFaults = {}): Promise<RoadSinks> {
  const dials: DialSink = await openDialSink();
  // A line that is no event is a defect to be told, and no reason to refuse it.
  const events = await openLineSink((line) => line);
  const set: EventSettings = { loss, reorders: reordering > 0 };
  return {
    urls: { dials: dials.url, events: events.url },
    doors: {
      dials: async () => dials.dials,
      events: async () => ({ events: readEvents(events.taken, 'the contact events'), set }),
    },
    close: async () => {
      await Promise.all([dials.close(), events.close()]);
    },
  };
}
