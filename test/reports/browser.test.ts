import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { source as AXE } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
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

/** As many scenarios as a battery has, a few of which fail. */
const battery: Run = {
  ...failing,
  load: Array.from({ length: 22 }, (_, i) => ({
    ...(i % 7 === 0 ? failing.load : passing.load).at(-1),
    scenario: `scenario-${i}`,
  })) as Run['load'],
};

const runs = Object.entries({ ...SAMPLES, unbroken, battery });
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

    async function unfold(): Promise<void> {
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
    }

    /** Ids of the rules that the page breaks. */
    async function axe(): Promise<string[]> {
      // By the debugger, whose code the policy of the page does not concern.
      await page.evaluate(AXE);
      return (await page.evaluate(
        'axe.run(document).then(({ violations }) => violations.map(({ id }) => id))',
      )) as string[];
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
        await unfold();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('[onload], [onerror], img').count()).toBe(0);
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

    it('shows every cause and the seeded bug of a failing run on the first screen', async () => {
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
      await unfold();
      const codes = page.getByRole('table', { name: /^Each code/ });
      expect(await codes.getByRole('row').count()).toBe(1 + FAILURE_CODES.length);
      expect(await codes.getByRole('columnheader', { name: 'Provider' }).count()).toBe(1);
      expect(await codes.getByRole('rowheader', { name: 'INVALID_QUEUE' }).count()).toBe(1);
    });

    it('describes its charts in words', async () => {
      await open('passing', 'desktop', 'light');
      await unfold();
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

    it('answers every question on the first screen of a desktop', async () => {
      for (const name of ['passing', 'failing', 'notValid']) {
        await open(name, 'desktop', 'light');
        expect(await page.locator('.answer').count()).toBe(4);
        const bottoms = await page
          .locator('.answer')
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
        for (const bottom of bottoms) expect(bottom).toBeLessThan(SCREENS.desktop.height);
      }
    });

    it('is short for a run that passes', async () => {
      await open('passing', 'desktop', 'light');
      const height = 'document.documentElement.scrollHeight';
      expect(await page.evaluate(height)).toBeLessThan(5_000);
      await unfold();
      expect(await page.evaluate(height)).toBeGreaterThan(5_000);
      await open('battery', 'desktop', 'light');
      expect(await page.evaluate(height)).toBeLessThan(12_000);
    });

    it.each([
      ['desktop', 'light'],
      ['desktop', 'dark'],
      ['phone', 'light'],
      ['phone', 'dark'],
    ] as const)('has nothing that axe finds, unfolded, on a %s, %s', async (screen, scheme) => {
      await open('failing', screen, scheme);
      await unfold();
      expect(await axe()).toEqual([]);
    });

    it('would see what axe finds', async () => {
      await open('passing', 'desktop', 'light');
      await page.evaluate('document.querySelector("h1 .v").style.color = "#eee"');
      expect(await axe()).toContain('color-contrast');
    });

    it('searches a long table, and finds only failures', async () => {
      await open('failing', 'desktop', 'light');
      await unfold();
      const named = 'All interactions of contract BatchPutContact';
      const box = page.getByRole('searchbox', { name: `Search: ${named}` });
      const rows = page.locator('table', { hasText: named }).locator('tbody tr');
      const before = await rows.count();
      await box.fill('fails invalid_queue');
      expect(await rows.locator('visible=true').count()).toBeLessThan(before);
      expect(await rows.locator('visible=true').first().textContent()).toContain('INVALID_QUEUE');
      await box.fill('');
      expect(await rows.locator('visible=true').count()).toBe(before);
      await page.locator('p', { has: box }).getByRole('checkbox').check();
      expect(await rows.locator('visible=true').count()).toBeGreaterThan(0);
      for (const row of await rows.locator('visible=true').all()) {
        expect(await row.getAttribute('class')).toBe('fail');
      }
    });

    it('is complete without its script', async () => {
      const quiet = await browser.newPage({ javaScriptEnabled: false });
      await quiet.goto(pathToFileURL(join(dir, 'failing.html')).href);
      expect(await quiet.locator('.search').count()).toBe(0);
      expect(await quiet.locator('table').count()).toBeGreaterThan(5);
      await quiet.close();
    });

    it('unfolds everything on paper, also without its script', async () => {
      for (const javaScriptEnabled of [true, false]) {
        const paper = await browser.newPage({ javaScriptEnabled });
        await paper.goto(pathToFileURL(join(dir, 'passing.html')).href);
        const printed = await paper.pdf();
        await paper.close();
        // The pages of a PDF are objects of this type. Folded, it has three or four.
        const pages = printed.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
        expect(pages.length).toBeGreaterThan(6);
      }
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
