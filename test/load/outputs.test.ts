/** What a run tells others while it goes on, over real HTTP and into real files. */

import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { deserialize } from 'prometheus-remote-write';
import { MetricRegistry } from '../../load/engine/metrics/registry.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { Engine } from '../../load/engines/engine.ts';
import { withOutputs } from '../../load/engines/with-outputs.ts';
import { workersEngine } from '../../load/engines/workers/engine.ts';
import { k6Outputs, type OutputChoices } from '../../load/outputs/choices.ts';
import type { Measured } from '../../load/outputs/output.ts';
import { prometheusOutput } from '../../load/outputs/prometheus.ts';
import { Pusher } from '../../load/outputs/pusher.ts';
import type { Run } from '../../run/run.ts';
import { dialproof, PATIENT } from '../cli/command.ts';
import { closeServer, freePort, listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';

const { uncompress } = require('snappyjs') as { uncompress(bytes: Buffer): Buffer };

const dir = tempDir();

interface Push {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const pushes: Push[] = [];
let status = 200;

/** What an answer under load takes at least: as many seconds are longer than any test. */
const ANSWER_MS = 130;

/** Is the endpoint under load (`/load`) and whatever takes metrics. */
const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    if (path === '/load') {
      setTimeout(() => response.end('{}'), ANSWER_MS);
      return;
    }
    pushes.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status).end(status === 200 ? '{}' : 'not today');
  });
});
let origin = '';

beforeAll(async () => {
  const port = await listen(server);
  origin = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await closeServer(server);
});

beforeEach(() => {
  pushes.length = 0;
  status = 200;
});

const SCRIPT = `import http from 'k6/http';
import { check } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge } from 'k6/metrics';
const contacts = new Counter('contacts');
const depth = new Gauge('depth');
export const options = { vus: 2, iterations: 6, thresholds: { http_req_duration: ['p(95)<5000'] } };
export default async function () {
  const answer = await http.get(__ENV.URL + '/load', { tags: { kind: 'first' } });
  check(answer, { 'is 200': ({ status }) => status === 200 });
  exec.vu.metrics.metadata.batch = 'b-1';
  contacts.add(25);
  depth.add(7);
}`;

let made = 0;

async function run(choices: OutputChoices, engine: Engine = embeddedEngine) {
  made += 1;
  const script = join(dir, `script-${made}.ts`);
  const historyFile = join(dir, `history-${made}.tsv`);
  writeFileSync(script, SCRIPT);
  return withOutputs(engine, choices).run({
    script,
    env: { URL: origin },
    historyFile,
    labels: { testid: 'a-run', scenario: 'evening' },
    plannedMs: 1_000,
    loopbackOnly: true,
  });
}

describe('otlp', () => {
  interface Exported {
    readonly resourceMetrics: readonly {
      readonly resource: { readonly attributes: readonly object[] };
      readonly scopeMetrics: readonly { readonly metrics: readonly ExportedMetric[] }[];
    }[];
  }
  interface ExportedMetric {
    readonly name: string;
    readonly unit: string;
    readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly object[] };
    readonly gauge?: { readonly dataPoints: readonly object[] };
    readonly histogram?: {
      readonly dataPoints: readonly {
        readonly count: number;
        readonly bucketCounts: readonly number[];
        readonly explicitBounds: readonly number[];
      }[];
    };
  }

  /** As a user runs it: jest cannot load what the exporter loads when it exports. */
  const smoke = (url: string) =>
    dialproof(
      ...['load', 'run', 'smoke', '--iterations', '4', '--batches', '10', '--json'],
      ...[...PATIENT, '--out', join(dir, 'out'), '--output', `otlp=${url}`],
    );

  test('gets every metric in the end, in the shapes of k6’s own output', async () => {
    const { code, stdout } = await smoke(origin);
    expect(code).toBe(0);
    const testid = (JSON.parse(stdout) as { id: string }).id;
    expect(pushes.map(({ path }) => path)).toEqual(['/v1/metrics']);
    const { resourceMetrics } = JSON.parse(String(pushes[0]?.body)) as Exported;
    expect(resourceMetrics[0]?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'dialproof' },
    });
    const metrics = resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    const metric = (name: string) => metrics.find((one) => one.name === name);
    const labels = [
      { key: 'testid', value: { stringValue: testid } },
      { key: 'scenario', value: { stringValue: 'smoke' } },
    ];
    expect(metric('http_reqs')?.sum).toMatchObject({
      isMonotonic: true,
      dataPoints: [{ asDouble: 4, attributes: labels }],
    });
    expect(metric('vus_max')?.gauge?.dataPoints).toMatchObject([{ asDouble: 1 }]);
    expect(metric('http_req_failed')?.sum?.dataPoints).toMatchObject([
      {
        asDouble: 4,
        attributes: [...labels, { key: 'condition', value: { stringValue: 'zero' } }],
      },
      { asDouble: 0 },
    ]);
    expect(metric('http_req_duration')?.unit).toBe('ms');
    const [point] = metric('http_req_duration')?.histogram?.dataPoints ?? [];
    expect(point?.count).toBe(4);
    expect(point?.bucketCounts.reduce((a, b) => a + b, 0)).toBe(4);
    expect(point?.bucketCounts).toHaveLength((point?.explicitBounds.length ?? 0) + 1);
    // What has no sample is not told.
    expect(metric('dropped_iterations')).toBeUndefined();
  });

  test('that refuses is told of, and the run is not the worse for it', async () => {
    status = 400;
    const { code, stdout } = await smoke(`${origin}/elsewhere`);
    expect(code).toBe(0);
    expect(pushes[0]?.path).toBe('/elsewhere');
    const { load } = JSON.parse(stdout) as Run;
    expect(load[0]?.findings).toContainEqual({
      kind: 'pushes refused',
      output: expect.stringMatching(/^otlp http:/),
      refused: 1,
      of: 1,
      why: expect.any(String),
    });
  });
});

