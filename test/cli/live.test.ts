/** The page on which a load can be watched. */

import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { livePage, liveRun } from '../../cli/live/page.ts';
import { type Live, openLive } from '../../cli/live/server.ts';
import { WatchedScenario } from '../../cli/live/watched.ts';
import type { EngineProgress } from '../../load/engines/engine.ts';
import { passing } from '../reports/samples.ts';
import { closeServer, listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, ended, start } from './command.ts';

const dir = tempDir();

function progress(elapsedMs: number, requests: number, more: Partial<EngineProgress> = {}) {
  return { elapsedMs, iterations: requests, requests, failed: 0, vus: 3, ...more };
}

describe('what is seen of a scenario', () => {
  test('are rates between what is told, and the response times of then', () => {
    const watched = new WatchedScenario('spike');
    const recent = { p50Ms: 2, p95Ms: 4, p99Ms: 9 };
    watched.take(progress(500, 50));
    watched.take(
      progress(1_500, 250, { failed: 20, recent, target: { value: 180, unit: 'iterations/s' } }),
    );
    expect(watched.moments).toEqual([
      expect.objectContaining({
        second: 0.5,
        requestsPerSecond: 100,
        p99: null,
        aimPerSecond: null,
      }),
      {
        second: 1.5,
        requestsPerSecond: 200,
        failedPerSecond: 20,
        aimPerSecond: 180,
        p50: 2,
        p99: 9,
        vus: 3,
      },
    ]);
  });

  test('stay few however long it takes, and the worst of them is kept', () => {
    const watched = new WatchedScenario('soak');
    for (let i = 1; i <= 5_000; i += 1) {
      const p99Ms = i === 1_234 ? 900 : 5;
      watched.take(progress(i * 500, i * 10, { recent: { p50Ms: 1, p95Ms: 2, p99Ms } }));
    }
    expect(watched.moments.length).toBeLessThanOrEqual(480);
    expect(watched.moments.length).toBeGreaterThan(200);
    expect(Math.max(...watched.moments.map(({ p99 }) => p99 ?? 0))).toBe(900);
    expect(watched.moments.at(-1)).toMatchObject({ second: 2_500, requestsPerSecond: 20 });
  });

  test('goes on where the scenario has several runs', () => {
    const watched = new WatchedScenario('breakpoint');
    watched.take(progress(1_000, 100));
    watched.take(progress(500, 100));
    expect(watched.moments.at(-1)).toMatchObject({ second: 1.5, requestsPerSecond: 200 });
  });
});

test('a name is text on the page, and scripts run by the page’s nonce only', () => {
  const html = livePage('a-nonce', [new WatchedScenario('<img src=x onerror=alert(1)>')]);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img');
  expect(html).toContain('script-src &#39;nonce-a-nonce&#39;');
  expect(liveRun([]).html).toContain('Nothing has been sent yet');
});

describe('the server', () => {
  let live: Live;
  beforeEach(async () => {
    live = await openLive(0);
  });

  const ask = (path: string, options: http.RequestOptions = {}) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      http.request(new URL(path, live.url), options, resolve).once('error', reject).end();
    });
  const read = async (response: http.IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };

  test('tells those who watch, and in the end that there is no more', async () => {
    live.begin('smoke');
    const events = await ask('/events');
    const told = read(events);
    live.progress(progress(500, 7));
    const [result] = passing.load;
    if (!result) throw new Error('the sample has no load');
    live.end(result);
    await live.close();
    const text = await told;
    const runs = [...text.matchAll(/^event: run\ndata: (.*)$/gm)].map(([, data]) =>
      JSON.parse(data ?? ''),
    );
    expect(runs[0]).toContain('Getting ready');
    expect(runs.at(-2)).toMatch(/requests<\/dt><dd><span class="n">7</);
    expect(runs.at(-1)).toContain(`smoke <span class="v pass">${result.verdict}</span>`);
    expect(text.trimEnd().endsWith('event: over\ndata:')).toBe(true);
  });

  test.each([
    ['a page of another name', '/', { headers: { host: 'evil.example' } }, 403],
    ['another path', '/etc/passwd', {}, 404],
    ['something to be done', '/', { method: 'POST' }, 405],
  ])('refuses %s', async (_, path, options, status) => {
    const response = await ask(path, options);
    response.resume();
    expect(response.statusCode).toBe(status);
    await live.close();
  });

  test('says which port it cannot have', async () => {
    const port = Number(new URL(live.url).port);
    await expect(openLive(port)).rejects.toThrow(
      `--live ${port}: cannot listen on this port (EADDRINUSE)`,
    );
    await live.close();
  });
});

test('k6 has a page of its own', async () => {
  const { code, stderr } = await dialproof('load', 'run', 'smoke', '--live', '--engine', 'k6');
  expect(code).toBe(2);
  expect(stderr).toContain(
    '--live works only with the embedded engine: with k6, set K6_WEB_DASHBOARD=true',
  );
});

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);

(there ? describe : describe.skip)(
  there ? 'in Chromium' : `in Chromium (skipped: no ${CHROMIUM})`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());

    test('a load is watched from its beginning to its end', async () => {
      // The last request gets its answer once the page was seen, however long that took.
      const held: http.ServerResponse[] = [];
      let seen = false;
      const server = http.createServer((request, response) => {
        if (request.url === '/4' && !seen) held.push(response);
        else response.end('{}');
      });
      const script = join(dir, 'watched.js');
      writeFileSync(
        script,
        `import http from 'k6/http';
export const options = { vus: 1, iterations: 5, thresholds: { http_reqs: ['count==5'] } };
export default function () { http.get(__ENV.URL + '/' + __ITER, { timeout: '10m' }); }`,
      );
      const child = start(
        ...['load', 'run', script, '-e', `URL=http://127.0.0.1:${await listen(server)}`],
        ...['--batches', '2', '--live', '--out', join(dir, 'out')],
      );
      const done = ended(child);
      const url = await new Promise<string>((resolve, reject) => {
        child.stderr?.on('data', (text: string) => {
          const [, found] = /live: (http:\S+)/.exec(text) ?? [];
          if (found) resolve(found);
        });
        void done.then(({ stderr }) => reject(new Error(stderr)));
      });
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(url);
      await page.waitForSelector('#run .chart svg', { state: 'attached' });
      expect(await page.textContent('#state')).toBe('Live.');
      expect(await page.textContent('#run h2')).toBe('watched');
      seen = true;
      for (const response of held) response.end('{}');
      await page.waitForSelector('#state:has-text("over")');
      expect(await page.textContent('#run h2')).toBe('watched pass');
      expect(await page.textContent('#run .glance')).toContain('requests5');
      expect(complaints).toEqual([]);
      expect((await done).code).toBe(0);
      await page.close();
      await closeServer(server);
    });
  },
);
