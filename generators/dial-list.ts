/**
 * A dial list: batches of dial requests as files, for feeders, for people and for the AWS CLI.
 *
 * A folder with `manifest.json` and the files of the formats that were asked for.
 */

import { existsSync } from 'node:fs';
import { type FileHandle, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialRecordBytes } from '../operation/corpus/dial-record.ts';
import { UserError } from '../system/errors.ts';
import { makeOutFolder } from '../system/make-folder.ts';
import { ATTRIBUTE_NAMES } from './contact.ts';
import { csvLine } from './csv.ts';
import {
  type AskedOutcomes,
  type DialBatchOptions,
  type DialItemBatch,
  type DialPrediction,
  dialItemSource,
  dialRequestOf,
  expirationOf,
  outboundRequestOf,
  sizeOf,
} from './dial-batch.ts';
import { encodeDialRecord } from './dial-record.ts';
import { LOCALE_NAMES } from './locales.ts';
import { ALL_GOOD, type DialMix } from './mix.ts';

export const DIAL_LIST_FORMAT = 'dialproof-dial-list/1';

/** The operations that take dial requests: version 1 and version 2 of outbound campaigns. */
const OPERATIONS = {
  PutDialRequestBatch: {
    api: 'v1',
    bodyOf: ({ items }: DialItemBatch) => ({ dialRequests: items.map(dialRequestOf) }),
  },
  PutOutboundRequestBatch: {
    api: 'v2',
    bodyOf: ({ items }: DialItemBatch) => ({ outboundRequests: items.map(outboundRequestOf) }),
  },
} as const;

export type DialOperation = keyof typeof OPERATIONS;

export const DIAL_OPERATIONS = Object.keys(OPERATIONS) as readonly DialOperation[];

export interface DialListOptions extends DialBatchOptions {
  readonly operation: DialOperation;
  readonly batches: number;
  /** All but `records` if absent. */
  readonly formats?: readonly DialListFormat[];
  readonly onProgress?: (batches: number) => void;
  readonly signal?: AbortSignal;
}

export interface DialListManifest {
  readonly format: typeof DIAL_LIST_FORMAT;
  readonly operation: DialOperation;
  readonly seed: number;
  readonly batches: number;
  readonly requestsPerBatch: number;
  readonly requests: number;
  readonly locales: readonly string[];
  readonly mix: DialMix;
  readonly outcomes: AskedOutcomes;
  /** The moment for which the predictions hold, and the expirationTime of good dial requests. */
  readonly now: string;
  readonly expirationTime: string;
  /** Prediction -> number of dial requests. */
  readonly predicted: Readonly<Record<string, number>>;
  readonly formats: readonly DialListFormat[];
  /** Bytes of a record in `batches.bin`. */
  readonly recordBytes: number;
}

/** A batch, and the request body that carries it. */
interface Listed extends DialItemBatch {
  readonly index: number;
  readonly body: object;
  /** The moment for which the batch was made, epoch milliseconds. */
  readonly now: number;
}

interface Sink {
  write(batch: Listed): Promise<void>;
  close(): Promise<void>;
}

interface Format {
  /** Removes what an earlier list left in the folder. */
  clear(dir: string): Promise<void>;
  open(dir: string): Promise<Sink>;
}

const MANIFEST = 'manifest.json';
const CLI_INPUTS = 'cli-input';
const CLI_INPUT = /^\d{10}\.json$/;
const LEADING_COLUMNS = ['batch', 'clientToken', 'phoneNumber', 'expirationTime', 'predicted'];

const FORMATS = {
  /** One request body per line; predictions.ndjson has a line for each of them. */
  ndjson: linesIn({
    'requests.ndjson': { head: '', lines: ({ body }) => `${JSON.stringify(body)}\n` },
    'predictions.ndjson': { head: '', lines: ({ predicted }) => `${JSON.stringify(predicted)}\n` },
  }),
  /** One dial request per line. */
  csv: linesIn({
    'requests.csv': { head: csvLine([...LEADING_COLUMNS, ...ATTRIBUTE_NAMES]), lines: csvLines },
  }),
  /** One file for each batch, for the option --cli-input-json. */
  'aws-cli': {
    async clear(dir) {
      const folder = join(dir, CLI_INPUTS);
      const names = existsSync(folder) ? await readdir(folder) : [];
      for (const name of names) if (CLI_INPUT.test(name)) await rm(join(folder, name));
    },
    async open(dir) {
      const folder = join(dir, CLI_INPUTS);
      await makeOutFolder(folder);
      return {
        write: ({ index, body }) =>
          writeFile(
            join(folder, `${String(index).padStart(10, '0')}.json`),
            `${JSON.stringify(body, null, 2)}\n`,
          ),
        close: async () => {},
      };
    },
  },
  /** One record of fixed size for each batch, for load scripts. */
  records: linesIn({
    'batches.bin': { head: '', lines: (batch) => encodeDialRecord(batch, batch.body, batch.now) },
  }),
} as const satisfies Record<string, Format>;

