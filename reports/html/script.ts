/**
 * The page's one script: a box to search long tables, and everything unfolded on paper. The page is complete without
 * it. The policy of the page allows it by its hash, and nothing else.
 */

import { createHash } from 'node:crypto';
import { Markup } from './markup.ts';

const SOURCE = `
for (const table of document.querySelectorAll('table.long')) {
  const rows = [...table.tBodies[0].rows];
  const failed = rows.filter((row) => row.classList.contains('fail'));
  const box = document.createElement('input');
  const only = document.createElement('input');
  const told = document.createElement('span');
  const line = document.createElement('p');
  const show = () => {
    const words = box.value.toLowerCase().split(/\\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const isLeft = only.checked && !failed.includes(row);
      row.hidden = isLeft || !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    told.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' rows';
  };
  line.className = 'search small';
  box.type = 'search';
  box.placeholder = 'Search ' + rows.length + ' rows';
  box.setAttribute('aria-label', 'Search: ' + table.caption.textContent.split(/[.:]/)[0]);
  box.addEventListener('input', show);
  line.append(box);
  if (failed.length > 0 && failed.length < rows.length) {
    const label = document.createElement('label');
    only.type = 'checkbox';
    only.addEventListener('change', show);
    label.append(only, ' Only the ' + failed.length + ' that failed');
    line.append(label);
  }
  told.setAttribute('role', 'status');
  line.append(' ', told);
  table.before(line);
}
const folded = [];
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details:not([open])')) {
    one.open = true;
    folded.push(one);
  }
});
addEventListener('afterprint', () => {
  for (const one of folded.splice(0)) one.open = false;
});
`;

export const SCRIPT_HASH = `sha256-${createHash('sha256').update(SOURCE).digest('base64')}`;

export const SCRIPT = new Markup(`<script>${SOURCE}</script>`);
