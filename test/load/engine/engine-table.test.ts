/** docs/engine.md says what the engine does: made from the type declarations and the engine itself. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '../../../load/engine/modules/table.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { hasOpenssl } from './certificate.ts';
import { useServer } from './support.ts';
import { declared } from './table/declared.ts';
import { DIFFERENCES } from './table/differences.ts';
import { engineTable, type Row } from './table/engine-table.ts';
import { proveMembers } from './table/member-proofs.ts';
import { enginePage } from './table/page.ts';
import { importRefusal, optionIsRead, paramIsRead } from './table/probe.ts';
import {
  proveOption,
  proveScenarioMember,
  type Servers,
  startSecureServer,
} from './table/run-proofs.ts';

const PAGE = join(PACKAGE_ROOT, 'docs', 'engine.md');

(hasOpenssl ? describe : describe.skip)('the table (needs openssl for a certificate)', () => {
  const server = useServer();
  let servers: Servers;
  let rows: readonly Row[];

  beforeAll(async () => {
    servers = { url: server.url, secure: await startSecureServer() };
    rows = await engineTable(servers);
  }, 120_000);

  afterAll(() => servers.secure.close());

  const named = (group: string, member: string) =>
    rows.find((row) => row.group === group && row.member === member)?.status;

  test('nothing that k6 declares is missing without a word, or does not do what it is for', () => {
    const wrong = rows.filter(({ status }) => status === 'absent' || status === 'unproven');
    expect(wrong).toEqual([]);
  });

  test('docs/engine.md is what the engine gives', () => {
    const { version } = require('@types/k6/package.json') as { version: string };
    const page = enginePage(rows, version);
    if (process.env.UPDATE_GOLDEN) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
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
    expect(named('k6/http', 'FileData')).toBe('refused');
    expect(named('Response', 'status')).toBe('supported');
    expect(named('Response', 'html')).toBe('refused');
    expect([optionIsRead('scenarios'), optionIsRead('nonsense')]).toEqual([true, false]);
    expect([paramIsRead('headers'), paramIsRead('nonsense')]).toEqual([true, false]);
    expect(await importRefusal('k6/http', 'get')).toBeNull();
  });

  test('a member that throws, or gives something else, is no longer supported', async () => {
    const http = MODULES['k6/http'];
    const real = http?.make;
    if (!http || !real) throw new Error('there is no k6/http');
    const make = jest.spyOn(http, 'make').mockImplementation((vu) =>
      Object.assign(real(vu), {
        put: () => {
          throw new Error('not today');
        },
        setResponseCallback: () => 'something',
      }),
    );
    const proven = await proveMembers(servers).finally(() => make.mockRestore());
    expect(proven.get('k6/http get')).toBe(true);
    expect(proven.get('k6/http put')).toBe('"not today"');
    expect(proven.get('k6/http setResponseCallback')).toBe(
      'http_req_failed{proof:own} does not show it',
    );
  });

  test('an option that is read and not heeded is not supported', async () => {
    // As if the servers' answers were the same with the option and without it.
    const deaf = { ...servers, url: `${servers.url}/nothing` };
    expect(await proveOption('userAgent', servers)).toBe(true);
    expect(await proveOption('maxRedirects', deaf)).toBe('200, exit code 0');
    expect(await proveOption('linger', servers)).toBe('nothing proves it');
    expect(await proveScenarioMember('constant-vus', 'options', servers)).toBe('nothing proves it');
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
});
