import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTRIBUTE_NAMES, contactSource } from '../../generators/contact.ts';
import { csvLine } from '../../generators/csv.ts';
import { dialBatchSource, outboundBatchSource } from '../../generators/dial-batch.ts';
import {
  DIAL_OPERATIONS,
  type DialListOptions,
  readFormats,
  writeDialList,
} from '../../generators/dial-list.ts';
import { everyDialCode } from '../../generators/mix.ts';
import { tempDir } from '../support/temp-dir.ts';

const root = tempDir();
const OPTIONS: DialListOptions = {
  operation: 'PutDialRequestBatch',
  seed: 3,
  now: new Date('2026-03-01T12:00:00Z'),
  batches: 4,
  requestsPerBatch: 5,
  mix: everyDialCode(0.5),
  locales: ['es_US', 'fr_FR'],
};

const linesOf = (...path: string[]) =>
  readFileSync(join(root, ...path), 'utf8')
    .trimEnd()
    .split('\n');

const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Reads what csvLine wrote: by RFC 4180, and without the apostrophes that it added. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    const cell = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    rows.at(-1)?.push(cell.replace(/^'/, ''));
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe.each(DIAL_OPERATIONS)('a dial list for %s', (operation) => {
  const options = { ...OPTIONS, operation };
  const batches = [0, 1, 2, 3].map((index) => {
    const source =
      operation === 'PutDialRequestBatch' ? dialBatchSource(options) : outboundBatchSource(options);
    const { predicted, ...body } = source.batch(index);
    return { predicted, body: asJson(body) };
  });

  it('has a request body and its predictions in each line of NDJSON', async () => {
    await writeDialList(join(root, operation), options);
    const bodies = linesOf(operation, 'requests.ndjson').map((line) => JSON.parse(line));
    const predictions = linesOf(operation, 'predictions.ndjson').map((line) => JSON.parse(line));
    expect(bodies).toEqual(batches.map(({ body }) => body));
    expect(predictions).toEqual(batches.map(({ predicted }) => predicted));
  });

  it('has an input of the AWS CLI for each batch', async () => {
    await writeDialList(join(root, operation), options);
    const folder = join(root, operation, 'cli-input');
    const files = readdirSync(folder).sort();
    expect(files).toEqual([0, 1, 2, 3].map((index) => `000000000${index}.json`));
    expect(files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))).toEqual(
      batches.map(({ body }) => body),
    );
  });

  it('has a dial request in each line of CSV', async () => {
    await writeDialList(join(root, operation), options);
    const [head = [], ...rows] = readCsv(
      readFileSync(join(root, operation, 'requests.csv'), 'utf8'),
    );
    const read = rows.map((cells) => {
      const row = Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']));
      const { batch, clientToken, phoneNumber, expirationTime, predicted, ...rest } = row;
      const attributes = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
      const item = { clientToken, phoneNumber, expirationTime, attributes };
      return { batch, predicted, item };
    });
    const source = dialBatchSource(options);
    const expected = [0, 1, 2, 3].flatMap((index) => {
      const { dialRequests, predicted } = source.batch(index);
      return dialRequests.map((item, i) => ({
        batch: String(index),
        predicted: predicted[i],
        item: asJson(item),
      }));
    });
    expect(read).toEqual(expected);
  });

  it('says in its manifest what is in it', async () => {
    const manifest = await writeDialList(join(root, operation), options);
    expect(JSON.parse(readFileSync(join(root, operation, 'manifest.json'), 'utf8'))).toEqual(
      manifest,
    );
    const counts: Record<string, number> = {};
    for (const one of batches.flatMap(({ predicted }) => predicted)) {
      counts[one] = (counts[one] ?? 0) + 1;
    }
    expect(manifest).toMatchObject({
      operation,
      requests: 20,
      now: '2026-03-01T12:00:00.000Z',
      expirationTime: '2026-03-01T12:05:00.000Z',
      predicted: counts,
    });
    expect(Object.keys(counts).length).toBeGreaterThan(2);
  });
});

describe('a dial list', () => {
  it('has the formats that were asked for, and nothing of a list that it replaces', async () => {
    const dir = join(root, 'replaced');
    await writeDialList(dir, OPTIONS);
    await writeDialList(dir, { ...OPTIONS, batches: 1, formats: ['aws-cli'] });
    expect(readdirSync(dir).sort()).toEqual(['cli-input', 'manifest.json']);
    expect(readdirSync(join(dir, 'cli-input'))).toEqual(['0000000000.json']);
  });

  it('leaves nothing of itself behind when it is interrupted', async () => {
    const dir = join(root, 'interrupted');
    const abort = new AbortController();
    const writing = writeDialList(dir, {
      ...OPTIONS,
      signal: abort.signal,
      onProgress: (done) => {
        if (done === 2) abort.abort();
      },
    });
    await expect(writing).rejects.toThrow('aborted');
    expect(readdirSync(dir)).toEqual(['cli-input']);
    expect(readdirSync(join(dir, 'cli-input'))).toEqual([]);
  });

  it('is refused without a batch, and before anything is written', async () => {
    const dir = join(root, 'refused');
    await expect(writeDialList(dir, { ...OPTIONS, batches: 0 })).rejects.toThrow(
      'the number of batches must be 1 or more, not 0',
    );
    await expect(writeDialList(dir, { ...OPTIONS, expiresInSeconds: 1 })).rejects.toThrow(
      'an expirationTime must be 30 to 900 seconds ahead, not 1',
    );
    expect(existsSync(dir)).toBe(false);
  });

  it('has a column for every attribute of a contact', () => {
    const source = contactSource(3);
    const names = new Set<string>();
    for (let i = 0; i < 300; i += 1) {
      for (const name of Object.keys(source.contact(i, 'x').Attributes)) names.add(name);
    }
    expect([...names].sort()).toEqual([...ATTRIBUTE_NAMES].sort());
  });

  it('knows the names of its formats', () => {
    expect(readFormats('csv, ndjson')).toEqual(['ndjson', 'csv']);
    expect(() => readFormats('xml')).toThrow(
      'unknown format "xml": choose from ndjson, csv, aws-cli, records',
    );
  });
});

describe('a line of CSV', () => {
  it.each(['=1+1', '+12025550123', '-1', '@SUM(A1)', '\t=1', "'quoted", ''])(
    'begins no cell as a formula does: %j',
    (text) => {
      const line = csvLine([text, 'b']);
      expect(line).not.toMatch(/^"?[=+\-@\t\r]/);
      expect(readCsv(line)).toEqual([[text, 'b']]);
    },
  );

  it('quotes commas, quotes and line ends', () => {
    expect(csvLine(['a,b', 'say "so"', 'c\r\nd'])).toBe('"a,b","say ""so""","c\r\nd"\r\n');
  });
});
