/** docs/engine.md says what the engine does: made from the type declarations and the engine itself. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';
import { removeTemporaryFolders, startServer, type TestServer } from './support.ts';
import { declared } from './table/declared.ts';
import { DIFFERENCES } from './table/differences.ts';
import { engineTable, type Row } from './table/engine-table.ts';
import { enginePage } from './table/page.ts';
import { importRefusal, optionIsRead, paramIsRead } from './table/probe.ts';

const PAGE = join(PACKAGE_ROOT, 'docs', 'engine.md');

let server: TestServer;
let rows: readonly Row[];

beforeAll(async () => {
  server = await startServer();
  rows = await engineTable(`${server.url}/echo`);
});

afterAll(async () => {
  await server.close();
  removeTemporaryFolders();
});

const named = (group: string, member: string) =>
  rows.find((row) => row.group === group && row.member === member)?.status;

test('docs/engine.md is what the engine gives', () => {
  const { version } = require('@types/k6/package.json') as { version: string };
  const page = enginePage(rows, version);
  if (process.env.UPDATE_GOLDEN) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('nothing that k6 declares is missing without a word', () => {
  expect(rows.filter(({ status }) => status === 'absent')).toEqual([]);
});

test('every difference is of a member that exists', () => {
  const different = rows.filter(({ status }) => status === 'different');
  expect(different.map(({ group, member }) => `${group} ${member}`).sort()).toEqual(
    Object.keys(DIFFERENCES).sort(),
  );
});

test('every module and every export is in the table', () => {
  for (const { name, values } of declared().modules) {
    if (name === 'k6/options') continue;
    const whole = named(name, '(all of it)');
    for (const member of values) expect(whole ?? named(name, member)).toBeDefined();
    expect(whole === undefined ? 'refused' : whole).toBe('refused');
  }
});

test('the probe tells what is there from what is not', async () => {
  expect(named('k6/http', 'get')).toBe('supported');
  expect(named('k6/http', 'cookieJar')).toBe('refused');
  expect(named('Response', 'status')).toBe('supported');
  expect(named('Response', 'html')).toBe('refused');
  expect([optionIsRead('scenarios'), optionIsRead('nonsense')]).toEqual([true, false]);
  expect([paramIsRead('headers'), paramIsRead('nonsense')]).toEqual([true, false]);
  expect(await importRefusal('k6/http', 'get')).toBeNull();
});

test('what is refused when it is imported says where', async () => {
  const refused = rows.filter(
    ({ group, member, status }) =>
      status === 'refused' && group.startsWith('k6/') && member !== '(all of it)',
  );
  expect(refused.length).toBeGreaterThan(0);
  for (const { group, member } of refused) {
    expect(await importRefusal(group, member)).toMatch(
      new RegExp(`imports\\.ts:1:\\d+: ${member} of ${group} is not supported`),
    );
  }
  expect(await importRefusal('k6/browser', null)).toMatch(
    /imports\.ts:1:\d+: the module k6\/browser is not supported/,
  );
});
