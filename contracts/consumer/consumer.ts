/** The consumer's side of the stage: writes the pact, and tests the answers that a client must handle. */

import { rmSync } from 'node:fs';
import type { PartVerdict } from '../../run/run.ts';
import type { Trouble } from '../../run/statements/contracts.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { TOLERANCES } from '../agreement/tolerances.ts';
import { pactFileIn } from '../pact/pact-file.ts';
import { type Recorder, record, recorderFor } from './record.ts';
import { tolerate, withScratchRecorder } from './tolerances.ts';

/** `done` of `total` steps; `what` is the description of the step that ended. */
export type OnProgress = (done: number, total: number, what: string) => void;

/** The result of an interaction on the consumer's side. */
export interface Recorded {
  readonly description: string;
  readonly pins: string | null;
  readonly verdict: PartVerdict;
  /** The reason of a failure. */
  readonly detail: Trouble | null;
}

export interface ConsumerOptions {
  readonly onProgress?: OnProgress | undefined;
  /** What did not run when it aborts is `not exercised`. */
  readonly signal?: AbortSignal | undefined;
}

/** Writes the pact by running the SDK client through every interaction; an older one is removed. */
export function writeInteractions(
  interactions: readonly Interaction[],
  pactDir: string,
  options: ConsumerOptions = {},
): Promise<Recorded[]> {
  rmSync(pactFileIn(pactDir), { force: true });
  return each(interactions, recorderFor(pactDir), record, options);
}

/** Runs the SDK client through the answers that no provider promises. */
export function runTolerances(options: ConsumerOptions = {}): Promise<Recorded[]> {
  return withScratchRecorder((recorder) => each(TOLERANCES, recorder, tolerate, options));
}

/** One at a time: a pact has one writer. */
async function each<Row extends { readonly description: string; readonly pins: string | null }>(
  rows: readonly Row[],
  recorder: Recorder,
  run: (recorder: Recorder, row: Row) => Promise<void>,
  { onProgress, signal }: ConsumerOptions,
): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  for (const row of rows) {
    const { description, pins } = row;
    if (signal?.aborted) {
      recorded.push({ description, pins, verdict: 'not exercised', detail: null });
      continue;
    }
    const detail = await run(recorder, row).then(
      () => null,
      (error: unknown): Trouble => ({
        kind: 'client',
        message: error instanceof Error ? error.message : String(error),
      }),
    );
    recorded.push({ description, pins, verdict: detail === null ? 'pass' : 'fail', detail });
    onProgress?.(recorded.length, rows.length, description);
  }
  return recorded;
}
