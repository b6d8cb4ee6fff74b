import { writeFileSync } from 'node:fs';
import { chromium } from '/work/main/node_modules/playwright-core';
import { renderHtml } from '/work/main/reports/html.ts';
import { SAMPLES } from '/work/main/test/reports/samples.ts';
(async () => {
  const names = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const [name, run] of Object.entries(SAMPLES)) {
    if (names.length && !names.includes(name)) continue;
    writeFileSync(`/tmp/shots/${name}.html`, renderHtml(run));
    for (const scheme of ['light', 'dark'] as const) for (const [w, h, kind] of [[1280, 800, 'desk'], [390, 844, 'phone']] as const) {
      const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme });
      await page.goto(`file:///tmp/shots/${name}.html`);
      await page.screenshot({ path: `/tmp/shots/${name}-${kind}-${scheme}-top.png` });
      await page.screenshot({ path: `/tmp/shots/${name}-${kind}-${scheme}.png`, fullPage: true });
      console.log(name, kind, scheme, await page.evaluate('document.documentElement.scrollWidth'), await page.evaluate('document.documentElement.scrollHeight'));
      await page.close();
    }
  }
  await browser.close();
})();
