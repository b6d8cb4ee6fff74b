/** Sends the metrics of a run to outputs while it runs. */

import type { Note } from '../../run/statements/load.ts';
import type { Snapshot } from '../engine/engine.ts';
import { mergedMetrics } from '../engine/result/merge.ts';
import { type OutputChoices, pushedOutputs } from '../outputs/choices.ts';
import type { Labels } from '../outputs/output.ts';
import { Pusher } from '../outputs/pusher.ts';
import type { Engine } from './engine.ts';

/** The outputs of one run, from its start. */
export interface OpenOutputs {
  /** File that gets every sample. */
  readonly samples?: string;
  /** Called with the latest figures; absent where they are not needed. */
  readonly onSnapshots?: (snapshots: readonly Snapshot[]) => void;
  /** Sends the remaining metrics. @returns a note for each output that did not take all of them. */
  end(): Promise<Note[]>;
}

export async function openOutputs(choices: OutputChoices, labels: Labels): Promise<OpenOutputs> {
  const outputs = await pushedOutputs(choices);
  const pushers = outputs.map((output) => new Pusher(output, labels));
  const onSnapshots = (snapshots: readonly Snapshot[]) => {
    const measured = mergedMetrics(snapshots);
    for (const pusher of pushers) pusher.take(measured);
  };
  return {
    ...(choices.json === undefined ? {} : { samples: choices.json }),
    ...(pushers.length === 0 ? {} : { onSnapshots }),
    async end() {
      const troubles = await Promise.all(pushers.map((pusher) => pusher.end()));
      return troubles.filter((trouble) => trouble !== null);
    },
  };
}

/** @param engine an engine that provides snapshots and samples. */
export function withOutputs(engine: Engine, choices: OutputChoices): Engine {
  return {
    ...engine,
    async run(run) {
      const { end, ...told } = await openOutputs(choices, run.labels);
      const outcome = await engine.run({ ...run, ...told });
      return { ...outcome, notes: [...outcome.notes, ...(await end())] };
    },
  };
}
