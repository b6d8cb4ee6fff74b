/** docs/publishing.md has each target, and the variables that it cannot do without. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TARGETS } from '../../publish/targets.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'publishing.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));

/** What a table lacks of a target. */
function lacking(name: string, [needed]: readonly string[], table: readonly string[]): string[] {
  const row = table.find(
    (line) => line.startsWith(`| \`${name}\``) || line.startsWith(`| \`${name}=`),
  );
  if (row === undefined) return [`a row of ${name}`];
  return needed === undefined || row.includes(`\`${needed}\``) ? [] : [`${needed} of ${name}`];
}

it.each(TARGETS.map(({ name, reads }) => [name, reads] as const))('%s', (name, reads) => {
  expect(lacking(name, reads, rows)).toEqual([]);
});

it('a row or a variable that is missing is found', () => {
  const table = ['| `slack` | posts | `SLACK_WEBHOOK_URL` |'];
  expect(lacking('slack', ['SLACK_WEBHOOK_URL'], table)).toEqual([]);
  expect(lacking('slack', ['OTHER'], table)).toEqual(['OTHER of slack']);
  expect(lacking('pager', [], table)).toEqual(['a row of pager']);
});