describe('prometheus', () => {
  const url = () => new URL('/api/v1/write', origin);

  async function written() {
    const push = pushes.at(-1);
    if (!push) throw new Error('nothing was pushed');
    const { timeseries } = (await deserialize(uncompress(push.body) as never)) as unknown as {
      timeseries: {
        labels: { name: string; value: string }[];
        samples: { value: number; timestamp: unknown }[];
      }[];
    };
    return timeseries.map(({ labels, samples }) => ({
      names: labels.map(({ name }) => name),
      labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
      value: samples[0]?.value,
      at: Number(samples[0]?.timestamp),
    }));
  }

  test('gets series named as k6 names them, labels in order, of all workers together', async () => {
    const before = Date.now();
    const { notes } = await run({ prometheus: url() }, workersEngine(2));
    expect(notes).toEqual([]);
    expect(pushes.at(-1)?.headers).toMatchObject({
      'content-encoding': 'snappy',
      'content-type': 'application/x-protobuf',
      'x-prometheus-remote-write-version': '0.1.0',
    });
    const series = await written();
    const value = (name: string) => series.find(({ labels }) => labels.__name__ === name)?.value;
    expect(value('k6_contacts_total')).toBe(150);
    expect(value('k6_http_reqs_total')).toBe(6);
    expect(value('k6_depth')).toBe(7);
    expect(value('k6_checks_rate')).toBe(1);
    expect(value('k6_http_req_duration_count')).toBe(6);
    // In seconds: in milliseconds it would be longer than the test.
    expect(value('k6_http_req_duration_p95')).toBeGreaterThan((ANSWER_MS / 1_000) * 0.9);
    expect(value('k6_http_req_duration_p95')).toBeLessThan((Date.now() - before) / 1_000);
    for (const { names, labels, at } of series) {
      expect(names).toEqual(['__name__', 'scenario', 'testid']);
      expect(labels).toMatchObject({ scenario: 'evening', testid: 'a-run' });
      expect(at).toBeGreaterThanOrEqual(before);
    }
  });

  test('logs in by what the environment has', async () => {
    const registry = new MetricRegistry();
    registry.builtIn.http_reqs.add(1, { tags: {} });
    const measured: Measured = { startedAt: 0, at: 1_000, metrics: registry.all() };
    const output = prometheusOutput(url(), { K6_PROMETHEUS_RW_BEARER_TOKEN: 'a-token' });
    await output.push(measured, {});
    expect(pushes.at(-1)?.headers.authorization).toBe('Bearer a-token');
    const basic = prometheusOutput(url(), {
      K6_PROMETHEUS_RW_USERNAME: 'me',
      K6_PROMETHEUS_RW_PASSWORD: 'secret',
    });
    await basic.push(measured, {});
    expect(pushes.at(-1)?.headers.authorization).toBe(`Basic ${btoa('me:secret')}`);
  });

  test('that cannot be reached is told of', async () => {
    const url = `http://127.0.0.1:${await freePort()}/write`;
    const { notes } = await run({ prometheus: new URL(url) });
    expect(notes).toEqual([
      {
        kind: 'pushes refused',
        output: expect.stringMatching(/^prometheus /),
        refused: 1,
        of: 1,
        why: expect.stringContaining('ECONNREFUSED'),
      },
    ]);
  });

  test('gets each part of a divided run by itself, and what it did not take is told of the whole', async () => {
    const part = (segment: string, out: string) =>
      dialproof(
        ...['load', 'run', 'mix', '--iterations', '60', '--vus', '2', '--batches', '60', '--json'],
        ...['--execution-segment', segment, '--run-tag', 'parts001', '--out', join(dir, out)],
        ...[...PATIENT, '--output', `prometheus=${url()}`],
      );
    expect((await part('0:1/2', 'part-1')).code).toBe(0);
    for (const { labels } of await written()) {
      expect(labels).toMatchObject({ testid: 'parts001', scenario: 'mix', segment: '0:1/2' });
    }
    expect((await written()).length).toBeGreaterThan(10);
    status = 500;
    const second = await part('1/2:1', 'part-2');
    const note = {
      kind: 'pushes refused',
      output: expect.stringMatching(/^prometheus /),
      refused: 1,
      of: 1,
      why: expect.any(String),
    };
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('did not take 1 of 1 pushes');
    expect(JSON.parse(second.stdout).notes).toEqual([note]);
    const merged = await dialproof(
      ...['load', 'merge', join(dir, 'part-1'), join(dir, 'part-2'), '--json'],
      ...['--out', join(dir, 'merged')],
    );
    const { verdict, load } = JSON.parse(merged.stdout);
    expect(verdict).toBe('pass');
    expect(load[0].findings).toContainEqual({ kind: 'segment', segment: '1/2:1', note });
  });
});

