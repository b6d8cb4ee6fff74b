/** The road of a contract through a Broker, with the real `pact broker` and the real verifier. */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BATCH_PARTIES } from '../../contracts/agreement/batch-put-contact/batch.ts';
import { canIDeploy, publishPact, recordDeployment } from '../../contracts/broker/broker.ts';
import { type Broker, type BrokerAuth, readBroker } from '../../contracts/broker/connection.ts';
import { verifyForBroker } from '../../contracts/broker/verify-for-broker.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { writeConsumerPact } from '../../contracts/mock/write-pact.ts';
import { readPact } from '../../contracts/pact/pact-file.ts';
import type { BugName } from '../../emulator/bugs/bugs.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { freePort } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { call, closeMocks, mockOfEndpoint } from './mock/open.ts';
import { openStandInBroker, type StandInBroker } from './stand-in-broker.ts';

const { consumer: CONSUMER, provider: PROVIDER } = BATCH_PARTIES;
const FACTS = { version: 'c0ffee', branch: 'main', buildUrl: 'https://ci.example/1' };
const TOKEN: BrokerAuth = { kind: 'token', token: 's3cret' };
const BASIC: BrokerAuth = { kind: 'basic', username: 'ci', password: 's3cret' };

// Each test writes or verifies whole pacts, which takes long on a busy machine.
jest.setTimeout(240_000);

const dir = tempDir();
let pactFile: string;
const open: StandInBroker[] = [];

