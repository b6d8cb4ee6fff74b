import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ENGINE_VERSION,
  type Progress,
  runK6Script,
  type Snapshot,
} from '../../../load/engine/engine.ts';
import { writeSummary } from '../../../load/engine/result/write-summary.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { run, useServer } from './support.ts';

const server = useServer();

const RAN = { ran: true };
const DOWN = { tornDown: true };

test.each([
  ['nothing special', 0, [RAN, RAN, DOWN]],
  ['threshold', 99, [RAN, RAN, DOWN]],
  ['aborting threshold', 99, [RAN, DOWN]],
  ['setup throws', 107, []],
  ['setup hangs', 100, []],
  ['teardown throws', 107, [RAN, RAN, DOWN]],
  ['teardown hangs', 101, [RAN, RAN, DOWN]],
  ['throws', 107, [RAN, RAN, DOWN]],
  ['fail()', 107, [RAN, RAN, DOWN]],
  ['abort', 108, [RAN, DOWN]],
  ['marked', 110, [RAN, RAN, DOWN]],
  ['summary throws', 107, [RAN, RAN, DOWN]],
])('%s: exit code %p', async (what, exitCode, lines) => {
  const ran = await run('lifecycle', { env: { WHAT: what } });
  expect(ran.result.exitCode).toBe(exitCode);
  expect(ran.lines).toEqual(lines);
});

test.each([
  ['K6_NO_SETUP', [{ data: null }, { torn: null }]],
  ['K6_NO_TEARDOWN', [{ data: 1 }]],
])('%s leaves it out', async (name, lines) => {
  const text = `export function setup() { return 1; }
    export default function (data) { console.log(JSON.stringify({ data: data ?? null })); }
    export function teardown(torn) { console.log(JSON.stringify({ torn: torn ?? null })); }`;
  expect((await run(text, { env: { [name]: 'true' } })).lines).toEqual(lines);
});

test.each([
  ['init throws', 107, /lifecycle\.ts:11:\d+: no init/],
  ['init requests', 107, /http\.get\(\) was called in the init context/],
  ['no function', 104, /function 'missing' of scenario "s" is not exported/],
])('%s: refused with %p', async (what, exitCode, message) => {
  const refused = run('lifecycle', { env: { WHAT: what, URL: server.url } });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toMatchObject({ name: 'UserError', exitCode });
});

test('an exception in an iteration is counted, placed, and the iteration too', async () => {
  const { result } = await run('lifecycle', { env: { WHAT: 'throws' } });
  expect(result.iterations).toBe(2);
  expect(result.scriptErrors).toEqual([
    {
      message: 'TypeError: no iteration',
      count: 2,
      where: expect.stringMatching(/^test\/load\/engine\/scripts\/lifecycle\.ts:41:\d+$/),
    },
  ]);
});

test('why a run was cut short is told', async () => {
  const aborted = await run('lifecycle', { env: { WHAT: 'abort' } });
  expect(aborted.result.aborted).toBe('test aborted: seen enough');
  const setup = await run('lifecycle', { env: { WHAT: 'setup hangs' } });
  expect(setup.result.aborted).toBe('setup(): setup() execution timed out after 0.05 seconds');
});

test('handleSummary gets the data, and its files are written', async () => {
  const file = join(tempDir(), 'summary.json');
  const { result } = await run('lifecycle', { env: { SUMMARY: file } });
  const data = JSON.parse(readFileSync(file, 'utf8'));
  expect(data).toEqual(result.summary);
  expect(data.setup_data).toEqual({ ready: true });
});

test('a file that handleSummary cannot write fails the run', async () => {
  const file = join(tempDir(), 'a', 'b');
  const { result } = await run('lifecycle', { env: { SUMMARY: file } });
  expect(result.exitCode).toBe(107);
  expect(result.scriptErrors[0]?.message).toBe(
    `handleSummary() could not write ${file} (ENOENT): make its folder first`,
  );
});

test('the other files of handleSummary are written all the same', async () => {
  const dir = tempDir();
  const files = { [join(dir, 'no', 'a')]: 'a', [join(dir, 'b')]: 'b', c: 7, [join(dir, 'd')]: 'd' };
  await expect(writeSummary(files)).rejects.toThrow(
    /^handleSummary\(\) could not write .*; gave neither a string nor an ArrayBuffer for c$/,
  );
  expect(readdirSync(dir)).toEqual(['b', 'd']);
});

test('a signal stops the run, gracefulStop bounds it, the results are kept', async () => {
  const interrupt = new AbortController();
  const { result, lines } = await run('lifecycle', {
    env: { WHAT: 'sleeps' },
    signal: interrupt.signal,
    onProgress: ({ vus }) => {
      if (vus > 0) interrupt.abort();
    },
  });
  expect(result).toMatchObject({ interrupted: true, exitCode: 105, iterations: 0, aborted: null });
  expect(lines).toEqual([RAN, DOWN]);
  expect(result.thresholds).toMatchObject([{ metric: 'wrong', ok: true, samples: 1 }]);
});

