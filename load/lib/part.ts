/** Makes a part of a batch. A caller sends it again if some contacts of the batch failed. */

import type { StampedBatch } from './corpus.ts';

/**
 * The items of `batch` in these places, in a body of their own.
 *
 * @param places 0-based, at least one.
 */
export function partOf(batch: StampedBatch, places: readonly number[]): StampedBatch {
  const body = JSON.parse(new TextDecoder().decode(batch.body)) as {
    ContactDataRequestList: unknown[];
  };
  body.ContactDataRequestList = places.map((place) => body.ContactDataRequestList[place]);
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return {
    ...batch,
    places,
    identifiers: places.map((place) => batch.identifiers[place] as string),
    predicted: places.map((place) => batch.predicted.charAt(place)).join(''),
    body: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  };
}
