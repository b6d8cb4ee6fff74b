/** The engine that was asked for, with its outputs. */

import { writeFile } from 'node:fs/promises';
import type { Engine } from '../../load/engines/engine.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { withOutputs } from '../../load/engines/with-outputs.ts';
import { workersEngine } from '../../load/engines/workers/engine.ts';
import type { OutputChoices } from '../../load/outputs/choices.ts';
import { UserError } from '../../system/errors.ts';
import type { EngineOptions } from '../options/load-options.ts';

/**
 * @throws UserError where several workers are asked for with k6.
 * @throws UnavailableError where no usable k6 is found.
 */
export async function chooseEngine(options: EngineOptions): Promise<Engine> {
  const { engine, k6, workers } = options;
  const outputs = await readyOutputs(options.output);
  if (engine === 'dialproof') {
    return withOutputs(workersEngine(workers), outputs);
  }
  if (workers > 1) {
    throw new UserError(
      '--workers works only with the embedded engine: k6 uses all cores by itself',
    );
  }
  return findK6(k6, outputs);
}

/** Begins the file of samples, to which every script adds. */
async function readyOutputs(choices: OutputChoices): Promise<OutputChoices> {
  const { json } = choices;
  if (json === undefined) return choices;
  await writeFile(json, '').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot write ${json} (${error.code}): choose another --output json=FILE`);
  });
  return choices;
}
