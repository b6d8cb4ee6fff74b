/** Reads what sinks wrote to files, and the dial list that a run sent. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DialRecords, readDialRecords } from '../../generators/dial-records.ts';
import { UserError } from '../../system/errors.ts';
import { amount, filledText, parseJson, structure, text } from '../../system/read.ts';
import type { DialTold } from '../drive/dial-sink.ts';
import type { RoadSources } from './audit-road.ts';
import { readEvents } from './events.ts';

const dial = structure<DialTold>({
  dialId: filledText,
  contactId: filledText,
  dialRequestId: filledText,
  campaignId: filledText,
  phoneNumber: text,
  at: amount,
});

/** @throws UserError for a file that cannot be read, and for a line that is no dial record. */
export async function readDialFile(path: string): Promise<readonly DialTold[]> {
  const lines = await linesOf(path, 'dial records');
  return lines.map((line, i) => {
    const where = `line ${i + 1} of the dial records ${path}`;
    return dial(parseJson(line, where), where);
  });
}

/** Whatever was set to be done to the events of a file is not known: they may be lost or out of order. */
export async function readEventFile(path: string): Promise<NonNullable<RoadSources['events']>> {
  const lines = await linesOf(path, 'contact events');
  const set = { loss: 1, reorders: true };
  return { events: readEvents(lines, `the contact events ${path}`), set };
}

const manifest = structure({ requestsPerBatch: amount, recordBytes: amount });

/** @param dir a dial list with records. */
export async function readDialList(dir: string): Promise<DialRecords> {
  const path = join(dir, 'manifest.json');
  const list = manifest(parseJson(await textOf(path, 'manifest'), path), path);
  return readDialRecords(dir, list).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `cannot read the records of the dial list ${dir} (${error.code ?? error.message})`,
    );
  });
}

async function linesOf(path: string, what: string): Promise<string[]> {
  const lines = (await textOf(path, what)).split('\n');
  // A line without a line feed may be cut.
  lines.pop();
  return lines;
}

async function textOf(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the ${what} ${path} (${error.code})`);
  });
}
