import { writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { readPact } from '../../contracts/pact/pact-file.ts';
import type { ProviderAccess } from '../../contracts/provider/provider-door.ts';
import { STATES } from '../../contracts/provider/state-handlers.ts';
import { type StateHandlers, stateKey } from '../../contracts/provider/state-setter.ts';
import { cleanEnvironment, type VerifiedInteraction } from '../../contracts/provider/verifier.ts';
import {
  judge,
  type Verification,
  type VerifyOptions,
  verify,
} from '../../contracts/provider/verify.ts';
import type { BugName } from '../../emulator/bugs/bugs.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
const closers: (() => Promise<unknown>)[] = [];

let pactFile: string;

beforeAll(async () => {
  ({ pactFile } = await writePact(contractNamed('BatchPutContact'), dir));
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function emulated(options: EmulatorOptions = {}): Promise<ProviderAccess> {
  const emulator = await startEmulator({ profile: 'stress', ...options });
  closers.push(() => emulator.close());
  return { url: emulator.url, controlUrl: emulator.controlUrl, ...emulator.credentials };
}

async function listening(server: Server): Promise<string> {
  const port = await listen(server);
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${port}`;
}

const run = (target: ProviderAccess, options: Partial<VerifyOptions> = {}, file = pactFile) =>
  verify(file, target, { now: () => new Date(), onRequest: () => {}, ...options });

/** A smaller pact: the interactions that name one of `words`, and one that always passes. */
function pactOf(...words: string[]): string {
  const pact = readPact(pactFile);
  const wanted = [...words, 'every optional member'];
  const interactions = pact.interactions.filter(({ description }) =>
    wanted.some((word) => description.includes(word)),
  );
  expect(interactions).toHaveLength(wanted.length);
  const file = join(dir, `${words.join('-').replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify({ ...pact, interactions }));
  return file;
}

/** Descriptions of what failed, each cut at its colon, with its detail, by name. */
const failing = ({ results }: Verification) =>
  results
    .filter(({ verdict }) => verdict !== 'pass')
    .map(
      ({ description, detail }) =>
        [description.split(':')[0] ?? '', detail && troubleSaid(detail)] as const,
    )
    .sort(([a], [b]) => a.localeCompare(b));

const failedChecks = ({ checks }: Verification) =>
  checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);

test('a seeded bug fails the interactions that it breaks, and no other', async () => {
  const verification = await run(await emulated({ bugs: ['wrong-code'] }));
  expect(failing(verification).map(([name]) => name)).toEqual([
    'a batch in which every way to fail with INVALID_QUEUE occurs',
    'a contact that fails with INVALID_QUEUE',
    'a full batch',
  ]);
  expect(failedChecks(verification)).toEqual([]);
});

test.each<[BugName, string]>([
  ['replay-new-ids', 'sent again with its ClientToken'],
  ['swaps-identifiers', 'sent again with its ClientToken'],
  ['ignores-payload', 'IdempotencyException'],
  ['accepts-bad-signature', 'InvalidSignatureException'],
])('the contract catches the seeded bug %s', async (bug, word) => {
  const verification = await run(await emulated({ bugs: [bug] }), {}, pactOf(word));
  expect(failing(verification)).toEqual([[expect.stringContaining(word), expect.any(String)]]);
});

test('an item answered twice is caught in the full batch, though its items are in any order', async () => {
  const target = await emulated({ bugs: ['answers-twice'] });
  const details = new Map(failing(await run(target, {}, pactOf('a full batch'))));
  expect(details.get('a full batch')).toContain('maximum size of');
});

test('an error with another status fails its interaction, and no other', async () => {
  const target = await emulated();
  const url = await listening(
    createServer((req, res) => {
      const passed = request(
        new URL(target.url),
        { method: req.method ?? '', path: req.url ?? '', headers: req.headers },
        (answer) => {
          const status = answer.statusCode === 404 ? 400 : (answer.statusCode ?? 0);
          res.writeHead(status, answer.headers);
          answer.pipe(res);
        },
      );
      req.pipe(passed);
    }),
  );
  expect(failing(await run({ ...target, url }))).toEqual([
    ['a call refused with ResourceNotFoundException', 'expected 404 but was 400'],
  ]);
});

test('a state without a handler fails its interactions, which Pact itself would pass', async () => {
  const { 'the service is failing': _, ...handlers } = STATES;
  const file = pactOf('InternalService', 'LimitExceeded', 'ServiceUnavailable', 'AccessDenied');
  const verification = await run(await emulated(), { handlers }, file);
  const why = 'The state "the service is failing" was not set: no handler sets it';
  expect(failing(verification)).toEqual([
    ['a call refused with InternalServiceException', why],
    ['a call refused with LimitExceededException', why],
    ['a call refused with ServiceUnavailable', why],
  ]);
  expect(failedChecks(verification)).toEqual(['every provider state was set']);
});

test('a handler that throws fails its interaction, even where the answer would be right', async () => {
  const handlers: StateHandlers = {
    ...STATES,
    'the ClientToken was used before': async (params, context) => {
      await STATES['the ClientToken was used before'](params, context);
      throw new Error('disk full');
    },
  };
  const file = pactOf('sent again', 'IdempotencyException');
  const verification = await run(await emulated(), { handlers }, file);
  const why = 'The state "the ClientToken was used before" was not set: disk full';
  expect(failing(verification)).toEqual([
    ['a batch sent again with its ClientToken', why],
    ['a call refused with IdempotencyException', why],
  ]);
  expect(failedChecks(verification)).toEqual(['every provider state was set']);
});

test('a provider that cannot be reached is told at once', async () => {
  const target = await emulated();
  const gone = 'http://127.0.0.1:1';
  const provider = run({ ...target, url: gone });
  await expect(provider).rejects.toThrow(UnavailableError);
  await expect(provider).rejects.toThrow(
    `The provider does not answer at ${gone} (ECONNREFUSED); start it first.`,
  );
  await expect(run({ ...target, controlUrl: gone })).rejects.toThrow('The control door');
  await expect(run({ ...target, url: 'nonsense' })).rejects.toThrow('is not an address');
});

test('a provider that hangs up fails every interaction, and ends', async () => {
  const target = await emulated();
  const url = await listening(createServer((req) => req.socket.destroy()));
  const verification = await run({ ...target, url }, {}, pactOf('fails with INVALID_QUEUE'));
  expect(failing(verification)).toHaveLength(2);
});

test('a session token and facts of its own change nothing, and the provider is left as it was', async () => {
  const facts = ordinaryFacts({ instances: [], choices: choose({ emptyLists: 'omitted' }) });
  const target = await emulated({ facts });
  const principal = ORDINARY_KEYS.find((key) => key.sessionToken && !key.expiresAt);
  if (!principal) throw new Error('no key has a session token');
  expect(failing(await run({ ...target, principal }))).toEqual([]);
  const get = (path: string) => fetch(new URL(path, target.controlUrl));
  expect(await (await get('/facts')).json()).toEqual(facts);
  expect(await (await get('/ledger')).text()).toBe('');
});

test('an abort ends the verification', async () => {
  const signal = AbortSignal.abort();
  await expect(run(await emulated(), { signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('a pact that is missing is told in one sentence', async () => {
  const missing = verify('/nowhere/pact.json', await emulated(), {
    now: () => new Date(),
    onRequest: () => {},
  });
  await expect(missing).rejects.toThrow(UserError);
  await expect(missing).rejects.toThrow('The pact /nowhere/pact.json cannot be read');
});

describe('judge', () => {
  const state = { name: 'a full moon', params: { b: 1, a: 2 } };
  const interaction = (description: string) => ({
    description,
    providerStates: [state],
    request: { method: 'PUT', path: '/' },
    response: { status: 200 },
  });
  const pact = { interactions: [interaction('one'), interaction('two')] };
  const ok = (description: string): VerifiedInteraction => ({ description, result: 'OK' });

  test('what was not verified is not exercised, and the count is short', () => {
    const verification = judge(pact, [ok('one')], new Map());
    expect(verification.results.map(({ verdict }) => verdict)).toEqual(['pass', 'not exercised']);
    expect(verification.checks[0]).toEqual({
      name: 'every interaction was verified',
      verdict: 'fail',
      detail: { kind: 'verified', verified: 1, of: 2 },
    });
  });

  test('a pact without interactions is not verified by verifying none', () => {
    expect(failedChecks(judge({ interactions: [] }, [], new Map()))).toEqual([
      'every interaction was verified',
    ]);
  });

  test('an obstacle explains a failure, whatever the order of parameters', () => {
    const noMoon = { kind: 'state not set', state: 'a full moon', why: 'no moon' } as const;
    const obstacles = new Map([[stateKey({ ...state, params: { a: 2, b: 1 } }), noMoon]]);
    const { results } = judge(pact, [{ ...ok('one'), result: 'Error' }, ok('two')], obstacles);
    expect(results[0]).toEqual({ description: 'one', verdict: 'fail', detail: noMoon });
    expect(results[1]?.verdict).toBe('pass');
  });
});

test('the verifier gets no variable that drops interactions or sends calls through a proxy', () => {
  const kept = { PATH: '/bin', PACT_PREBUILD_LOCATION: '/lib' };
  const env = cleanEnvironment({
    ...kept,
    PACT_DESCRIPTION: 'only this',
    PACT_BROKER_BASE_URL: 'http://broker',
    http_proxy: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NODE_OPTIONS: '--require ./hook.js',
    LOG_LEVEL: 'verbose',
  });
  expect(env).toEqual({
    ...kept,
    PACT_DO_NOT_TRACK: 'true',
    SCARF_ANALYTICS: 'false',
    LOG_LEVEL: 'error',
  });
});
