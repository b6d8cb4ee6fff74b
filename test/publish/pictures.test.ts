/** The pictures of a dry run, and the page of a site, in a real browser. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { writePreview } from '../../publish/preview/preview.ts';
import { contextOf } from '../../publish/publish.ts';
import { TARGETS } from '../../publish/targets.ts';
import { failing, hostile } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';
import { publish, runFolder, wantedOf } from './fixtures.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
const runs = { failing, hostile: { ...hostile, id: 'hostile' } };

(there ? describe : describe.skip)(
  there ? 'in Chromium' : `in Chromium (skipped: no ${CHROMIUM})`,
  () => {
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog ${dialog.message()}`);
        return dialog.dismiss();
      });
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
      });
    });

    afterAll(() => browser?.close());

    it.each(Object.entries(runs))(
      'the pictures of the run %s fit on a phone, and run and load nothing',
      async (name, run) => {
        const dir = tempDir();
        const given = { run, dir: runFolder(tempDir(), run) };
        const context = await contextOf(wantedOf(given));
        await publish(given, `folder=${join(dir, 'site')}`);
        const files = [join(dir, 'site', 'index.html')];
        for (const target of TARGETS.filter((one) =>
          ['slack', 'teams', 'github-comment'].includes(one.name),
        )) {
          const { paths, undrawn } = await writePreview(
            dir,
            target.name,
            target.preview(context, ''),
          );
          expect(undrawn).toBeNull();
          files.push(paths[1] ?? '');
        }
        complaints.splice(0);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          for (const width of [1_280, 390]) {
            await page.setViewportSize({ width, height: 800 });
            for (const file of files) {
              await page.goto(pathToFileURL(file).href);
              const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
              expect([file, width, over]).toEqual([file, width, expect.any(Number)]);
              expect(over).toBeLessThanOrEqual(0);
              // biome-ignore lint/performance/useDomNodeTextContent: what is not visible does not count
              const text = await page.innerText('main');
              // What failed is there, whoever draws it.
              expect(text).toContain(file.endsWith('index.html') ? 'fail' : 'one-contact-per-item');
            }
          }
        }
        expect([name, complaints]).toEqual([name, []]);
      },
    );
  },
);
