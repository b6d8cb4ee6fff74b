/**
 * A pact whose descriptions are numbers. Pact sends only one of two interactions with the same description, so that
 * each gets a number, in a header too, by which the door knows it.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../operation/aws/json.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import type { AnyPact, HttpInteraction } from '../pact/any-pact.ts';
import { NUMBER_HEADER } from './provider-door.ts';

/** Calls `work` with the file, which is then removed. The number of an interaction is its place in the list. */
export async function withNumberedPact<T>(
  { rest }: Pick<AnyPact, 'rest'>,
  interactions: readonly HttpInteraction[],
  work: (file: string) => Promise<T>,
): Promise<T> {
  const dir = makeTemporaryFolder('numbered');
  const file = join(dir, 'pact.json');
  try {
    const pact = { ...rest, interactions: interactions.map(numbered) };
    writeFileSync(file, JSON.stringify(pact));
    return await work(file);
  } finally {
    removeTemporaryFolder(dir);
  }
}

function numbered({ raw }: HttpInteraction, n: number): object {
  // A key names one interaction, and two with one description can have the same.
  const { key: _, request, type, ...others } = raw;
  const { headers, ...message } = Object(request) as { headers?: unknown };
  const number = String(n);
  return {
    ...others,
    ...(type !== undefined && { type }),
    description: number,
    request: {
      ...message,
      headers: {
        ...(isObject(headers) ? headers : {}),
        // V4 has a list of values.
        [NUMBER_HEADER]: type === undefined ? number : [number],
      },
    },
  };
}
