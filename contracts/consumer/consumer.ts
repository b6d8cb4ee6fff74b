/** The consumer's side of the stage: writes the pact, and tests the answers that a client must handle. */

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PartVerdict } from '../../run/run.ts';
import type { Trouble } from '../../run/statements/contracts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { writeWhole } from '../../system/write-whole.ts';
import type { Interaction } from '../agreement/interaction.ts';
import type { Tolerance } from '../agreement/tolerance.ts';
import { pactFileIn, readPact } from '../pact/pact-file.ts';
import { type Consumer, type Recorder, record, recorderFor } from './record.ts';
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

/** Pact reads and writes the whole file for each interaction, so its time grows with the square of their number. */
const MOST_IN_ONE_FILE = 25;

/** Writes the pact by running the SDK client through every interaction; an older one is removed. */
export async function writeInteractions(
  consumer: Consumer,
  interactions: readonly Interaction[],
  pactDir: string,
  { onProgress, signal }: ConsumerOptions = {},
): Promise<Recorded[]> {
  const { parties } = consumer;
  const pactFile = pactFileIn(pactDir, parties);
  rmSync(pactFile, { force: true });
  const scratch = makeTemporaryFolder('pact-parts');
  const recorded: Recorded[] = [];
  const parts: string[] = [];
  try {
    while (recorded.length < interactions.length) {
      const before = recorded.length;
      const some = interactions.slice(before, before + MOST_IN_ONE_FILE);
      const dir = join(scratch, String(before));
      parts.push(pactFileIn(dir, parties));
      const of = interactions.length;
      recorded.push(
        ...(await each(some, recorderFor(consumer, dir), record, {
          onProgress: (done, _, what) => onProgress?.(before + done, of, what),
          signal,
        })),
      );
    }
    await joinPacts(parts.filter(existsSync), pactFile);
  } finally {
    removeTemporaryFolder(scratch);
  }
  return recorded;
}

/** Writes one pact with the interactions of several, by description as Pact orders them. Of no pact it writes none. */
async function joinPacts(files: readonly string[], to: string): Promise<void> {
  const [first, ...others] = files.map(readPact);
  if (!first) return;
  const interactions = [first, ...others]
    .flatMap((pact) => pact.interactions)
    .sort((a, b) => (a.description < b.description ? -1 : 1));
  mkdirSync(dirname(to), { recursive: true });
  await writeWhole(to, `${JSON.stringify({ ...first, interactions }, null, 2)}\n`);
}

/** Runs the SDK client through the answers that no provider promises. */
export async function runTolerances(
  consumer: Consumer,
  tolerances: readonly Tolerance[],
  options: ConsumerOptions = {},
): Promise<Recorded[]> {
  if (tolerances.length === 0) return [];
  return withScratchRecorder(consumer, (recorder) => each(tolerances, recorder, tolerate, options));
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
