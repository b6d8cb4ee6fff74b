/** The page on which a load can be watched. */

import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { liveCampaign, openLiveCampaign } from '../../cli/live/campaign.ts';
import { type Live, liveRun, openLive } from '../../cli/live/load.ts';
import { livePage } from '../../cli/live/page.ts';
import { WatchedScenario } from '../../cli/live/watched.ts';
import { WatchedCampaign } from '../../cli/live/watched-campaign.ts';
import type { Sight } from '../../load/drive/campaign-sight.ts';
import type { OwnProgress } from '../../load/drive/own-campaign.ts';
import type { EngineProgress } from '../../load/engines/engine.ts';
import { failing, passing } from '../reports/samples.ts';
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
  const html = livePage(
    'a-nonce',
    'load',
    liveRun([new WatchedScenario('<img src=x onerror=alert(1)>')]),
  );
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

describe('a campaign', () => {
  const now = Date.parse('2026-01-01T09:00:00Z');
  const sight = (seconds: number, more: Partial<Sight> = {}): Sight => ({
    now: now + seconds * 1_000,
    state: 'Running',
    pending: 12,
    dialRequests: {
      ...{ accepted: 2, submitting: 0, created: 10, preview: 0, dialing: 8 },
      failed: { EXPIRED_BEFORE_CONTACT: 1 },
      ended: { TELECOM_BUSY: 5, '<b>': 4 },
    },
    calls: { steps: { RINGING: 3, WITH_AGENT: 5 }, dials: 17, waited: 0, abandoned: 0 },
    agents: { onShift: 9, busy: 5, busyMs: 0, shiftMs: 0 },
    contactCalls: seconds * 2,
    ...more,
  });
  const told = (seconds: number, more?: Partial<Sight>): OwnProgress => ({
    ...{ contacts: 40, left: 10, callsPerSecond: 2 },
    sight: sight(seconds, more),
  });

  test('is seen four times a second of the system clock, with rates by the virtual one', () => {
    const watched = new WatchedCampaign('progressive campaign', 40);
    expect([0, 100, 260, 300].map((wall) => watched.take(told(wall / 10), wall))).toEqual([
      ...[true, false, true, false],
    ]);
    expect(watched.moments).toEqual([
      { second: 0, callsPerSecond: 0, pending: 12, ringing: 3, withAgents: 5 },
      { second: 26, callsPerSecond: 2, pending: 12, ringing: 3, withAgents: 5 },
    ]);
  });

  test('shows what is pending, made, ringing, with agents and ended, the rate, and the time left', () => {
    const watched = new WatchedCampaign('a <campaign>', 40);
    watched.take(told(0), 0);
    watched.take(told(10), 1_000);
    const { html } = liveCampaign(watched);
    const facts = [...html.matchAll(/<dt>([^<]*)<\/dt><dd><span class="n">([^<]*)</g)];
    expect(facts.map(([, what, value]) => `${what}: ${value}`)).toEqual([
      ...['contacts over: 25 %', 'time left: 3.0 s', 'BatchPutContact a second: 2.0 of 10'],
      ...['dial requests pending: 12', 'contacts made: 27', 'ringing: 3', 'with agents: 5 of 9'],
      'ended: 10',
    ]);
    expect(html).toContain('a &lt;campaign&gt;');
    expect(html).not.toContain('<b>');
    watched.take(told(20, { agents: null }), 2_000);
    expect(liveCampaign(watched).html).toContain('no agents');
  });

  test('says in the end what failed', async () => {
    const live = await openLiveCampaign(0, 'progressive campaign', 40);
    live.progress(told(0));
    const { campaigns } = failing;
    if (!campaigns) throw new Error('the sample has no campaigns');
    live.end(campaigns);
    const page = await (await fetch(live.url)).text();
    await live.close();
    expect(page).toContain('<b>dialproof</b> campaign');
    expect(page).toContain('progressive campaign <span class="v fail">fail</span>');
    expect(page).toMatch(/class="note fail">[^<]+: failed</);
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
