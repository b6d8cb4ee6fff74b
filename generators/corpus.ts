/**
 * A corpus: batches ready to send, as fixed-size records that a load script reads by index.
 *
 * A folder with `manifest.json`, `batches.bin` and, on request, `contacts.ndjson` for people.
 * Record layout and placeholders: `docs/corpus.md`; its reader in load scripts is `load/lib/corpus.ts`.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { letterOf, type Verdict } from '../operation/connect/batch-put-contact/decide.ts';
import { FAILURE_CODES } from '../operation/connect/batch-put-contact/failures.ts';
import { CHOICES, type Choices, choose } from '../operation/connect/choices.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { LIMITS } from '../operation/connect/limits.ts';
import { recordLayout } from '../operation/corpus/record.ts';
import { UserError } from '../system/errors.ts';
import { makeOutFolder } from '../system/make-folder.ts';
import {
  amount,
  list,
  Mismatch,
  number,
  object,
  oneOf,
  optional,
  record,
  structure,
  text,
} from '../system/read.ts';
import { type BatchOptions, batchSource, type GeneratedBatch } from './batch.ts';
import { LOCALE_NAMES } from './locales.ts';
import { ALL_GOOD, type Mix } from './mix.ts';

export const CORPUS_FORMAT = 'dialproof-corpus/1';

/**
 * Bytes reserved for each contact. A contact has about 650 bytes; the longest one seen has 960. The
 * contacts of a batch share the space, so that one long contact does no harm.
 */
const BYTES_PER_CONTACT = 1_024;

export interface CorpusManifest {
  readonly format: typeof CORPUS_FORMAT;
  readonly seed: number;
  readonly batches: number;
  readonly contactsPerBatch: number;
  readonly contacts: number;
  readonly locales: readonly string[];
  readonly mix: Mix;
  readonly instanceId: string;
  /** Failure codes in the order of their letters (a, b, …) in the records. */
  readonly codes: readonly string[];
  /** Verdict -> contacts predicted to get it. */
  readonly predicted: Readonly<Record<string, number>>;
  /** The choices of the service that the predictions follow, in their text form; absent in older corpora. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly recordBytes: number;
  /** SHA-256 of `batches.bin`, hex. */
  readonly sha256: string;
}

export const manifestOf = structure<CorpusManifest>({
  format: oneOf(CORPUS_FORMAT),
  seed: number,
  batches: amount,
  contactsPerBatch: amount,
  contacts: amount,
  locales: list(text),
  mix: record(amount),
  instanceId: text,
  codes: list(text),
  predicted: record(amount),
  choices: optional(record(text), undefined),
  recordBytes: amount,
  sha256: text,
});

