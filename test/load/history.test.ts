import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { predictionsOf } from '../../generators/corpus.ts';
import { audit } from '../../load/audit/audit.ts';
import { readHistory } from '../../load/history/history.ts';
import { mergeHistories } from '../../load/history/merge-histories.ts';
import { FigureCounter } from '../../load/judge/figures.ts';
import {
  type Attempt,
  answerDigest,
  contactDigest,
  contactDigests,
  historyLine,
  lettersSent,
  placeLetters,
  readHistoryLine,
  type Seen,
} from '../../load/lib/history-line.ts';
import { AimWatch } from '../../load/run/aim-watch.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import { tempDir } from '../support/temp-dir.ts';
import { stream } from './audited.ts';

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

const SEEN: Seen = {
  endMs: 1_700_000_000_009,
  vu: 3,
  sent: 5,
  answered: 6,
  contacts: 'uCbJmR3x-_1',
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
    const fields =
      '12\t2\tabcd1234-0000000012\t1\t1700000000000\t3.250\t200\t-\t.e\t0123456789abcdef\taez';
    const part = { ...ATTEMPT, places: placeLetters([0, 4, 25]) };
    expect(historyLine(part)).toBe(`dp1\t${fields}`);
    expect(historyLine({ ...part, seen: SEEN })).toBe(
      `dp2\t${fields}\t1700000000009\t3\t5\t6\tuCbJmR3x-_1`,
    );
    expect(answerDigest('0123456789abcdef'.repeat(4))).toBe('0123456789abcdef');
    expect(contactDigest('uCbJmR3x-_1'.repeat(4))).toBe('uCbJmR3x-_1');
    expect(contactDigests('uCbJmR3x-_1uCbJmR3x-_2')).toEqual(['uCbJmR3x-_1', 'uCbJmR3x-_2']);
    expect(contactDigests('-')).toEqual([]);
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

  it('gives what failed in each second, its users, and how the response times are spread', () => {
    const counter = new FigureCounter(ATTEMPT.startMs, predictionsOf(Buffer.from('.....e'), 2));
    const seen = (vu: number) => ({ ...SEEN, vu });
    counter.add({ ...ATTEMPT, letters: '.e', seen: seen(1) });
    counter.add({ ...ATTEMPT, letters: '-', status: 429, error: 'TooMany', seen: seen(2) });
    counter.add({ ...ATTEMPT, letters: '-', status: 0, error: '1050', seen: seen(2) });
    counter.add({ ...ATTEMPT, letters: '-', status: 500, durationMs: 40 });
    const { series, histogram } = counter.figures();
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      vus: 2,
      errors: 3,
      failed: { TooMany: 1, 'no answer': 1, 'status 500': 1 },
      codes: { INVALID_QUEUE: 1 },
    });
    expect(histogram).toEqual([
      { fromMs: 3.162, toMs: 3.981, count: 3 },
      { fromMs: 39.81, toMs: 50.12, count: 1 },
    ]);
  });

  it('keeps what a scenario aimed at, unless it aimed at rates and at users', () => {
    const aims = new AimWatch();
    expect(aims.seen()).toBeNull();
    aims.add({ elapsedMs: 400 });
    aims.add({ elapsedMs: 1_500, target: { value: 20, unit: 'iterations/s' } });
    aims.add({ elapsedMs: 500, target: { value: 10, unit: 'iterations/s' } });
    expect(aims.seen()).toEqual({
      unit: 'iterations/s',
      points: [
        { second: 0, value: 10 },
        { second: 1, value: 20 },
      ],
    });
    aims.add({ elapsedMs: 2_500, target: { value: 3, unit: 'VUs' } });
    expect(aims.seen()).toBeNull();
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
    expect(series[7]).toMatchObject({ second: 7, requests: 2, errors: 1, p50: 90, p99: 90 });
    expect(series.at(-1)).toMatchObject({
      second: hour - 1,
      requests: 1,
      errors: 0,
      p50: 4,
      p99: 4,
    });
  });

  it('has no percentiles without a sample', () => {
    expect(new FigureCounter(0, predictionsOf(Buffer.alloc(0), 2)).figures().latencyMs).toBeNull();
  });
});

/** A file with this text, read. */
async function read(text: string) {
  const file = join(dir, 'read.tsv');
  writeFileSync(file, text);
  const history = readHistory(file);
  const attempts: Attempt[] = [];
  for await (const attempt of history) attempts.push(attempt);
  return { attempts, cut: history.cut };
}

