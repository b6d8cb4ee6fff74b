/** An engine whose runs are told to outputs while they go on. */

import type { Snapshot } from '../engine/engine.ts';
import { mergedMetrics } from '../engine/merge.ts';
import type { Engine } from '../engines.ts';
import { type OutputChoices, pushedOutputs } from './choices.ts';
import { Pusher } from './pusher.ts';

/** @param engine one that gives snapshots and samples. */
export function withOutputs(engine: Engine, choices: OutputChoices): Engine {
  return {
    ...engine,
    async run(run) {
      const outputs = await pushedOutputs(choices);
      const now = Date.now();
      const pushers = outputs.map((output) => new Pusher(output, run.labels, now));
      const takeAll = (snapshots: readonly Snapshot[]) => {
        const measured = mergedMetrics(snapshots);
        for (const pusher of pushers) pusher.take(measured);
      };
      const outcome = await engine.run({
        ...run,
        ...(choices.json === undefined ? {} : { samples: choices.json }),
        ...(pushers.length === 0 ? {} : { onSnapshots: takeAll }),
      });
      const troubles = await Promise.all(pushers.map((pusher) => pusher.end()));
      const notes = troubles.filter((trouble) => trouble !== null);
      return { ...outcome, notes: [...outcome.notes, ...notes] };
    },
  };
}