export interface CorpusOptions extends BatchOptions {
  readonly batches: number;
  /** Whether to write contacts.ndjson too, with one line of JSON for each contact. */
  readonly ndjson?: boolean;
  readonly onProgress?: (batches: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes a corpus into `dir` as a stream: memory does not grow with the corpus.
 *
 * @throws UserError if the number of batches is below 1, or the folder cannot be made.
 * @throws Error if writing fails, or a batch does not fit into its record.
 */
export async function writeCorpus(dir: string, options: CorpusOptions): Promise<CorpusManifest> {
  const { batches, seed } = options;
  if (!Number.isInteger(batches) || batches < 1) {
    throw new UserError(`the number of batches must be 1 or more, not ${batches}`);
  }
  const contactsPerBatch = options.contactsPerBatch ?? LIMITS.contacts.max;
  const source = batchSource(options);
  const recordBytes =
    recordLayout(contactsPerBatch).body + 64 + contactsPerBatch * BYTES_PER_CONTACT;
  const hash = createHash('sha256');
  const predicted: Partial<Record<Verdict, number>> = {};
  await makeOutFolder(dir);
  const data = join(dir, 'batches.bin');
  const file = await open(`${data}.part`, 'w');
  const ndjson = join(dir, 'contacts.ndjson');
  const people = options.ndjson ? await open(ndjson, 'w') : null;
  try {
    for (let index = 0; index < batches; index += 1) {
      options.signal?.throwIfAborted();
      const batch = source.batch(index);
      for (const verdict of batch.predicted) predicted[verdict] = (predicted[verdict] ?? 0) + 1;
      const record = encodeRecord(batch, recordBytes);
      hash.update(record);
      await file.write(record);
      if (people) await people.write(contactLines(batch));
      options.onProgress?.(index + 1);
    }
  } catch (error) {
    // A partial corpus must not look like a whole one.
    await rm(`${data}.part`, { force: true });
    if (people) await rm(ndjson, { force: true });
    throw error;
  } finally {
    await file.close();
    await people?.close();
  }
  const manifest: CorpusManifest = {
    format: CORPUS_FORMAT,
    seed,
    batches,
    contactsPerBatch,
    contacts: batches * contactsPerBatch,
    locales: options.locales ?? LOCALE_NAMES,
    mix: options.mix ?? ALL_GOOD,
    instanceId: instanceIdOf(options),
    codes: FAILURE_CODES,
    predicted: predicted as Record<string, number>,
    choices: choicesOfItems(options.facts?.choices ?? choose()),
    recordBytes,
    sha256: hash.digest('hex'),
  };
  await rename(`${data}.part`, data);
  // The lines of an earlier corpus in this folder would look like lines of this one.
  if (!people) await rm(ndjson, { force: true });
  await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The choices on which the results of items depend. */
function choicesOfItems(choices: Choices): Record<string, string> {
  return Object.fromEntries(
    Object.entries(CHOICES)
      .filter(([, { ofItems }]) => ofItems)
      .map(([name]) => [name, String(choices[name as keyof Choices])]),
  );
}

/** The first choice that the predictions of a corpus do not follow; null if they follow all of them. */
export function choiceUnlike(
  { choices: followed = choicesOfItems(choose()) }: CorpusManifest,
  choices: Choices,
): { readonly name: string; readonly followed: string; readonly chosen: string } | null {
  for (const [name, chosen] of Object.entries(choicesOfItems(choices))) {
    const value = followed[name] ?? '';
    if (value !== chosen) return { name, followed: value, chosen };
  }
  return null;
}

/**
 * Encodes one batch as a record of `recordBytes` bytes.
 *
 * @throws Error if the batch does not fit into the record, or its body has fewer stamps than the record needs.
 */
export function encodeRecord(batch: GeneratedBatch, recordBytes: number): Buffer {
  const count = batch.ContactDataRequestList.length;
  const { ClientToken, ContactDataRequestList } = batch;
  const record = Buffer.alloc(recordBytes);
  const layout = recordLayout(count);
  const body = JSON.stringify({ ClientToken, ContactDataRequestList });
  const length = record.write(body, layout.body, 'utf8');
  if (length !== Buffer.byteLength(body)) {
    throw new Error(`batch ${ClientToken} needs more than the ${recordBytes} bytes of a record`);
  }
  record.writeUInt32LE(length, layout.bodyLength);
  let at = layout.body;
  for (let stamp = 0; stamp <= count; stamp += 1) {
    at = record.indexOf(ClientToken, at);
    if (at < 0) throw new Error(`batch ${ClientToken} has too few stamps`);
    record.writeUInt32LE(at - layout.body, layout.stamp(stamp));
    at += ClientToken.length;
  }
  record.write(batch.predicted.map(letterOf).join(''), layout.letters, 'latin1');
  return record;
}

/**
 * Reads the manifest of a corpus and checks the format, size and content hash of the corpus.
 *
 * @throws UserError if the manifest cannot be read, or the corpus does not match it or this version.
 */
export async function readManifest(dir: string): Promise<CorpusManifest> {
  const path = join(dir, 'manifest.json');
  const broken = (why: string) =>
    new UserError(`corpus ${dir}: ${why}; make it again with "dialproof generate"`);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw broken(missing ? 'there is no manifest.json' : 'manifest.json cannot be read as JSON');
  }
  let manifest: CorpusManifest;
  try {
    const { format } = object(json, '');
    if (format !== CORPUS_FORMAT) {
      throw broken(`its format is "${format}", this version reads "${CORPUS_FORMAT}"`);
    }
    manifest = manifestOf(json, '');
  } catch (error) {
    throw error instanceof Mismatch ? broken(`in manifest.json ${error.message}`) : error;
  }
  if (manifest.codes.join() !== FAILURE_CODES.join()) {
    throw broken('it was made with another table of failure codes');
  }
  const data = join(dir, 'batches.bin');
  const size = await stat(data).then(
    (found) => found.size,
    () => -1,
  );
  const expected = manifest.batches * manifest.recordBytes;
  if (size !== expected) {
    throw broken(
      size < 0 ? 'there is no batches.bin' : `batches.bin has ${size} bytes, not ${expected}`,
    );
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(data), hash);
  if (hash.digest('hex') !== manifest.sha256) {
    throw broken('batches.bin is not the file that the manifest describes (SHA-256 differs)');
  }
  return manifest;
}

/**
 * The predictions against which the audit checks the answers. They take one byte for each contact, so memory
 * grows with the corpus, not with the run.
 */
export interface Predictions {
  /** Predicted letters of a record's items; undefined past the end of the corpus. */
  lettersOf(record: number): string | undefined;
}

export function predictionsOf(letters: Buffer, contactsPerBatch: number): Predictions {
  return {
    lettersOf(record) {
      const from = record * contactsPerBatch;
      if (from >= letters.length) return undefined;
      return letters.toString('latin1', from, from + contactsPerBatch);
    },
  };
}

/** Predicted letters of every batch of a corpus. */
export async function readPredictions(dir: string, manifest: CorpusManifest): Promise<Predictions> {
  const { batches, contactsPerBatch, recordBytes } = manifest;
  const file = await open(join(dir, 'batches.bin'), 'r');
  const letters = Buffer.alloc(batches * contactsPerBatch);
  const from = recordLayout(contactsPerBatch).letters;
  try {
    for (let index = 0; index < batches; index += 1) {
      const to = index * contactsPerBatch;
      await file.read(letters, to, contactsPerBatch, index * recordBytes + from);
    }
  } finally {
    await file.close();
  }
  return predictionsOf(letters, contactsPerBatch);
}

function contactLines(batch: GeneratedBatch): string {
  return batch.ContactDataRequestList.map(
    (contact, i) => `${JSON.stringify({ contact, predicted: batch.predicted[i] })}\n`,
  ).join('');
}

function instanceIdOf({ facts }: CorpusOptions): string {
  return facts?.instances[0]?.id ?? ORDINARY_INSTANCE.id;
}
