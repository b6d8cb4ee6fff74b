import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { predictionsOf } from '../../generators/corpus.ts';
import { readHistory } from '../../load/history/history.ts';
import { FigureCounter } from '../../load/judge/figures.ts';
import {
  type Attempt,
  answerDigest,
  historyLine,
  lettersSent,
  placeLetters,
  readHistoryLine,
} from '../../load/lib/history-line.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
const ATTEMPT: Attempt = {
  index: 12,
  record: 2,
  token: 'abcd1234-0000000012',
  attempt: 1,
  startMs: 1_700_000_000_000,
  durationMs: 3.25,
  status: 200,
  error: '-',
  letters: '.e',
  digest: '0123456789abcdef',
  places: '-',
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function attemptsOf(file: string): Promise<Attempt[]> {
  const read: Attempt[] = [];
  for await (const attempt of readHistory(file)) read.push(attempt);
  return read;
}

/** Bytes of buffers that are still referred to. */
function keptBytes(): number {
  // The second one waits until the first has given back what it found.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}

describe('history', () => {
  it('reads what it writes, and passes over other console lines', async () => {
    const file = join(dir, 'history.tsv');
    const second = { ...ATTEMPT, attempt: 2, status: 0, error: '1050', letters: '-', digest: '-' };
    writeFileSync(
      file,
      `${historyLine(ATTEMPT)}\na script says hello\ndp1 and more\n${historyLine(second)}\ndp1\tcut o`,
    );
    expect(await attemptsOf(file)).toEqual([ATTEMPT, second]);
    expect(readHistoryLine('dp1')).toBeNull();
  });

  it('has the fields in the documented order and form', () => {
    expect(historyLine({ ...ATTEMPT, places: placeLetters([0, 4, 25]) })).toBe(
      'dp1\t12\t2\tabcd1234-0000000012\t1\t1700000000000\t3.250\t200\t-\t.e\t0123456789abcdef\taez',
    );
    expect(answerDigest('0123456789abcdef'.repeat(4))).toBe('0123456789abcdef');
  });

  it("knows which of a record's letters a part of its items has", () => {
    expect(lettersSent('.ab.e', placeLetters([1, 4]))).toBe('ae');
    expect(lettersSent('.ab.e', '-')).toBe('.ab.e');
    expect(lettersSent('.ab.e', '')).toBe('');
  });

  it('gives figures: requests, statuses, items, percentiles, a point per second', () => {
    const counter = new FigureCounter(ATTEMPT.startMs, predictionsOf(Buffer.from('.....e'), 2));
    counter.add(ATTEMPT);
    counter.add({ ...ATTEMPT, startMs: ATTEMPT.startMs + 2_100, durationMs: 10, letters: '..' });
    counter.add({ ...ATTEMPT, startMs: ATTEMPT.startMs + 2_200, status: 429, letters: '-' });
    const figures = counter.figures();
    expect(figures).toMatchObject({
      requests: 3,
      contacts: 4,
      statuses: { 200: 2, 429: 1 },
      predicted: { CREATED: 3, INVALID_QUEUE: 3 },
      answered: { CREATED: 3, INVALID_QUEUE: 1 },
      latencyMs: { min: 3.25, max: 10 },
    });
    expect(figures.series.map(({ requests, errors }) => [requests, errors])).toEqual([
      [1, 0],
      [0, 0],
      [2, 1],
    ]);
  });

  it('keeps few response times of a long run, and the points of all its seconds', () => {
    const counter = new FigureCounter(0, predictionsOf(Buffer.from('..'), 2));
    const at = (second: number, more: Partial<Attempt> = {}) =>
      counter.add({ ...ATTEMPT, record: 0, startMs: second * 1_000, durationMs: 4, ...more });
    const before = keptBytes();
    const hour = 3_600;
    for (let second = 0; second < hour; second += 1)
      at(second, { durationMs: second === 7 ? 90 : 4 });
    // Very late, behind seconds that are closed.
    at(7, { attempt: 2, status: 500, letters: '-' });
    // A histogram has 13 kB: one a second would be 47 MB.
    expect(keptBytes() - before).toBeLessThan(5_000_000);
    const { series, requests } = counter.figures();
    expect([series.length, requests, counter.firsts]).toEqual([hour, hour + 1, hour]);
    expect(series[7]).toEqual({ second: 7, requests: 2, errors: 1, p50: 90, p99: 90 });
    expect(series.at(-1)).toEqual({ second: hour - 1, requests: 1, errors: 0, p50: 4, p99: 4 });
  });

  it('has no percentiles without a sample', () => {
    expect(new FigureCounter(0, predictionsOf(Buffer.alloc(0), 2)).figures().latencyMs).toBeNull();
  });
});
