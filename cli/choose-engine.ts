/** The engine that was asked for, with its outputs. */

import { writeFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { embeddedEngine } from '../load/embedded.ts';
import type { Engine } from '../load/engines.ts';
import { findK6 } from '../load/k6.ts';
import type { OutputChoices } from '../load/outputs/choices.ts';
import { withOutputs } from '../load/outputs/with-outputs.ts';
import { workersEngine } from '../load/workers/engine.ts';
import type { EngineOptions } from './commands/load-options.ts';

export async function chooseEngine(options: EngineOptions): Promise<Engine> {
  const { engine, k6, workers } = options;
  const outputs = await readyOutputs(options.output);
  if (engine === 'dialproof') {
    return withOutputs(workers === 1 ? embeddedEngine : workersEngine(workers), outputs);
  }
  if (workers > 1) {
    throw new UserError('--workers is for the embedded engine: k6 uses all cores by itself');
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
