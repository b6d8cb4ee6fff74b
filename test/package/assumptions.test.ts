/** docs/assumptions.md has every choice and every claim that AWS does not document. UPDATE_GOLDEN=1 writes it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptionsMarkdown, claims, questions } from '../../build/assumptions.ts';
import { assumed, documented } from '../../operation/aws/provenance.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { CHOICES } from '../../operation/connect/choices.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { expectGolden } from '../support/golden.ts';

const page = assumptionsMarkdown(questions(), claims());

/** The reasons that the sources give for what is inferred or assumed, in the order of the text. */
function reasonsIn(source: string): string[] {
  const calls = source.matchAll(/\b(?:assumed|inferred)\(\s*(?:'([^']*)'|"([^"]*)")/g);
  return [...calls].map(([, single, double]) => single ?? double ?? '');
}

test('the page is that of the tables', () => {
  expectGolden(join(PACKAGE_ROOT, 'docs', 'assumptions.md'), page);
});

test('no choice and no reason in operation/ is forgotten', () => {
  const names = [CHOICES, CAMPAIGN_CHOICES].flatMap((table) => Object.keys(table));
  expect(names.filter((name) => !page.includes(`\n| \`${name}\` | `))).toEqual([]);
  const files = readdirSync(join(PACKAGE_ROOT, 'operation'), {
    recursive: true,
    encoding: 'utf8',
  }).filter((name) => name.endsWith('.ts'));
  const reasons = files.flatMap((name) =>
    reasonsIn(readFileSync(join(PACKAGE_ROOT, 'operation', name), 'utf8')),
  );
  expect(reasons.length).toBeGreaterThan(80);
  expect(reasons.filter((reason) => !page.includes(`| ${reason} |`))).toEqual([]);
});

test('a reason is read in either kind of quotes, on the next line too', () => {
  expect(
    reasonsIn(`a: assumed('one'), b: inferred(\n  "it's two",\n), documented('three')`),
  ).toEqual(['one', "it's two"]);
});

test('what is documented is counted, and what is not is listed', () => {
  const row = {
    default: 'a',
    meaning: 'which | of them',
    provenance: assumed('why'),
    read: () => 'a',
    values: 'a | b',
    samples: ['a', 'b'],
  };
  const text = assumptionsMarkdown(
    [{ name: 'which', row, file: 'operation/x.ts' }],
    [
      {
        title: 'Some',
        from: 'a table',
        claims: [
          { what: 'sure', provenance: documented('a guide') },
          { what: 'likely', provenance: assumed('a guess') },
        ],
      },
    ],
  );
  expect(text).toContain(
    '| `which` | which \\| of them | a \\| b | `a` | assumed | why | [x.ts](../operation/x.ts) |\n',
  );
  expect(text).toContain('From a table. 1 of 2 claims are not documented:\n');
  expect(text).toContain('| likely | assumed | a guess |\n');
  expect(text).not.toContain('| sure |');
});