describe('json', () => {
  interface Line {
    readonly metric: string;
    readonly type: 'Metric' | 'Point';
    readonly data: {
      readonly type?: string;
      readonly time?: string;
      readonly value?: number;
      readonly tags?: Record<string, string>;
      readonly metadata?: Record<string, string>;
    };
  }
  const linesOf = (text: string): Line[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('has every sample with its tags, each metric declared before', async () => {
    const json = join(dir, 'samples.json');
    writeFileSync(json, '');
    await run({ json });
    const lines = linesOf(readFileSync(json, 'utf8'));
    const declared = new Set<string>();
    for (const { metric, type } of lines) {
      if (type === 'Metric') declared.add(metric);
      else expect(declared).toContain(metric);
    }
    const points = (name: string) =>
      lines.filter(({ metric, type }) => metric === name && type === 'Point');
    expect(
      lines.find(({ metric, type }) => metric === 'http_req_duration' && type === 'Metric')?.data,
    ).toMatchObject({ type: 'trend', contains: 'time', thresholds: ['p(95)<5000'] });
    expect(points('http_reqs')).toHaveLength(6);
    expect(points('http_req_duration')).toHaveLength(6);
    expect(points('iterations')).toHaveLength(6);
    expect(points('http_req_waiting')[0]?.data.tags).toMatchObject({
      scenario: 'default',
      method: 'GET',
      status: '200',
      expected_response: 'true',
      kind: 'first',
      name: `${origin}/load`,
    });
    expect(points('checks')[0]?.data).toMatchObject({ value: 1, tags: { check: 'is 200' } });
    expect(points('contacts').map(({ data }) => data.value)).toEqual(Array(6).fill(25));
    expect(points('contacts')[0]?.data.metadata).toEqual({ batch: 'b-1' });
    expect(points('vus')[0]?.data).not.toHaveProperty('metadata');
    expect(points('vus').length).toBeGreaterThan(0);
    expect(new Date(points('depth')[0]?.data.time ?? '').getFullYear()).toBeGreaterThan(2_000);
  });

  test('is added to, packed where its name says so, and has the samples of all workers', async () => {
    const json = join(dir, 'samples.json.gz');
    writeFileSync(json, '');
    await run({ json });
    await run({ json }, workersEngine(2));
    const lines = linesOf(gunzipSync(readFileSync(json)).toString());
    const reqs = lines.filter(({ metric, type }) => metric === 'http_reqs' && type === 'Point');
    expect(reqs).toHaveLength(12);
  });
});

describe('pushes', () => {
  const at = (ms: number): Measured => ({ startedAt: 0, at: ms, metrics: [] });

  test('come every five seconds, one at a time, and once in the end', async () => {
    const taken: number[] = [];
    let done: () => void = () => {};
    const pusher = new Pusher(
      {
        name: 'slow',
        push(measured) {
          taken.push(measured.at);
          return new Promise((resolve) => {
            done = resolve;
          });
        },
      },
      {},
    );
    pusher.take(at(4_999));
    expect(taken).toEqual([]);
    pusher.take(at(5_000));
    pusher.take(at(11_000));
    expect(taken).toEqual([5_000]);
    done();
    await new Promise(setImmediate);
    pusher.take(at(11_500));
    expect(taken).toEqual([5_000, 11_500]);
    pusher.take(at(12_000));
    const ended = pusher.end();
    done();
    await new Promise(setImmediate);
    expect(taken).toEqual([5_000, 11_500, 12_000]);
    done();
    expect(await ended).toBeNull();
  });
});

test('k6 is told to do the same by its own outputs', () => {
  const { args, env } = k6Outputs({
    json: '/x/samples.json',
    otlp: new URL('https://collector.example:4318'),
    prometheus: new URL('http://127.0.0.1:9090/api/v1/write'),
  });
  expect(args).toEqual([
    '--out=json=/x/samples.json',
    '--out=opentelemetry',
    '--out=experimental-prometheus-rw',
  ]);
  expect(env).toMatchObject({
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: 'collector.example:4318',
    K6_OTEL_HTTP_EXPORTER_URL_PATH: '/v1/metrics',
    K6_OTEL_HTTP_EXPORTER_INSECURE: 'false',
    K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:9090/api/v1/write',
  });
  expect(k6Outputs({})).toEqual({ args: [], env: {} });
});
