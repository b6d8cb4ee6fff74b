import { createServer, type IncomingMessage } from 'node:http';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { type AnyPact, readAnyPact } from '../../contracts/pact/any-pact.ts';
import type { Verification, Where } from '../../contracts/provider/verify.ts';
import { isAws, obstacleTo, verifyElsewhere } from '../../contracts/provider/verify-elsewhere.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { UnavailableError } from '../../system/errors.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
let pact: AnyPact;
let emulator: RunningEmulator;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  pact = readAnyPact((await writePact(contractNamed('BatchPutContact'), dir)).pactFile);
});

beforeEach(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});

async function listening(heard: (request: IncomingMessage) => unknown): Promise<string> {
  const server = createServer((request, reply) => {
    heard(request);
    reply.writeHead(500).end('{}');
  });
  const port = await listen(server);
  closers.push(() => server.close());
  return `http://127.0.0.1:${port}`;
}

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await emulator.close();
});

const statesUrl = (): string => new URL('/provider-states', emulator.controlUrl).href;

const verify = (states: string | null, change: Partial<Where> = {}) =>
  verifyElsewhere(
    pact,
    {
      url: emulator.url,
      region: 'us-east-1',
      ...emulator.credentials,
      statesUrl: states,
      ...change,
    },
    { now: () => new Date(), onRequest: () => {} },
  );

const wanting = ({ results }: Verification) => results.filter(({ verdict }) => verdict !== 'pass');

test('with an address that sets states, all is exercised but what takes a second key', async () => {
  const verification = await verify(statesUrl(), { outsider: null, denied: null });
  expect(verification.results).toHaveLength(pact.interactions.length);
  expect(wanting(verification)).toMatchObject([
    {
      description:
        'a call refused with AccessDeniedException: a caller other than outbound campaigns',
      verdict: 'not exercised',
      detail: { kind: 'no key', caller: 'a caller who is refused', variable: 'DIALPROOF_REFUSED' },
    },
  ]);
  expect(verification.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
});

test('without one, what needs a state is not exercised, and says so', async () => {
  const verification = await verify(null);
  expect(verification.results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(
    30,
  );
  expect(new Set(wanting(verification).map(({ detail }) => detail?.kind))).toEqual(
    new Set(['nothing sets states']),
  );
});

test('a provider without the instance is not blamed, if nothing can give it one', async () => {
  const facts = ordinaryFacts({ instances: [] });
  const empty = await startEmulator({ profile: 'stress', facts });
  closers.push(() => empty.close());
  const verification = await verify(null, { url: empty.url });
  const kinds = new Set(wanting(verification).map(({ detail }) => detail?.kind));
  expect(kinds).toEqual(new Set(['nothing sets states', 'no instance']));
});

test('a quota is waited for, and the path of the address comes before every path', async () => {
  const slow = await startEmulator({ profile: 'stress', rate: 50, burst: 1 });
  closers.push(() => slow.close());
  const few = { ...pact, interactions: pact.interactions.slice(0, 4) };
  const where = { ...slow.credentials, url: slow.url, statesUrl: null };
  const { results } = await verifyElsewhere(few, where, {
    now: () => new Date(),
    onRequest: () => {},
  });
  expect(results.map(({ verdict }) => verdict)).not.toContain('fail');
  const paths: string[] = [];
  const url = await listening((request) => paths.push(request.url ?? ''));
  await verifyElsewhere(
    few,
    { ...where, url: `${url}/stage/v1/` },
    { now: () => new Date(), onRequest: () => {} },
  );
  expect(paths.every((path) => path.startsWith('/stage/v1/'))).toBe(true);
  expect(paths).toContainEqual(expect.stringMatching(/^\/stage\/v1\/contact\/batch\//));
});

test('a provider that is not there is told at once', async () => {
  await expect(verify(null, { url: 'http://127.0.0.1:1' })).rejects.toThrow(UnavailableError);
});

test('at AWS an ordinary account can only be refused', () => {
  expect(isAws('https://connect.us-east-1.amazonaws.com')).toBe(true);
  expect(isAws('https://connect.us-east-1.api.aws')).toBe(true);
  expect(isAws('https://amazonaws.com.example.net')).toBe(false);
  const { principal } = emulator.credentials;
  const where = {
    url: 'https://connect.us-east-1.amazonaws.com',
    statesUrl: null,
    principal,
    outsider: principal,
  };
  const exercised = pact.interactions.filter(
    (one) => one.kind === 'http' && obstacleTo(one, where) === null,
  );
  expect(exercised.map(({ description }) => description.split(':')[0])).toEqual([
    'a call refused with AccessDeniedException',
    'a call refused with InvalidSignatureException',
    'a call refused with UnrecognizedClientException',
  ]);
});
