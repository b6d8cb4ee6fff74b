import { createServer } from 'node:http';
import type { StateName } from '../../contracts/agreement/states.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { type PactFile, readPact } from '../../contracts/pact/pact-file.ts';
import { controlDoor } from '../../contracts/provider/control-door.ts';
import { STATES } from '../../contracts/provider/state-handlers.ts';
import { isAws, obstacleTo, verifyElsewhere } from '../../contracts/provider/verify-elsewhere.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { UnavailableError } from '../../system/errors.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
let pact: PactFile;
let emulator: RunningEmulator;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  pact = readPact((await writePact(contractNamed('BatchPutContact'), dir)).pactFile);
});

beforeEach(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await emulator.close();
});

/** A team's own address for states, here on top of the emulator's control door. */
async function statesServer(status = 200): Promise<string> {
  const door = controlDoor(emulator.controlUrl);
  const server = createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', async () => {
      const { state, params } = JSON.parse(text) as { state: StateName; params: never };
      await STATES[state](params, { door, signAs: () => {} });
      reply.writeHead(status).end();
    });
  });
  const port = await listen(server);
  closers.push(() => server.close());
  return `http://127.0.0.1:${port}/states`;
}

const verify = (statesUrl: string | null, url = emulator.url) =>
  verifyElsewhere(
    pact,
    { url, region: 'us-east-1', key: emulator.credentials.principal, statesUrl },
    () => new Date(),
  );

test('with an address that sets states, all is exercised but what takes a second key', async () => {
  const { results, checks } = await verify(await statesServer());
  expect(results).toHaveLength(pact.interactions.length);
  expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([
    {
      description:
        'a call refused with AccessDeniedException: a caller other than outbound campaigns',
      verdict: 'not exercised',
      detail: { kind: 'no outsider' },
    },
  ]);
  expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
});

test('without one, only what needs no state is exercised, and the rest says why', async () => {
  const { results } = await verify(null);
  const passed = results.filter(({ verdict }) => verdict === 'pass');
  expect(passed.map(({ description }) => description.split(':')[0])).toEqual([
    'a call refused with InvalidSignatureException',
    'a call refused with UnrecognizedClientException',
  ]);
  const rest = results.filter(({ verdict }) => verdict !== 'pass');
  expect(new Set(rest.map(({ verdict }) => verdict))).toEqual(new Set(['not exercised']));
  expect(rest[0]?.detail).toEqual({
    kind: 'nothing sets states',
    states: expect.arrayContaining(['an ordinary day']),
  });
});

test('a state that is refused fails its interactions', async () => {
  const { results } = await verify(await statesServer(500));
  const failed = results.filter(({ verdict }) => verdict === 'fail');
  expect(failed).toHaveLength(results.length - 1);
  expect(failed[0]?.detail).toEqual({
    kind: 'state not set',
    state: 'an ordinary day',
    why: expect.stringMatching(/ answered 500$/),
  });
});

test('a provider that is not there is told at once', async () => {
  await expect(verify(null, 'http://127.0.0.1:1')).rejects.toThrow(UnavailableError);
});

test('at AWS an ordinary account can only be refused', () => {
  expect(isAws('https://connect.us-east-1.amazonaws.com')).toBe(true);
  expect(isAws('https://connect.us-east-1.api.aws')).toBe(true);
  expect(isAws('https://amazonaws.com.example.net')).toBe(false);
  const where = { url: 'https://connect.us-east-1.amazonaws.com', statesUrl: null };
  const exercised = pact.interactions.filter((one) => obstacleTo(one, where) === null);
  expect(exercised.map(({ description }) => description.split(':')[0])).toEqual([
    'a call refused with AccessDeniedException',
    'a call refused with InvalidSignatureException',
    'a call refused with UnrecognizedClientException',
  ]);
});
