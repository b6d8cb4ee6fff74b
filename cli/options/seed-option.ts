/** --seed: reads more instances and keys for the endpoint from a JSON file. */

import { readFileSync } from 'node:fs';
import { type ReadSeed, readSeed } from '../../emulator/seed.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { parseWrittenJson } from '../../system/read.ts';

/** @throws UserError for a file that cannot be read, or is not a seed. */
export function seedIn(file: string, facts: Facts): ReadSeed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `--seed ${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a JSON file`,
    );
  }
  const json = parseWrittenJson(text, `--seed ${file}`);
  try {
    return readSeed(json, facts);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--seed ${file}: ${error.message}`);
    throw error;
  }
}
