/** Draws that belong to a text, such as the id of a dial request. */

import { Draw } from '../system/draw.ts';

/** @param stream separates sequences of one text. */
export function drawOf(seed: number, text: string, stream: number): Draw {
  // FNV-1a. Texts of the same hash get the same draws, which does no harm.
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return new Draw(seed, hash >>> 0, stream);
}