beforeAll(async () => {
  ({ pactFile } = await writePact(contractNamed('BatchPutContact'), dir));
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(auth: BrokerAuth = TOKEN): Promise<[StandInBroker, Broker]> {
  const one = await openStandInBroker(
    auth.kind === 'token'
      ? 'Bearer s3cret'
      : `Basic ${Buffer.from('ci:s3cret').toString('base64')}`,
  );
  open.push(one);
  return [one, { url: one.url, auth }];
}

async function verifyEmulator(broker: Broker, version: string, bugs: BugName[] = []) {
  const emulator = await startEmulator({ profile: 'stress', bugs });
  const { url, controlUrl, credentials } = emulator;
  return verifyForBroker(
    broker,
    { url, controlUrl, ...credentials },
    { ...FACTS, version },
  ).finally(() => emulator.close());
}

test.each([
  ['a token', TOKEN],
  ['user name and password', BASIC],
])('the whole road, signed in with %s', async (_, auth) => {
  const [standing, broker] = await standIn(auth);
  await publishPact(broker, pactFile, FACTS);
  expect(standing.published).toMatchObject([{ consumer: CONSUMER, provider: PROVIDER, ...FACTS }]);
  expect(JSON.parse(standing.published[0]?.pact ?? '').interactions).toHaveLength(
    readPact(pactFile).interactions.length,
  );
  expect(await canIDeploy(broker, CONSUMER, FACTS.version, 'production')).toEqual({
    ok: false,
    reason: expect.stringContaining('no verified pact'),
  });

  const results = await verifyEmulator(broker, 'e111');
  expect(results).toHaveLength(readPact(pactFile).interactions.length);
  expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(standing.verifications).toMatchObject([
    { success: true, version: 'e111', buildUrl: FACTS.buildUrl },
  ]);
  expect([...standing.branches]).toEqual([[`${PROVIDER} e111`, 'main']]);

  expect((await canIDeploy(broker, CONSUMER, FACTS.version, 'production')).ok).toBe(true);
  await recordDeployment(broker, CONSUMER, FACTS.version, 'production');
  expect(standing.deployed).toEqual([`${CONSUMER} ${FACTS.version} production`]);
  // Nobody came without the login: it reached all three tools.
  expect(standing.authorizations.size).toBe(1);
});

test('a failed verification is published as one, and the Broker says no', async () => {
  const [standing, broker] = await standIn();
  const pact = readPact(pactFile);
  const small = join(dir, 'small.json');
  const interactions = pact.interactions.filter(({ description }) =>
    description.includes('INVALID_QUEUE'),
  );
  writeFileSync(small, JSON.stringify({ ...pact, interactions }));
  await publishPact(broker, small, FACTS);
  const results = await verifyEmulator(broker, 'e222', ['wrong-code']);
  expect(results.map(({ verdict }) => verdict)).toContain('fail');
  expect(standing.verifications).toMatchObject([{ success: false, version: 'e222' }]);
  expect((await canIDeploy(broker, CONSUMER, FACTS.version, 'production')).ok).toBe(false);
});

test('the pact that a consumer’s tests leave goes the same road', async () => {
  const [standing, broker] = await standIn();
  const mock = await mockOfEndpoint();
  const contacts = { ContactDataRequestList: [{ RequestIdentifier: 'order-1' }] };
  await call(mock, 'PUT', '/contact/batch/an-instance', contacts);
  const parties = { consumer: 'night-dialer', provider: PROVIDER };
  const file = await writeConsumerPact(mock, dir, parties, false);
  await closeMocks();
  await publishPact(broker, file ?? '', FACTS);
  expect(standing.published).toMatchObject([{ ...parties, ...FACTS }]);
  const may = () => canIDeploy(broker, 'night-dialer', FACTS.version, 'production');
  expect((await may()).ok).toBe(false);
  const results = await verifyEmulator(broker, 'e333');
  expect(results).toMatchObject([{ verdict: 'pass' }]);
  expect((await may()).ok).toBe(true);
});

test('a pact is published whatever its path is made of', async () => {
  const [standing, broker] = await standIn();
  const odd = join(dir, 'pact [1] of *.json');
  writeFileSync(odd, JSON.stringify(readPact(pactFile)));
  await publishPact(broker, odd, FACTS);
  expect(standing.published).toMatchObject([{ consumer: CONSUMER, version: FACTS.version }]);
});

test('a Broker without a pact for the emulator is no pass', async () => {
  const [, broker] = await standIn();
  await expect(verifyEmulator(broker, 'e')).rejects.toThrow(
    /nothing was verified: No pacts found for provider 'dialproof-emulator'/,
  );
});

describe('refusals are told in one sentence', () => {
  const publish = (broker: Broker) => publishPact(broker, pactFile, FACTS);

  it.each<[string, BrokerAuth, RegExp]>([
    ['no login', { kind: 'none' }, /wants a login \(401\): set PACT_BROKER_TOKEN/],
    ['a wrong token', { kind: 'token', token: 'wr0ng' }, /does not accept this token \(401\)$/],
    [
      'a wrong password',
      { kind: 'basic', username: 'ci', password: 'wr0ng' },
      /does not accept this user name and password \(401\)$/,
    ],
  ])('%s', async (_, auth, sentence) => {
    const [, { url }] = await standIn();
    const failure = await publish({ url, auth }).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toMatch(sentence);
    expect(String(failure)).not.toContain('wr0ng');
  });

  it.each([
    ['a login without access', '/', 403, /does not let this login in \(403\)/],
    ['no Broker at the path', '/', 404, /is not a Pact Broker that accepts contracts \(HTTP 404\)/],
    [
      'other content for a version',
      '/contracts',
      409,
      /the pact was not published: .*Cannot change the content/,
    ],
    [
      'facts that it does not take',
      '/contracts',
      422,
      /the pact was not published: .*Cannot change the content/,
    ],
    ['a failure of its own', '/contracts', 500, /the pact was not published: ./],
  ])('%s', async (_, path, status, sentence) => {
    const [standing, broker] = await standIn();
    const body = { errors: { contracts: ['Cannot change the content of the pact'] } };
    standing.refuse(path, { status, body });
    const failure = await publish(broker).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toMatch(sentence);
    expect(standing.published).toEqual([]);
  });

  it('results that the Broker does not take', async () => {
    const [standing, broker] = await standIn();
    await publish(broker);
    const sha = standing.published[0]?.sha;
    standing.refuse(
      `/pacts/provider/${PROVIDER}/consumer/${CONSUMER}/pact-version/${sha}/verification-results`,
      { status: 422, body: { errors: ['no'] } },
    );
    await expect(verifyEmulator(broker, 'e333')).rejects.toThrow(
      /did not take the results for dialproof-emulator e333/,
    );
    expect(standing.verifications).toEqual([]);
  });

  it('a version that was never published', async () => {
    const [, broker] = await standIn();
    await expect(recordDeployment(broker, CONSUMER, 'nope', 'production')).rejects.toThrow(
      /the deployment was not recorded: .*404/,
    );
  });

  it('an environment that does not exist', async () => {
    const [standing, broker] = await standIn();
    await publish(broker);
    await expect(recordDeployment(broker, CONSUMER, FACTS.version, 'mars')).rejects.toThrow(
      'the deployment was not recorded: Environment mars does not exist',
    );
    expect(standing.deployed).toEqual([]);
  });

  it('nobody there', async () => {
    const broker = { url: `http://127.0.0.1:${await freePort()}`, auth: TOKEN };
    await expect(publish(broker)).rejects.toThrow(UnavailableError);
    await expect(publish(broker)).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
  });
});

describe('readBroker', () => {
  it('takes options before the environment', () => {
    const env = { PACT_BROKER_BASE_URL: 'https://env.example', PACT_BROKER_TOKEN: 't' };
    expect(readBroker({}, env)).toEqual({
      url: 'https://env.example',
      auth: { kind: 'token', token: 't' },
    });
    expect(readBroker({ broker: 'https://b.example/pact/' }, env).url).toBe(
      'https://b.example/pact',
    );
  });

  it.each([
    ['no URL', {}, {}, /no Broker is given/],
    ['no URL at all', { broker: 'broker' }, {}, /is not a URL/],
    ['a password in the URL', { broker: 'https://a:p4ss@b.example' }, {}, /contains a password/],
    [
      'two logins',
      { broker: 'https://b.example' },
      { PACT_BROKER_TOKEN: 't', PACT_BROKER_USERNAME: 'u' },
      /both a token and a user name/,
    ],
    [
      'half a login',
      { broker: 'https://b.example' },
      { PACT_BROKER_USERNAME: 'u' },
      /no password: set PACT_BROKER_PASSWORD/,
    ],
  ])('refuses %s', (_, options, env, sentence) => {
    expect(() => readBroker(options, env)).toThrow(sentence);
    expect(() => readBroker(options, env)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('p4ss') }),
    );
  });
});

