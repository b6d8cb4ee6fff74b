/** Reads a corpus record by index and stamps it, so that its body is unique. */

import { open, SeekMode } from 'k6/experimental/fs';
import { recordLayout } from '../../operation/corpus/record.ts';
import { STAMP_LENGTH, stampOf } from '../../operation/corpus/stamp.ts';
import { asciiBytes, asciiText } from './bytes.ts';

/** The part of the manifest that a script needs; handed over in the environment. */
export interface CorpusPlace {
  readonly file: string;
  readonly batches: number;
  readonly contactsPerBatch: number;
  readonly recordBytes: number;
}

export interface StampedBatch {
  /** Number of the ClientToken in the run. */
  readonly index: number;
  /** Number of the record in the corpus. */
  readonly record: number;
  /** Places of the record's items that are in the batch; null if all are. */
  readonly places: readonly number[] | null;
  readonly token: string;
  /** RequestIdentifiers in the items' order. */
  readonly identifiers: readonly string[];
  /** The verdict letter that each item must get. */
  readonly predicted: string;
  readonly body: ArrayBuffer;
}

export interface Corpus {
  /**
   * Record number `record` under ClientToken number `index` of this run. After the end of the corpus the records
   * repeat. Under other tokens they are other batches.
   */
  batch(runTag: string, index: number, record: number): Promise<StampedBatch>;
}

export async function openCorpus(place: CorpusPlace): Promise<Corpus> {
  const { batches, contactsPerBatch: count, recordBytes } = place;
  const file = await open(place.file);
  const record = new Uint8Array(recordBytes);
  const view = new DataView(record.buffer);
  const layout = recordLayout(count);
  return {
    async batch(runTag, index, wanted) {
      const number = wanted % batches;
      await file.seek(number * recordBytes, SeekMode.Start);
      if ((await file.read(record)) !== recordBytes) {
        throw new Error(`record ${number} of ${place.file} is cut short`);
      }
      const token = stampOf(runTag, index);
      const stamp = asciiBytes(token);
      const identifiers: string[] = [];
      for (let i = 0; i <= count; i += 1) {
        const at = layout.body + view.getUint32(layout.stamp(i), true);
        record.set(stamp, at);
        // The item's place in the batch, two digits behind the stamp; stamp 0 is the token's.
        if (i > 0) identifiers.push(token + asciiText(record, at + STAMP_LENGTH, 3));
      }
      return {
        index,
        record: number,
        places: null,
        token,
        identifiers,
        predicted: asciiText(record, layout.letters, count),
        body: record.buffer.slice(
          layout.body,
          layout.body + view.getUint32(layout.bodyLength, true),
        ),
      };
    },
  };
}
