/** docs/engine.md says what the engine does: made from the type declarations and the engine itself. */

import { join } from 'node:path';
import { MODULES } from '../../../load/engine/modules/table.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { expectGolden } from '../../support/golden.ts';
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
  });

  afterAll(() => servers.secure.close());

  const named = (group: string, member: string) =>
    rows.find((row) => row.group === group && row.member === member)?.status;

  test('nothing that k6 declares is missing without a word, or does not do what it is for', () => {
    const wrong = rows.filter(({ status }) => status === 'absent' || status === 'unproven');
    expect(wrong).toEqual([]);
  });

  test('docs/engine.md is what the engine gives', () => {
    const { version } = require('@types/k6/package.json') as { version: string };
    expectGolden(PAGE, enginePage(rows, version));
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

  /** Proves the members with some of a module's in place of its own. */
  async function provenWith(module: string, members: object) {
    const one = MODULES[module];
    const real = one?.make;
    if (!one || !real) throw new Error(`there is no ${module}`);
    const made = jest
      .spyOn(one, 'make')
      .mockImplementation((vu) => Object.assign({ ...real(vu) }, members));
    return proveMembers(servers).finally(() => made.mockRestore());
  }

  test('a member that throws, or gives something else, is no longer supported', async () => {
    const proven = await provenWith('k6/http', {
      put: () => {
        throw new Error('not today');
      },
      setResponseCallback: () => 'something',
      expectedStatuses: () => ({ everything: 'is expected' }),
    });
    expect(proven.get('k6/http get')).toBe(true);
    expect(proven.get('k6/http put')).toBe('"not today"');
    expect(proven.get('k6/http setResponseCallback')).toBe(
      'http_req_failed{proof:own} does not show it',
    );
    expect(proven.get('k6/http expectedStatuses')).not.toBe(true);
  });

  test('a member that is there and does nothing is no longer supported', async () => {
    const nothing = () => undefined;
    const timers = { clearTimeout: nothing, clearInterval: nothing };
    const proven = await provenWith('k6/timers', timers);
    expect(proven.get('k6/timers setTimeout')).toBe(true);
    expect(proven.get('k6/timers clearTimeout')).toBe('false');
    expect(proven.get('k6/timers clearInterval')).toBe('false');
  });

  test('a number that is not counted is no longer supported', async () => {
    const still = {
      iterationInInstance: 0,
      iterationInScenario: 0,
      iterationInTest: 0,
      iterationsCompleted: 0,
      iterationsInterrupted: 0,
      name: 'default',
      progress: 0,
    };
    const proven = await provenWith('k6/execution', {
      scenario: still,
      vu: still,
      instance: still,
      test: { fail: () => undefined },
    });
    expect(proven.get('execution.scenario name')).toBe(true);
    expect(proven.get('execution.test fail')).toBe('the run ended with 0');
    expect(proven.get('execution.scenario progress')).toBe('0,0, not 0,0.5');
    expect(proven.get('execution.scenario iterationInInstance')).toBe('0,0, not 0,1');
    expect(proven.get('execution.scenario iterationInTest')).toBe('0,0, not 0,1');
    expect(proven.get('execution.vu iterationInScenario')).toBe('0,0, not 0,1');
    expect(proven.get('execution.instance iterationsCompleted')).toBe('0,0, not 0,1');
    expect(proven.get('execution.instance iterationsInterrupted')).toBe('0,0, not 2,2');
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
