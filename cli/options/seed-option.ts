/** --seed: reads more instances and keys for the endpoint from a JSON file, or from JSON. */

import { readFileSync } from 'node:fs';
import { type ReadSeed, readSeed } from '../../emulator/seed.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { parseWrittenJson } from '../../system/read.ts';

/**
 * @param seed a file, or the JSON itself.
 * @throws UserError for a file that cannot be read, or is not a seed.
 */
export function seedIn(seed: string, facts: Facts): ReadSeed {
  const isJson = seed.trimStart().startsWith('{');
  const name = isJson ? 'with JSON' : seed;
  let text = seed;
  try {
    if (!isJson) text = readFileSync(seed, 'utf8');
  } catch (error) {
    throw new UserError(
      `--seed ${name} cannot be read (${(error as NodeJS.ErrnoException).code}): name a JSON file`,
    );
  }
  const json = parseWrittenJson(text, `--seed ${name}`);
  try {
    return readSeed(json, facts);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--seed ${name}: ${error.message}`);
    throw error;
  }
}