test('an iteration that waits for ever is given up', async () => {
  const interrupt = new AbortController();
  const { result } = await run('lifecycle', {
    env: { WHAT: 'hangs' },
    signal: interrupt.signal,
    onProgress: () => interrupt.abort(),
  });
  expect(result).toMatchObject({ interrupted: true, exitCode: 105, iterations: 0 });
});

test('a run that is interrupted before it starts runs nothing', async () => {
  const { result, lines } = await run('lifecycle', { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ interrupted: true, exitCode: 105, iterations: 0 });
  expect(lines).toEqual([DOWN]);
});

test('requests in flight are cut with their iteration', async () => {
  const text = `import http from 'k6/http';
    export const options = { scenarios: { s: {
      executor: 'constant-vus', vus: 2, duration: '50ms', gracefulStop: '50ms' } } };
    export default async function () { await http.get(__ENV.URL + '/never'); }`;
  const { result } = await run(text, { env: { URL: server.url } });
  expect(result).toMatchObject({ iterations: 0, exitCode: 0, scriptErrors: [] });
  expect(result.summary.metrics.http_reqs).toBeUndefined();
});

test('progress tells how far the run is', async () => {
  const seen: Progress[] = [];
  const stopping = new AbortController();
  await run('executor', {
    env: {
      SCENARIO: JSON.stringify({ executor: 'constant-vus', vus: 2, duration: '10m' }),
      SLEEP: '0.01',
    },
    signal: stopping.signal,
    onProgress(progress) {
      seen.push(progress);
      stopping.abort();
    },
  });
  expect(seen[0]).toMatchObject({
    plannedMs: 600_000,
    vus: 2,
    requests: 0,
    failed: 0,
    recent: null,
    target: { value: 2, unit: 'VUs' },
  });
  expect(seen[0]?.iterations).toBeGreaterThan(0);
});

test('snapshots are told from the start to the end', async () => {
  const seen: Snapshot[] = [];
  await run(
    `import { Counter } from 'k6/metrics';
     const seen = new Counter('seen');
     export const options = { vus: 1, iterations: 2 };
     export function setup() { seen.add(1); }
     export default function () { seen.add(1); }`,
    { onSnapshot: (snapshot) => seen.push(snapshot) },
  );
  const counted = seen.map(({ metrics }) => metrics.find(({ name }) => name === 'seen')?.sink);
  expect(counted[0]).toMatchObject({ samples: 0 });
  expect(counted.at(-1)).toMatchObject({ samples: 3 });
});

test.each([
  [
    'of the scenario under way',
    ['constant-arrival-rate', 'constant-arrival-rate'],
    '5m',
    { value: 20, unit: 'iterations/s' },
  ],
  [
    'of those under way, together',
    ['constant-arrival-rate', 'constant-arrival-rate'],
    '0s',
    { value: 40, unit: 'iterations/s' },
  ],
  [
    'is none where they aim at different things',
    ['constant-arrival-rate', 'constant-vus'],
    '0s',
    undefined,
  ],
])('the aim %s', async (_, [first, second], startTime, target) => {
  const seen: Progress[] = [];
  const of = (executor = '', more = {}) => ({
    executor,
    // The first progress ends it.
    duration: '10m',
    gracefulStop: '0s',
    ...(executor === 'constant-vus' ? { vus: 1 } : { rate: 20, preAllocatedVUs: 2 }),
    ...more,
  });
  const stopping = new AbortController();
  const scenarios = { first: of(first), second: of(second, { startTime }) };
  await run(
    `import { sleep } from 'k6';
     export const options = ${JSON.stringify({ scenarios })};
     export default async function () { await sleep(0.01); }`,
    {
      signal: stopping.signal,
      onProgress(progress) {
        seen.push(progress);
        stopping.abort();
      },
    },
  );
  expect(seen[0]?.target).toEqual(target);
});

test('console lines go to the file as they are, objects as JSON', async () => {
  const file = join(tempDir(), 'out.txt');
  const script = join(tempDir(), 'script.js');
  writeFileSync(
    script,
    `console.log('init', __VU);
     export default () => { console.warn('a\\tb', { c: [1] }, null); console.debug('never'); };`,
  );
  await runK6Script({ script, consoleOutput: file });
  expect(readFileSync(file, 'utf8')).toBe('init 0\ninit 1\na\tb {"c":[1]} null\n');
});

test('console output that cannot be written is no success', async () => {
  const script = join(tempDir(), 'script.js');
  writeFileSync(script, 'export default () => {};');
  const consoleOutput = join(tempDir(), 'no', 'such', 'folder');
  await expect(runK6Script({ script, consoleOutput })).rejects.toThrow('cannot be written');
});

test('top-level await works, as in k6', async () => {
  const { lines } = await run(`const late = await Promise.resolve(3);
    export const options = { iterations: late };
    export default () => console.log(late);`);
  expect(lines).toEqual([3, 3, 3]);
});

test('the engine has the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  expect(ENGINE_VERSION).toBe(version);
});
