/** The lines of the dial road in a history: what is written is read, and what is cut is not. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRoadLine, roadLine } from '../../../load/lib/road-line.ts';
import { readRoadHistory } from '../../../load/road/road-history.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { LINES, PUT } from './recorded.ts';

const dir = tempDir();

const read = (text: string) => {
  const file = join(dir, 'road.history.tsv');
  writeFileSync(file, text);
  return readRoadHistory(file);
};

const text = LINES.map((line) => `${roadLine(line)}\n`).join('');

it('are read as they were written', async () => {
  for (const line of LINES) expect(readRoadLine(roadLine(line))).toEqual(line);
  const refused = { ...PUT, status: 409, error: 'ConflictException', letters: '-', ids: [] };
  expect(readRoadLine(roadLine(refused))).toEqual(refused);
  expect(await read(`a word\n${text}`)).toEqual({ lines: LINES, cut: false });
});

it('may be cut at the end, and nowhere else', async () => {
  const whole = LINES.length;
  for (const end of [1, 5, 30]) {
    const { lines, cut } = await read(text.slice(0, -end));
    expect({ lines: lines.length, cut }).toEqual({ lines: whole - 1, cut: true });
  }
  await expect(read(`dr1\tput\tx\n${text}`)).rejects.toThrow(
    /^line 1 of the history .* is not a valid line of the dial road/,
  );
  // As many ids as letters say.
  expect(readRoadLine(roadLine({ ...PUT, ids: ['request-0'] }))).toBeNull();
});