describe('a history from elsewhere', () => {
  const full = { ...ATTEMPT, seen: SEEN };
  const lines = [
    ATTEMPT,
    full,
    { ...full, token: 'order 1', letters: 'e', seen: { ...SEEN, contacts: '-' } },
  ];
  const text = lines.map((one) => `${historyLine(one)}\n`).join('');

  it.each([
    ['as it was written', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with a byte-order mark', `\uFEFF${text}`],
    ['without its last line feed', text.slice(0, -1)],
  ])('is read %s', async (_, given) => {
    expect(await read(given)).toEqual({ attempts: lines, cut: false });
  });

  const whole = historyLine({
    ...full,
    places: 'ae',
    letters: '..',
    seen: { ...SEEN, contacts: 'uCbJmR3x-_1uCbJmR3x-_2' },
  });

  it.each(Array.from({ length: whole.length - 1 }, (_, i) => i + 1))(
    'is read without a last line of which %i characters are there',
    async (characters) => {
      expect(await read(`${text}${whole.slice(0, characters)}`)).toEqual({
        attempts: lines,
        cut: true,
      });
    },
  );

  it('of version dp1 is read without a last line that may end within its places', async () => {
    const old = historyLine({ ...ATTEMPT, places: 'ae' });
    for (const cut of [old, old.slice(0, -1), old.slice(0, -2), old.slice(0, -3)]) {
      expect(await read(`${text}${cut}`)).toEqual({ attempts: lines, cut: true });
    }
    expect((await read(`${text}${old}\n`)).attempts).toHaveLength(4);
    expect(await read(`${historyLine(ATTEMPT)}`)).toEqual({ attempts: [ATTEMPT], cut: false });
  });

  it.each([
    ['an empty status', '\t200\t', '\t\t'],
    ['a status in another notation', '\t200\t', '\t0xC8\t'],
    ['a status that HTTP does not have', '\t200\t', '\t999\t'],
    ['an empty index', 'dp2\t12\t', 'dp2\t\t'],
    ['an index with an exponent', 'dp2\t12\t', 'dp2\t1e1\t'],
    ['a negative record', '\t2\tabcd', '\t-2\tabcd'],
    ['no token', '\tabcd1234-0000000012\t', '\t\t'],
    ['an attempt before the first', '0012\t1\t', '0012\t0\t'],
    ['a duration of no length', '\t3.250\t', '\tNaN\t'],
    ['no error', '\t-\t.e\t', '\t\t.e\t'],
    ['an unknown letter', '\t.e\t', '\t.E\t'],
    ['no digest', '\t0123456789abcdef\t', '\t\t'],
    ['no places', 'cdef\t-\t', 'cdef\t\t'],
    ['no number of a virtual user', '\t3\t5\t', '\t\t5\t'],
    ['fewer contacts than items became contacts', '\tuCbJmR3x-_1', '\t-'],
    ['more contacts than items became contacts', '-_1', '-_1uCbJmR3x-_2'],
    ['a field more', '-_1', '-_1\t-'],
  ])('is refused with %s', async (_, from, to) => {
    const wrong = historyLine(full).replace(from, to);
    expect(wrong).not.toBe(historyLine(full));
    const refusal = read(`said\n${wrong}\n${text}`);
    await expect(refusal).rejects.toThrow(/^line 2 of the history \S+ is not a valid attempt /);
    // The last line may be incomplete.
    expect(await read(`${text}${wrong}\n`)).toEqual({ attempts: lines, cut: true });
  });

  it('of another version is refused, wherever its lines are', async () => {
    const later = historyLine(full).replace('dp2', 'dp3');
    for (const given of [`${later}\n${text}`, `${text}${later}\n`, `${text}${later}`]) {
      await expect(read(given)).rejects.toThrow(
        /is of version dp3, and this dialproof reads versions up to dp2: audit it with the dialproof/,
      );
    }
  });
});

describe('merged histories', () => {
  const line = (endMs: number) => historyLine({ ...ATTEMPT, startMs: 1, seen: { ...SEEN, endMs } });

  it('are in the order of the ends, and cut off where one of them is', async () => {
    const files = [`${line(10)}\n${line(30).slice(0, 50)}`, `${line(20)}\n`, ''].map((text, i) => {
      const file = join(dir, `part-${i}`);
      writeFileSync(file, text);
      return file;
    });
    const into = join(dir, 'merged.tsv');
    await mergeHistories(files, into);
    expect(readFileSync(into, 'utf8')).toBe(`${line(10)}\n${line(20)}\n${line(30).slice(0, 50)}`);
    const history = readHistory(into);
    const ends: (number | undefined)[] = [];
    for await (const { seen } of history) ends.push(seen?.endMs);
    expect({ ends, cut: history.cut }).toEqual({ ends: [10, 20], cut: true });
  });
});

it('an attempt whose line was cut off may have sent a token of the ledger', async () => {
  const token = stampOf('abcd1234', 13);
  const ledger = [{ type: 'token', clientToken: token, items: [] } as const];
  const verdictOn = async (text: string) => {
    const file = join(dir, 'audited.tsv');
    writeFileSync(file, text);
    const { invariants } = await audit({
      history: readHistory(file),
      historyBytes: 0,
      predictions: null,
      ledger: stream(ledger),
      quota: null,
      cut: false,
    });
    return invariants.find(({ name }) => name === 'nothing unasked')?.verdict;
  };
  const first = `${historyLine(ATTEMPT)}\n`;
  expect(await verdictOn(first)).toBe('violated');
  expect(await verdictOn(`${first}dp2\t13\t2\tab`)).toBe('not decidable');
});
