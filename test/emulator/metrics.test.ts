import { exposition, type Family } from '../../emulator/control/exposition.ts';
import { createService, type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { observed } from '../../emulator/watch/observed.ts';
import { INJECTED_NUMBERS } from '../../operation/connect/facts.ts';
import { type ReadSample, readExposition } from './exposition-reader.ts';
import { body, contact, contacts, control, OUTSIDER, send } from './fixtures.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'aws' });
});
beforeEach(() => control(emulator, 'POST', '/reset'));
afterAll(() => emulator.close());

async function scrape() {
  const families = readExposition(await control(emulator, 'GET', '/metrics'));
  return {
    families,
    /** The value of one series. */
    value(name: string, labels: Record<string, string> = {}): number | undefined {
      const all = [...families.values()].flatMap(({ samples }): readonly ReadSample[] => samples);
      const same = (sample: ReadSample) =>
        sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels);
      return all.find(same)?.value;
    },
  };
}

it('is in the text format, and says so', async () => {
  const response = await fetch(`${emulator.controlUrl}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const families = readExposition(await response.text());
  for (const [name, type] of [
    ['dialproof_requests_total', 'counter'],
    ['dialproof_request_duration_seconds', 'histogram'],
    ['dialproof_items_total', 'counter'],
    ['dialproof_replays_total', 'counter'],
    ['dialproof_contacts_total', 'counter'],
    ['dialproof_bucket_tokens', 'gauge'],
    ['dialproof_store_bytes', 'gauge'],
    ['dialproof_uptime_seconds', 'gauge'],
    ['process_cpu_seconds_total', 'counter'],
    ['process_resident_memory_bytes', 'gauge'],
    ['dialproof_event_loop_lag_p99_seconds', 'gauge'],
  ]) {
    expect(families.get(name as string)).toMatchObject({ type });
  }
});

it('counts requests, items, replays and contacts', async () => {
  const throttled = contact(2, {
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: INJECTED_NUMBERS.REQUEST_THROTTLED },
  });
  const call = { body: body([contact(0), contact(1), throttled], 't') };
  await send(emulator, call);
  await send(emulator, call);
  await send(emulator, { body: body(contacts(1), 't') });
  await send(emulator, { ...call, key: OUTSIDER });
  await send(emulator, { method: 'DELETE', body: '' });
  await send(emulator, { method: 'GET', target: '/contacts/i/c', body: '' });

  const { value } = await scrape();
  const requests = (operation: string, status: string, error: string) =>
    value('dialproof_requests_total', { operation, status, error });
  expect(requests('BatchPutContact', '200', '')).toBe(2);
  expect(requests('BatchPutContact', '409', 'IdempotencyException')).toBe(1);
  expect(requests('BatchPutContact', '403', 'AccessDeniedException')).toBe(1);
  expect(requests('Unknown', '404', 'UnknownOperationException')).toBe(1);
  expect(requests('DescribeContact', '404', 'ResourceNotFoundException')).toBe(1);
  expect(value('dialproof_items_total', { result: 'CREATED' })).toBe(2);
  expect(value('dialproof_items_total', { result: 'REQUEST_THROTTLED' })).toBe(1);
  expect(value('dialproof_replays_total')).toBe(1);
  expect(value('dialproof_contacts_total')).toBe(2);
  const timed = { operation: 'BatchPutContact' };
  expect(value('dialproof_request_duration_seconds_count', timed)).toBe(4);
  expect(value('dialproof_request_duration_seconds_sum', timed)).toBeGreaterThan(0);
  expect(value('dialproof_store_bytes')).toBeGreaterThan(0);
});

it('shows the tokens of each bucket', async () => {
  await control(emulator, 'PUT', '/bucket', { tokens: 7, frozen: true });
  await send(emulator, { body: body(contacts(1)) });
  await send(emulator, { body: body(contacts(1)) });
  const { value, families } = await scrape();
  expect(value('dialproof_bucket_tokens', { operation: 'BatchPutContact' })).toBe(6);
  expect(families.get('dialproof_bucket_tokens')?.samples).toHaveLength(1);
});

it('begins again at a reset', async () => {
  await send(emulator, { body: body(contacts(1)) });
  await control(emulator, 'POST', '/reset');
  const { families, value } = await scrape();
  expect(families.get('dialproof_requests_total')?.samples).toEqual([]);
  expect(value('dialproof_contacts_total')).toBe(0);
  expect(value('dialproof_store_bytes')).toBe(0);
});

it('counts an exchange that fails by a defect, and passes the defect on', async () => {
  const service = createService();
  const defect = new Error('a defect');
  const handle = observed(() => Promise.reject(defect), service, null);
  const request = { method: 'PUT', target: '/', headers: [], body: Buffer.alloc(0), bodyBytes: 0 };
  await expect(handle(request)).rejects.toBe(defect);
  expect([...service.meters.requests.values()]).toEqual([
    { operation: 'Unknown', status: 500, error: 'InternalFailure', count: 1 },
  ]);
});

describe('exposition', () => {
  it('escapes what the format sets apart, and writes infinities', () => {
    const help = 'a \\ and\na line';
    const labels = { text: 'a "quote", a \\ and\na line' };
    const gauge: Family = {
      name: 'g',
      type: 'gauge',
      help,
      samples: [{ labels, value: Number.POSITIVE_INFINITY }, { value: -1.5e-7 }],
    };
    const text = exposition([gauge]);
    expect(text).toContain('# HELP g a \\\\ and\\na line\n');
    expect(readExposition(text).get('g')?.samples).toEqual([
      { name: 'g', labels, value: Number.POSITIVE_INFINITY },
      { name: 'g', labels: {}, value: -1.5e-7 },
    ]);
  });

  it('cumulates the buckets of a histogram', () => {
    const text = exposition([
      {
        name: 'h',
        type: 'histogram',
        help: 'h',
        bounds: [0.1, 1],
        histograms: [{ labels: { a: 'b' }, buckets: [2, 0, 3], sum: 9.5 }],
      },
    ]);
    expect(text.split('\n').slice(2, -1)).toEqual([
      'h_bucket{a="b",le="0.1"} 2',
      'h_bucket{a="b",le="1"} 2',
      'h_bucket{a="b",le="+Inf"} 5',
      'h_sum{a="b"} 9.5',
      'h_count{a="b"} 5',
    ]);
    expect(() => readExposition(text)).not.toThrow();
  });
});

describe('the reader of these tests refuses', () => {
  const good = '# HELP c_total c\n# TYPE c_total counter\nc_total{a="1"} 1\n';

  it.each([
    ['no last line feed', good.trimEnd()],
    ['a family twice', good + good],
    ['a series twice', `${good}c_total{a="1"} 2\n`],
    ['a label without quotes', `${good}c_total{a=1} 2\n`],
    ['a sample of another name', `${good}d_total 2\n`],
    ['no number', `${good}c_total one\n`],
    ['a counter below zero', good.replace(' 1\n', ' -1\n')],
    ['a counter without _total', good.replaceAll('c_total', 'c')],
    ['no type', '# HELP c_total c\nc_total 1\n'],
    [
      'a histogram that falls',
      '# HELP h h\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    ],
    [
      'a histogram without +Inf',
      '# HELP h h\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
    ],
  ])('%s', (_, text) => {
    expect(() => readExposition(text)).toThrow();
  });
});
