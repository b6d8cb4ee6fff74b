/** Reads a record with a batch of dial requests by index, and stamps it: with clientTokens and expirationTimes of its own. */

import { open, SeekMode } from 'k6/experimental/fs';
import { dialRecordLayout, expirationText } from '../../operation/corpus/dial-record.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import { asciiBytes, asciiText } from './bytes.ts';

/** The part of the manifest that a script needs; handed over in the environment. */
export interface DialCorpusPlace {
  readonly file: string;
  readonly batches: number;
  readonly requestsPerBatch: number;
  readonly recordBytes: number;
  /** Of outbound campaigns: whose members the dial requests have. */
  readonly version: number;
}

export interface StampedDials {
  /** 19 characters with which the clientTokens begin. */
  readonly stamp: string;
  /** Number of the record in the corpus. */
  readonly record: number;
  /** Places of the record's items that are in the batch; null if all are. */
  readonly places: readonly number[] | null;
  /** In the items' order. */
  readonly tokens: readonly string[];
  /** The letter that each item must get. */
  readonly predicted: string;
  /** Epoch milliseconds from which the expirationTimes count. */
  readonly stampedMs: number;
  readonly body: ArrayBuffer;
}

export interface DialCorpus {
  /** Record number `record` under batch number `index` of this run, as it is to be sent at `nowMs`. */
  batch(runTag: string, index: number, record: number, nowMs: number): Promise<StampedDials>;
}

export async function openDialCorpus(place: DialCorpusPlace): Promise<DialCorpus> {
  const { batches, requestsPerBatch: count, recordBytes } = place;
  const file = await open(place.file);
  const record = new Uint8Array(recordBytes);
  const view = new DataView(record.buffer);
  const layout = dialRecordLayout(count);
  return {
    async batch(runTag, index, wanted, nowMs) {
      const number = wanted % batches;
      await file.seek(number * recordBytes, SeekMode.Start);
      if ((await file.read(record)) !== recordBytes) {
        throw new Error(`record ${number} of ${place.file} is cut short`);
      }
      const stamp = stampOf(runTag, index);
      const bytes = asciiBytes(stamp);
      const tokens: string[] = [];
      for (let i = 0; i < count; i += 1) {
        const at = layout.body + view.getUint32(layout.stamp(i), true);
        record.set(bytes, at);
        // The item's place in the batch, two digits behind the stamp.
        tokens.push(stamp + asciiText(record, at + stamp.length, 3));
        const expires = expirationText(nowMs + view.getInt32(layout.expiresIn(i), true));
        record.set(asciiBytes(expires), layout.body + view.getUint32(layout.expiration(i), true));
      }
      return {
        stamp,
        record: number,
        places: null,
        tokens,
        predicted: asciiText(record, layout.letters, count),
        stampedMs: nowMs,
        body: record.buffer.slice(
          layout.body,
          layout.body + view.getUint32(layout.bodyLength, true),
        ),
      };
    },
  };
}

/**
 * The items of `batch` in these places, in a body of their own.
 *
 * @param places 0-based among the items of the batch, at least one.
 */
export function partOfDials(batch: StampedDials, places: readonly number[]): StampedDials {
  const body = JSON.parse(new TextDecoder().decode(batch.body)) as Record<string, unknown[]>;
  const [member = ''] = Object.keys(body);
  const items = body[member] ?? [];
  const part = { [member]: places.map((place) => items[place]) };
  const bytes = new TextEncoder().encode(JSON.stringify(part));
  return {
    ...batch,
    places: places.map((place) => batch.places?.[place] ?? place),
    tokens: places.map((place) => batch.tokens[place] as string),
    predicted: places.map((place) => batch.predicted.charAt(place)).join(''),
    body: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  };
}
