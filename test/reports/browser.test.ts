import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { renderHtml } from '../../reports/html/html.ts';
import type { Run } from '../../run/run.ts';
import { tempDir } from '../support/temp-dir.ts';
import { failing, passing, SAMPLES } from './samples.ts';

const CHROMIUM = '/usr/bin/chromium';
const SCREENS = {
  desktop: { width: 1_280, height: 800 },
  tablet: { width: 768, height: 1_024 },
  phone: { width: 390, height: 844 },
} as const;

/** Names that cannot be broken at a space. */
const unbroken: Run = {
  ...failing,
  load: failing.load.map((one) => ({ ...one, scenario: 'x'.repeat(300) })),
};

const runs = Object.entries({ ...SAMPLES, unbroken });
const there = existsSync(CHROMIUM);

(there ? describe : describe.skip)(
  there ? 'the page in Chromium' : `the page in Chromium (skipped: no ${CHROMIUM})`,
  () => {
    let browser: Browser;
    let page: Page;
    const dir = tempDir();
    /** What the page asked for besides itself, and what it complained of. */
    let requests: string[] = [];
    let complaints: string[] = [];

    beforeAll(async () => {
      for (const [name, run] of runs) await writeFile(join(dir, `${name}.html`), renderHtml(run));
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      page = await browser.newPage();
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
    });

    afterAll(() => browser?.close());

    async function open(
      name: string,
      screen: keyof typeof SCREENS,
      colorScheme: 'light' | 'dark',
    ): Promise<void> {
      await page.setViewportSize(SCREENS[screen]);
      await page.emulateMedia({ media: 'screen', colorScheme });
      requests = [];
      complaints = [];
      await page.goto(pathToFileURL(join(dir, `${name}.html`)).href);
    }

    describe.each(runs.map(([name]) => name))('%s', (name) => {
      it.each([
        ['desktop', 'light'],
        ['tablet', 'light'],
        ['phone', 'dark'],
      ] as const)('on a %s, %s', async (screen, scheme) => {
        const { width, height } = SCREENS[screen];
        await open(name, screen, scheme);
        const verdict = await page.locator('h1').boundingBox();
        expect(verdict && verdict.y + verdict.height).toBeLessThan(height);
        await page.locator('details').evaluateAll((all) => {
          for (const one of all) one.setAttribute('open', '');
        });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.locator('script, [onload], [onerror], img').count()).toBe(0);
        expect(requests).toEqual([page.url()]);
        expect(complaints).toEqual([]);
      });
    });

    it('would see a request and a complaint', async () => {
      const path = join(dir, 'bad.html');
      await writeFile(path, '<script>console.log("seen")</script><img src="absent.png">');
      await open('bad', 'desktop', 'light');
      expect(requests).toHaveLength(2);
      expect(complaints).toContain('seen');
    });

    it('shows every reason and the seeded bug of a failing run on the first screen', async () => {
      for (const screen of ['desktop', 'phone'] as const) {
        await open('failing', screen, 'light');
        for (const box of [page.locator('.reasons li').last(), page.locator('.shout')]) {
          const at = await box.boundingBox();
          expect(at && at.y + at.height).toBeLessThan(SCREENS[screen].height);
        }
      }
    });

    it('follows the colour scheme', async () => {
      const ground = 'getComputedStyle(document.body).backgroundColor';
      await open('passing', 'desktop', 'light');
      expect(await page.evaluate(ground)).toBe('rgb(253, 253, 251)');
      await open('passing', 'desktop', 'dark');
      expect(await page.evaluate(ground)).toBe('rgb(23, 24, 22)');
    });

    it('stays a table to a screen reader where it is laid out as a list', async () => {
      await open('passing', 'phone', 'light');
      const codes = page.getByRole('table', { name: /^Each code/ });
      expect(await codes.getByRole('row').count()).toBe(12);
      expect(await codes.getByRole('columnheader', { name: 'Provider' }).count()).toBe(1);
      expect(await codes.getByRole('rowheader', { name: 'INVALID_QUEUE' }).count()).toBe(1);
    });

    it('describes its charts in words', async () => {
      await open('passing', 'desktop', 'light');
      const charts = page.getByRole('img', { name: /^Response time\. 99th percentile: between/ });
      expect(await charts.count()).toBe(passing.load.length);
    });

    it('can be walked with the keyboard alone', async () => {
      await open('failing', 'desktop', 'light');
      const focused = 'document.activeElement.textContent';
      await page.keyboard.press('Tab');
      expect(await page.evaluate(focused)).toBe('Skip to the details');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(focused)).toBe('What broke');
      await page.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('details').first().getAttribute('open')).toBe('');
    });

    it('prints what is folded, in ink on white', async () => {
      await open('failing', 'desktop', 'dark');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('details table').first().isVisible()).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      expect(await page.locator('nav').isVisible()).toBe(false);
    });
  },
);