export type DialListFormat = keyof typeof FORMATS;

export const DIAL_LIST_FORMATS = Object.keys(FORMATS) as readonly DialListFormat[];

/** Records are large, and only load scripts read them. */
export const DEFAULT_FORMATS: readonly DialListFormat[] = ['ndjson', 'csv', 'aws-cli'];

/** Reads `ndjson,csv`. @throws UserError for an unknown format. */
export function readFormats(text: string): DialListFormat[] {
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !DIAL_LIST_FORMATS.some((format) => format === name));
  if (unknown !== undefined) {
    throw new UserError(`unknown format "${unknown}": choose from ${DIAL_LIST_FORMATS.join(', ')}`);
  }
  return DIAL_LIST_FORMATS.filter((format) => wanted.includes(format));
}

/**
 * Writes a dial list into `dir` as a stream: memory does not grow with the list. Files of an earlier list in the
 * folder are removed.
 *
 * @throws UserError if the number of batches is below 1, the folder cannot be made, or an option is wrong.
 */
export async function writeDialList(
  dir: string,
  options: DialListOptions,
): Promise<DialListManifest> {
  const { batches, operation, formats = DEFAULT_FORMATS } = options;
  if (!Number.isInteger(batches) || batches < 1) {
    throw new UserError(`the number of batches must be 1 or more, not ${batches}`);
  }
  const { api, bodyOf } = OPERATIONS[operation];
  const source = dialItemSource(api, options);
  await makeOutFolder(dir);
  await clear(dir);
  const now = options.now.getTime();
  const predicted: Partial<Record<DialPrediction, number>> = {};
  const sinks: Sink[] = [];
  try {
    for (const format of formats) sinks.push(await FORMATS[format].open(dir));
    for (let index = 0; index < batches; index += 1) {
      options.signal?.throwIfAborted();
      const batch = source.batch(index);
      for (const one of batch.predicted) predicted[one] = (predicted[one] ?? 0) + 1;
      for (const sink of sinks) await sink.write({ ...batch, index, now, body: bodyOf(batch) });
      options.onProgress?.(index + 1);
    }
  } catch (error) {
    await closeAll(sinks);
    // A partial list must not look like a whole one.
    await clear(dir);
    throw error;
  }
  await closeAll(sinks);
  const requestsPerBatch = sizeOf(options);
  const manifest: DialListManifest = {
    format: DIAL_LIST_FORMAT,
    operation,
    seed: options.seed,
    batches,
    requestsPerBatch,
    requests: batches * requestsPerBatch,
    locales: options.locales ?? LOCALE_NAMES,
    mix: options.mix ?? ALL_GOOD,
    outcomes: options.outcomes ?? {},
    now: options.now.toISOString(),
    expirationTime: expirationOf(options).toISOString(),
    predicted: predicted as Record<string, number>,
    formats,
    recordBytes: dialRecordBytes(requestsPerBatch),
  };
  await writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function clear(dir: string): Promise<void> {
  await rm(join(dir, MANIFEST), { force: true });
  for (const format of DIAL_LIST_FORMATS) await FORMATS[format].clear(dir);
}

async function closeAll(sinks: readonly Sink[]): Promise<void> {
  for (const sink of sinks) await sink.close();
}

/** A format with these files. Each gets some lines for each batch. */
function linesIn(
  files: Readonly<Record<string, { head: string; lines: (batch: Listed) => string | Buffer }>>,
): Format {
  return {
    async clear(dir) {
      for (const name of Object.keys(files)) await rm(join(dir, name), { force: true });
    },
    async open(dir) {
      const opened: [FileHandle, (batch: Listed) => string | Buffer][] = [];
      for (const [name, { head, lines }] of Object.entries(files)) {
        const file = await open(join(dir, name), 'w');
        opened.push([file, lines]);
        await file.write(head);
      }
      return {
        async write(batch) {
          for (const [file, lines] of opened) await file.writeFile(lines(batch));
        },
        async close() {
          for (const [file] of opened) await file.close();
        },
      };
    },
  };
}

function csvLines({ index, items, predicted }: Listed): string {
  return items
    .map(({ clientToken, phoneNumber, expirationTime, attributes }, i) =>
      csvLine([
        String(index),
        clientToken,
        phoneNumber,
        expirationTime,
        predicted[i] ?? '',
        ...ATTRIBUTE_NAMES.map((name) => attributes[name] ?? ''),
      ]),
    )
    .join('');
}