describe('the command', () => {
  const dialproof = (broker: Broker, ...args: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const env = {
        ...process.env,
        PACT_BROKER_BASE_URL: broker.url,
        PACT_BROKER_TOKEN: broker.auth.kind === 'token' ? broker.auth.token : '',
      };
      const main = join(PACKAGE_ROOT, 'cli', 'main.ts');
      execFile(
        process.execPath,
        [...NODE_ARGS, main, 'contracts', 'broker', ...args],
        { env, cwd: PACKAGE_ROOT },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
  const facts = ['--sha', FACTS.version, '--branch', 'main'];

  it('publishes, and ends 1 where the Broker says no', async () => {
    const [standing, broker] = await standIn();
    const published = await dialproof(broker, 'publish', '--pact', pactFile, ...facts);
    expect(published).toEqual({
      code: 0,
      out: `published: ${CONSUMER} c0ffee (main) with ${PROVIDER}\n`,
      err: '',
    });
    expect(standing.published).toHaveLength(1);
    const asked = await dialproof(broker, 'can-i-deploy', '--to', 'production', ...facts);
    expect(asked.code).toBe(1);
    expect(asked.out).toMatch(/^NO, outbound-dialer c0ffee to production: There is no verified/);
  });

  it('ends 2 where the login is wrong, and shows no secret', async () => {
    const [, { url }] = await standIn();
    const auth: BrokerAuth = { kind: 'token', token: 'wr0ng' };
    const { code, out, err } = await dialproof(
      { url, auth },
      'publish',
      '--pact',
      pactFile,
      ...facts,
    );
    expect(code).toBe(2);
    expect(err).toMatch(/does not accept this token \(401\)\n$/);
    expect(out + err).not.toContain('wr0ng');
  });
});
