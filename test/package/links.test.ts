/** Relative links in the Markdown files lead to files and headings that exist. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { ROOMS } from '../structure/rooms.ts';
import { tempDir } from '../support/temp-dir.ts';

const pagesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

/** Text outside code blocks and code spans: what is in them is no link. */
const prose = (markdown: string) =>
  markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Anchors as GitHub makes them: lower case, punctuation removed, spaces as hyphens, repeated ones numbered. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  const headings = markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  for (const [, heading = ''] of headings) {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = plain.trim().replaceAll(' ', '-');
    let unique = anchor;
    for (let i = 1; anchors.has(unique); i += 1) unique = `${anchor}-${i}`;
    anchors.add(unique);
  }
  return anchors;
}

/** @returns one sentence for each relative link of a page that leads nowhere. */
function brokenLinks(page: string): string[] {
  const markdown = readFileSync(page, 'utf8');
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(target)) return [`${link}: there is no such file`];
    if (anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor)) return [];
    return [`${link}: there is no such heading`];
  });
}

const PAGES = ['', 'docs', ...Object.keys(ROOMS)].flatMap((folder) =>
  pagesIn(join(PACKAGE_ROOT, folder)),
);

test.each(PAGES.map((page) => relative(PACKAGE_ROOT, page)))('the links of %s', (page) => {
  expect(brokenLinks(join(PACKAGE_ROOT, page))).toEqual([]);
});

test('every page of docs/ can be reached from the README', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page) || !page.endsWith('.md')) return;
    reached.add(page);
    const links = prose(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s#]+)/g);
    for (const [, link = ''] of links) {
      if (!/^[a-z]+:/.test(link)) visit(join(dirname(page), link));
    }
  };
  visit(join(PACKAGE_ROOT, 'README.md'));
  expect(pagesIn(join(PACKAGE_ROOT, 'docs')).filter((page) => !reached.has(page))).toEqual([]);
});

const folder = tempDir();

test('a link to a missing file, or to a missing heading, is found', () => {
  const page = join(folder, 'page.md');
  writeFileSync(
    page,
    [
      '# A page: of `its` own',
      '[here](#a-page-of-its-own) [there](#elsewhere) [gone](gone.md) [web](https://example.com)',
      '`[code](gone.md)`',
      '```',
      '# Elsewhere',
      '```',
    ].join('\n'),
  );
  expect(brokenLinks(page)).toEqual([
    '#elsewhere: there is no such heading',
    'gone.md: there is no such file',
  ]);
});
