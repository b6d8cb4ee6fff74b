/** Tags that samples bear, as sub-metrics of thresholds and lines of samples show them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../../support/temp-dir.ts';
import { run, useServer } from './support.ts';

const server = useServer();

const BODY = `
  http.get(url + '/a');
  http.get(url + '/b', { tags: { name: 'B', status: 'mine', own: 1 } });
  http.get(http.url\`\${url}/c/\${7}\`);
  group('g', () => { check(http.get(url + '/status/404'), { found: (r) => r.status < 400 }); });
  exec.vu.metrics.tags.name = 'all';
  http.get(url + '/d');`;

/** How many samples of each sub-metric there were. */
async function counts(subMetrics: readonly string[], options = '') {
  const { result } = await run(
    `import http from 'k6/http';
    import exec from 'k6/execution';
    import { check, group } from 'k6';
    const url = __ENV.URL;
    export const options = { tags: { run: 'r' }, ${options} thresholds: JSON.parse(__ENV.THRESHOLDS) };
    export default function () { ${BODY} }`,
    {
      env: {
        URL: server.url,
        THRESHOLDS: JSON.stringify(
          Object.fromEntries(
            subMetrics.map((name) => [name, [/^checks/.test(name) ? 'rate<9' : 'count>=0']]),
          ),
        ),
      },
    },
  );
  expect(result.scriptErrors).toEqual([]);
  return result.thresholds.map(({ metric, samples }) => [metric, samples]);
}

test('requests bear k6’s system tags; a name of the script’s is the URL’s too', async () => {
  const expected: [string, number][] = [
    ['http_reqs', 5],
    [`http_reqs{url:${server.url}/a}`, 1],
    [`http_reqs{name:${server.url}/a}`, 1],
    ['http_reqs{name:B}', 1],
    ['http_reqs{url:B}', 1],
    [`http_reqs{url:${server.url}/b}`, 0],
    ['http_reqs{own:1}', 1],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: k6's own notation of what stands there
    ['http_reqs{name:${}/c/${}}', 1],
    ['http_reqs{name:all}', 1],
    ['http_reqs{url:all}', 1],
    ['http_reqs{status:200}', 4],
    ['http_reqs{status:mine}', 0],
    ['http_reqs{status:404,error_code:1404,expected_response:false}', 1],
    ['http_reqs{method:GET,proto:HTTP/1.1,scenario:default,run:r}', 5],
    ['http_reqs{group:::g}', 1],
    ['http_reqs{group:}', 4],
    ['http_reqs{ip:127.0.0.1}', 0],
    ['checks{check:found,group:::g}', 1],
  ];
  expect(await counts(expected.map(([name]) => name))).toEqual(expected);
});

test('systemTags says which there are', async () => {
  const expected: [string, number][] = [
    ['http_reqs{status:200}', 4],
    ['http_reqs{ip:127.0.0.1}', 5],
    ['http_reqs{method:GET}', 0],
    ['http_reqs{scenario:default}', 0],
    ['http_reqs{group:::g}', 0],
    ['http_reqs{name:B}', 1],
    ['http_reqs{url:B}', 0],
    ['checks{check:found}', 0],
    ['http_reqs{run:r}', 5],
  ];
  expect(
    await counts(
      expected.map(([name]) => name),
      "systemTags: ['status', 'ip'],",
    ),
  ).toEqual(expected);
});

test('vu and iter are metadata: they make no series', async () => {
  const samples = join(tempDir(), 'samples.json');
  await run(
    `import http from 'k6/http';
    export const options = { iterations: 2, systemTags: ['vu', 'iter'] };
    export default function () { http.get(__ENV.URL); }`,
    { env: { URL: server.url }, samples },
  );
  const points = readFileSync(samples, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type, metric }) => type === 'Point' && metric === 'http_reqs');
  expect(points.map(({ data }) => [data.tags, data.metadata])).toEqual([
    [{}, { vu: '1', iter: '0' }],
    [{}, { vu: '1', iter: '1' }],
  ]);
});
