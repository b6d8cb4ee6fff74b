/** Reads the lines of the dial road in a history. */

import { UserError } from '../../system/errors.ts';
import { Lines, readFileText } from '../history/lines.ts';
import { isRoadLine, ROAD_TAG, type RoadLine, readRoadLine } from '../lib/road-line.ts';

export interface RoadHistory {
  readonly lines: readonly RoadLine[];
  /** Whether the last line is cut off, so that a call is missing. */
  readonly cut: boolean;
}

/**
 * All lines of the road in a history. Other lines of the scripts' console are ignored. They are held in memory: about
 * 2 kB for a call of 25 dial requests.
 *
 * @throws UserError where a line has the tag of the road and is not valid, unless it is the last one.
 */
export async function readRoadHistory(path: string): Promise<RoadHistory> {
  const text = new Lines(readFileText(path, 'history'));
  const lines: RoadLine[] = [];
  let number = 0;
  let broken: string | null = null;
  for await (const line of text) {
    if (broken !== null) throw new UserError(broken);
    number += 1;
    if (text.unended && mayBeRoadLine(line)) return { lines, cut: true };
    if (!isRoadLine(line)) continue;
    const read = readRoadLine(line);
    if (read) lines.push(read);
    else {
      broken = `line ${number} of the history ${path} is not a valid line of the dial road (docs/history.md): ${line.slice(0, 60)}`;
    }
  }
  return { lines, cut: broken !== null };
}

/** A line without a line feed may be cut in its last field, or earlier. */
function mayBeRoadLine(line: string): boolean {
  return isRoadLine(line) || ROAD_TAG.startsWith(line);
}
