import { writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { anyPact } from '../../contracts/pact/any-pact.ts';
import { readPact } from '../../contracts/pact/pact-file.ts';
import type { ProviderAccess } from '../../contracts/provider/provider-door.ts';
import { type StateNotSet, stateKey } from '../../contracts/provider/state-setter.ts';
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

const run = (
  target: ProviderAccess,
  options: Partial<VerifyOptions> = {},
  file = pactFile,
  statesUrl?: string,
) => verify(file, target, { now: () => new Date(), onRequest: () => {}, ...options }, statesUrl);

/** A state URL in front of that of an emulator: some states get another answer, after they were set or not. */
async function statesBut(
  { controlUrl }: ProviderAccess,
  state: string,
  status: number,
  setFirst = false,
): Promise<string> {
  return listening(
    createServer(async (req, res) => {
      let body = '';
      for await (const chunk of req.setEncoding('utf8')) body += chunk;
      const isIt = (JSON.parse(body) as { state: string }).state === state;
      if (!isIt || setFirst) {
        await fetch(new URL('/provider-states', controlUrl), { method: 'POST', body });
      }
      res.writeHead(isIt ? status : 200).end(isIt ? 'no disk' : '{}');
    }),
  );
}

/** A smaller pact: the interactions that name one of `words`, and one that always passes. */
function pactOf(...words: string[]): string {
  const pact = readPact(pactFile);
  const wanted = [...words, ': every optional member'];
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
    'a contact that fails with INVALID_QUEUE, as the state asks',
    'a full batch',
  ]);
  expect(failedChecks(verification)).toEqual([]);
});

test.each<[BugName, string]>([
  ['replay-new-ids', 'sent again with its ClientToken'],
  ['swaps-identifiers', 'sent again with its ClientToken'],
  ['ignores-payload', 'IdempotencyException: a'],
  ['accepts-bad-signature', 'InvalidSignatureException: a'],
])('the contract catches the seeded bug %s', async (bug, word) => {
  const verification = await run(await emulated({ bugs: [bug] }), {}, pactOf(word));
  expect(failing(verification)).toEqual([
    [expect.stringContaining(word.split(':')[0] ?? ''), expect.any(String)],
  ]);
});

test('an item answered twice is caught in the full batch, though its items are in any order', async () => {
  const target = await emulated({ bugs: ['answers-twice'] });
  const details = new Map(failing(await run(target, {}, pactOf('a full batch'))));
  expect(details.get('a full batch')).toContain('and the answer has 2 results');
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
    ['a call that gets ResourceNotFoundException, as the state asks', 'expected 404 but was 400'],
  ]);
});

test('a state that the provider cannot be brought to is not exercised, which Pact itself would pass', async () => {
  const target = await emulated();
  const url = await statesBut(target, 'the call fails', 404);
  const file = pactOf(
    'gets InternalService',
    'gets ServiceUnavailable',
    'AccessDeniedException: a',
  );
  const verification = await run(target, {}, file, url);
  const why = `the provider cannot be brought to the state "the call fails": ${url} answered 404: no disk`;
  expect(failing(verification)).toEqual([
    ['a call that gets InternalServiceException, as the state asks', why],
    ['a call that gets ServiceUnavailable, as the state asks', why],
  ]);
  expect(verification.results.map(({ verdict }) => verdict)).not.toContain('fail');
  expect(failedChecks(verification)).toEqual([]);
});

test('a state that fails to be set fails its interaction, even where the answer would be right', async () => {
  const target = await emulated();
  const url = await statesBut(target, 'the ClientToken was used before', 500, true);
  const file = pactOf('sent again', 'IdempotencyException: a');
  const verification = await run(target, {}, file, url);
  const why = `The state "the ClientToken was used before" was not set: ${url} answered 500: no disk`;
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
  const verification = await run({ ...target, url }, {}, pactOf('fails with INVALID_QUEUE:'));
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
  const interactions = ['one', 'two'].flatMap((name) => {
    const [read] = anyPact({ interactions: [interaction(name)] }, 'pact').interactions;
    return read?.kind === 'http' ? [read] : [];
  });
  const ok = (n: number): VerifiedInteraction => ({ description: String(n), result: 'OK' });
  const nothing = new Map();

  test('what was not verified is not exercised', () => {
    const judged = judge(interactions, [ok(0)], nothing, { failed: nothing });
    expect(judged.map(({ verdict }) => verdict)).toEqual(['pass', 'not exercised']);
  });

  test('an obstacle explains a failure, whatever the order of parameters', () => {
    const noMoon: StateNotSet = { kind: 'state not set', state: 'a full moon', why: 'no moon' };
    const failed = new Map([[stateKey({ ...state, params: { a: 2, b: 1 } }), noMoon]]);
    const judged = judge(interactions, [{ ...ok(0), result: 'Error' }], nothing, { failed });
    expect(judged[0]).toMatchObject({ description: 'one', verdict: 'fail', detail: noMoon });
  });

  test('an answer that breaks a law fails, though Pact passes it', () => {
    const answer = { status: 200, headers: {}, body: Buffer.from('') };
    const observed = new Map([[0, { answer, breaches: ['it is wrong'] }]]);
    const [first] = judge(interactions, [ok(0)], observed, { failed: nothing });
    expect(first).toMatchObject({
      verdict: 'fail',
      detail: { kind: 'breaches', breaches: ['it is wrong'] },
    });
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
