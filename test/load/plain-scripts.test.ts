/** Scripts of the user's own, from the run to the reports: what k6 shows at the end of a test, and nothing else. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import { ownScript, runScript } from '../../load/run/run-script.ts';
import { endOfTestLines } from '../../reports/end-of-test.ts';
import { renderHtml } from '../../reports/html/html.ts';
import { renderJunit } from '../../reports/junit.ts';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import type { LoadResult, Run } from '../../run/run.ts';
import { judge } from '../../run/verdict.ts';
import { plain } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';
import { startServer, type TestServer } from './engine/support.ts';
import { type Bench, nextTag, openBench } from './scenarios.ts';

const dir = tempDir();
let bench: Bench;
let server: TestServer;
beforeAll(async () => {
  bench = await openBench(dir);
  server = await startServer();
});
afterAll(() => server.close());

const IMPORTS = "import http from 'k6/http'; import { check, group } from 'k6';";

async function run(text: string): Promise<{ load: LoadResult; whole: Run }> {
  const file = join(dir, 'own.js');
  writeFileSync(file, `${IMPORTS}\n${text.replaceAll('URL', JSON.stringify(server.url))}`);
  const load = await runScript({
    script: await ownScript(file),
    engine: embeddedEngine,
    target: {
      url: server.url,
      controlUrl: null,
      quota: null,
      region: 'us-east-1',
      accessKeyId: '',
      secretAccessKey: '',
    },
    corpusDir: join(bench.dir, 'corpus'),
    manifest: bench.manifest,
    runTag: nextTag(),
    outDir: dir,
    values: {},
  });
  const { verdict: _, reasons: __, ...unjudged } = { ...plain, load: [load] };
  return { load, whole: { ...unjudged, ...judge(unjudged) } };
}

it('five answers with 200 are five answers with 200', async () => {
  const { load, whole } = await run(`export const options = { iterations: 5 };
export default function () { check(http.get(URL), { ok: ({ status }) => status === 200 }); }`);
  expect(load).toMatchObject({
    history: false,
    requests: 5,
    checks: [{ name: 'ok', groups: [], passes: 5, fails: 0 }],
    failedAnswers: [],
  });
  // A missing history is no reason to doubt the figures.
  expect(load.validity.reasons.map(({ kind }) => kind)).not.toContain('no request');
  const lines = endOfTestLines(load).join('\n');
  expect(lines).toMatch(/✓ ok +5 of 5/);
  expect(lines).toMatch(/http_req_duration +avg .* ms, .*p\(95\) .* ms/);
  for (const text of [renderHtml(whole), renderMarkdown(whole), renderJunit(whole), lines]) {
    expect(text).not.toMatch(/not answered|INVALID_QUEUE|ledger|invariant|no response time/);
  }
});

it('a check that fails now and then fails nothing where its threshold allows it', async () => {
  const { load, whole } = await run(`
export const options = { vus: 1, iterations: 20, thresholds: { checks: ['rate>=0.9'] } };
export default function () {
  const r = http.get(URL);
  check(r, { 'status is 200': ({ status }) => status === 200, 'odd one out': () => __ITER !== 7 });
}`);
  expect(load.verdict).toBe('pass');
  expect(renderJunit(whole)).toMatch(/<testsuites [^>]* failures="0" errors="0" skipped="\d+"/);
});

it('one name of a check in two groups gives two cases, and an equal threshold two more', async () => {
  const { load, whole } = await run(`
export const options = { iterations: 2, thresholds: { http_reqs: ['count>=1', 'count>=1'] } };
export default function () {
  const r = http.get(URL);
  group('first', () => { check(r, { 'status is 200': () => true }); });
  group('second', () => { check(r, { 'status is 200': () => false }); });
}`);
  expect(load.verdict).toBe('pass');
  const names = [...renderJunit(whole).matchAll(/<testcase [^>]* name="([^"]*)"/g)].map(
    ([, name]) => name,
  );
  expect(names).toEqual(
    expect.arrayContaining([
      'check: first › status is 200',
      'check: second › status is 200',
      'threshold: http_reqs count&gt;=1',
      'threshold: http_reqs count&gt;=1 (2)',
    ]),
  );
});

it('a sub-metric that a threshold shows does not judge the run', async () => {
  const { load } = await run(`
export const options = { iterations: 3, thresholds: {
  'http_req_duration{status:500}': ['max>=0'], 'http_req_duration{status:200}': ['max>=0'],
  http_req_failed: ['rate<0.01'],
} };
export default function () { http.get(URL); }`);
  expect({ verdict: load.verdict, reasons: load.reasons }).toEqual({
    verdict: 'pass',
    reasons: [],
  });
  expect(load.metrics.map(({ name }) => name)).toContain('http_req_duration{status:200}');
});

it('refusals are named with what to check', async () => {
  const { load } = await run(`
export const options = { iterations: 4, thresholds: { checks: ['rate==1'] } };
export default function () {
  check(http.get(URL + '/status/401'), { ok: ({ status }) => status === 200 });
}`);
  expect(load).toMatchObject({
    verdict: 'fail',
    reasons: [{ kind: 'all refused', requests: 4, status: 401, remedy: 'the script' }],
  });
});
