/** No block of a page is forgotten, and every command line of `dialproof` in the pages is one that the commands take. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blocksOf, PAGES, spansOf } from './blocks.ts';
import { commandsOf, dialproofWords, knownOptions, notUnderstood } from './commands.ts';
import { ACCOUNTS, BY_FILE } from './pages/all.ts';
import { type Account, asOn } from './rows.ts';
import { expectShown, formOf, otherMembers } from './shown.ts';

/** What is wrong between the blocks of a page and its rows. */
function unaccounted(page: string, blocks: readonly Block[], account: Account): string[] {
  const rows = account[page] ?? {};
  const keys = new Map<string, number>();
  for (const { key } of blocks) keys.set(key, (keys.get(key) ?? 0) + 1);
  const shown = new Set(Object.values(rows).flatMap(({ shows = [] }) => shows));
  return [
    ...[...keys].flatMap(([key, count]) => {
      const row = rows[key];
      if (!row) return [`no row for: ${key}`];
      const { times = 1, isSample } = row;
      if (times !== count) return [`${count} blocks, and a row for ${times}: ${key}`];
      return isSample && !shown.has(key) ? [`nothing shows: ${key}`] : [];
    }),
    ...Object.keys(rows)
      .filter((key) => !keys.has(key))
      .map((key) => `no block for: ${key}`),
  ];
}

test.each(PAGES)('%s: each block has its row', (page) => {
  expect(unaccounted(page, blocksOf(page), ACCOUNTS)).toEqual([]);
});

test('a block without a row, a row without a block, and a sample that nothing prints are found', () => {
  const block = (key: string) => ({ page: 'p', key, language: '', text: key });
  const row = { how: '' };
  expect(
    unaccounted('p', [block('new'), block('twice'), block('twice'), block('said')], {
      p: { twice: row, said: { ...row, isSample: true }, gone: row },
    }),
  ).toEqual([
    'no row for: new',
    '2 blocks, and a row for 1: twice',
    'nothing shows: said',
    'no block for: gone',
  ]);
});

test('each account has a file of tests', () => {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts'));
  expect(files.toSorted()).toEqual(
    [...Object.keys(BY_FILE), 'accounts', 'provenance', 'snippets']
      .map((name) => `${name}.test.ts`)
      .toSorted(),
  );
  const modules = readdirSync(join(__dirname, 'pages'));
  expect(modules.toSorted()).toEqual(
    [...Object.keys(BY_FILE), 'all'].map((name) => `${name}.ts`).toSorted(),
  );
});

/** Command lines of a page: those of its blocks, but for a list of commands, and those in the prose. */
function commandLines(page: string): { readonly line: string; readonly isName: boolean }[] {
  const run = blocksOf(page)
    .filter(({ key }) => !ACCOUNTS[page]?.[key]?.isList)
    .flatMap(({ text }) => commandsOf(text));
  return [
    ...run.map((line) => ({ line, isName: false })),
    ...spansOf(page).map((line) => ({ line, isName: true })),
  ];
}

test.each(PAGES)('%s: every command line is understood', async (page) => {
  const wrong: string[] = [];
  for (const { line, isName } of commandLines(page)) {
    const words = dialproofWords(line);
    const said = words && (await notUnderstood(words, isName));
    if (said) wrong.push(`${line}: ${said}`);
  }
  expect(wrong).toEqual([]);
});

/** Options of others than dialproof that the prose names. */
const FOREIGN = [
  ...['--build-arg', '--os', '--cpu'], // of docker build and npm
  ...['--part', '--only', '--case'], // of npm run pairs and npm run fuzz
  '--heap-growing-percent', // of node
  ...['--console-output', '--log-format'], // of k6
];

test.each(PAGES)('%s: every option that the prose names is one', async (page) => {
  const known = await knownOptions();
  const named = spansOf(page).flatMap((span) => /^--[a-z0-9-]+/.exec(span) ?? []);
  expect(named.filter((name) => !known.has(name) && !FOREIGN.includes(name))).toEqual([]);
});

test.each([
  ['dialproof emulator --colour', "unknown option '--colour'"],
  ['dialproof emulate', "unknown command 'emulate'"],
  ['npx dialproof load run smoke --rate fast', 'give a whole number'],
  ['npm run dialproof -- campaign plan --mode slow', 'Allowed choices are'],
  ['npm start -- --bug nonsense', 'choose from'],
])('a command line that is not understood is found: %s', async (line, said) => {
  expect(await notUnderstood(dialproofWords(line) ?? [])).toContain(said);
});

test('a block that points to another has only commands that are run for that one', () => {
  const line = 'npx dialproof contracts mock --consumer my-dialer -- npm test';
  const { check } = asOn({ page: 'README.md', key: line });
  const checked = (text: string) => check?.({ page: 'p', key: text, language: '', text });
  checked(`npm install\n${line}`);
  expect(() => checked(`${line}\nnpx dialproof doctor`)).toThrow('dialproof doctor');
  expect(() => checked('npm install')).toThrow();
  const { check: ofNone } = asOn({ page: 'README.md', key: 'npm ci && npm start' });
  expect(() => ofNone?.({ page: 'p', key: line, language: '', text: line })).toThrow('runs');
});

test('lines of a shell are told apart', () => {
  const text = "a --b 'c # d\n e' \\\n  f   # g\n\n# h\ni > j";
  expect(commandsOf(text)).toEqual(["a --b 'c # d\n e'   f", 'i > j']);
});

test('a sample has the lines that are printed, and says where it leaves some out', () => {
  const printed = 'begin\none 1\ntwo 2\nthree 3\n';
  expectShown('one 5\ntwo 6', printed);
  expectShown('one 5\n…\nthree 7', printed);
  expectShown('one 5\ntwo 6', `one 1\nother\n${printed}`);
  expect(() => expectShown('one 5\nthree 7', printed)).toThrow('is printed after "one 1": three 7');
  expect(() => expectShown('four 4', printed)).toThrow('nothing like this is printed: four 4');
});

test('a sample differs in its words, not in its figures', () => {
  const form = formOf('pass 57 of 57 interactions in 1.2 s, main, 5c1f0b7e: …');
  expect(form.test('pass 8 of 9 interactions in 10.25 s, main, 00ff00ff00: all')).toBe(true);
  expect(form.test('pass 57 of 57 calls in 1.2 s, main, 5c1f0b7e: all')).toBe(false);
  const sample = { a: 1, b: { c: 1 }, d: [{ e: 1 }] };
  expect(otherMembers(sample, { a: 2, b: { x: 1 }, d: [{}] }, ['b'])).toEqual(['d[].e']);
  expect(otherMembers(sample, { a: 'text', b: { c: 1 }, f: 1, d: [] }, [])).toEqual([
    'a',
    'd[]',
    'f',
  ]);
});
