/** The command as a user starts it: what it prints, what it exits with. */

import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { startEmulator } from '../../emulator/emulator.ts';
import type { Run } from '../../run/run.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { HAS_REDIS, startRedis } from '../emulator/redis-server.ts';
import { closeServer, listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, dialproofWith, type Ended, ended, PATIENT, start } from './command.ts';

const dir = tempDir();

/** The one JSON document that an emulator prints when it listens. */
function documentOf(child: ChildProcess) {
  return new Promise<{ url: string; controlUrl: string; faults: unknown }>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('}\n')) resolve(JSON.parse(text));
    });
  });
}

describe('a mistake gets one sentence and its exit code', () => {
  const file = join(dir, 'a-file');
  writeFileSync(file, '');
  const notALedger = join(dir, 'not-a-ledger');
  writeFileSync(notALedger, 'dp1\t0\n');
  const plan = join(dir, 'plan.json');
  writeFileSync(plan, '{"faults":[{"fault":"throttle","when":{"share":2}}]}');

  it.each<[string, number, string, string[]]>([
    ['an unknown command', 2, 'unknown command', ['lod']],
    [
      'an unknown scenario',
      2,
      'unknown scenario "stampede": choose from smoke',
      ['load', 'run', 'stampede'],
    ],
    [
      'a number that is none',
      2,
      'give a whole number from 1 to 25',
      ['generate', '--contacts-per-batch', '26'],
    ],
    [
      'an expiry of contacts',
      2,
      '--expires-in is for dial requests: add --for PutDialRequestBatch or --for PutOutboundRequestBatch',
      ['generate', '--expires-in', '60'],
    ],
    [
      'a time that is none',
      2,
      '"noon" is no time: write it as 2026-03-01T12:00:00Z',
      ['generate', '--for', 'PutDialRequestBatch', '--now', 'noon'],
    ],
    [
      'a failure code of another operation',
      2,
      'mix: unknown failure code "INVALID_QUEUE"; the failure codes are InvalidInput,',
      ['generate', '--for', 'PutDialRequestBatch', '--mix', 'INVALID_QUEUE=0.1'],
    ],
    [
      'lines of contacts for dial requests',
      2,
      '--ndjson is for contacts: use --formats ndjson for dial requests',
      ['generate', '--for', 'PutDialRequestBatch', '--ndjson'],
    ],
    ['an unknown bug', 2, 'choose from forgets-tokens', ['run', '--bug', 'nonsense']],
    [
      'a value that a choice has not',
      2,
      'emptyLists takes present | omitted',
      ['emulator', '--choice', 'emptyLists=maybe'],
    ],
    [
      'a script that is not there',
      2,
      'cannot read the script ./nothing.ts (ENOENT)',
      ['load', 'run', './nothing.ts', '--out', dir],
    ],
    [
      'a value that the scenario does not have',
      2,
      'smoke: the profile has no value "rate": choose from vus, iterations, p95Ms',
      ['load', 'run', 'smoke', '--rate', '5', '--out', dir],
    ],
    [
      'a peak below the rate',
      2,
      'breakpoint: the peak of 1500 is below the rate of 2000: give a higher peak with --set peak=N',
      ['load', 'run', 'breakpoint', '--rate', '2000', '--out', dir],
    ],
    [
      'an output of no kind',
      2,
      'write json=FILE, otlp=URL or prometheus=URL',
      ['load', 'run', 'smoke', '--output', 'statsd=http://127.0.0.1', '--out', dir],
    ],
    [
      'an output that cannot be written',
      2,
      'cannot write /no/such/folder/samples.json (ENOENT)',
      ['load', 'run', 'smoke', '--output', 'json=/no/such/folder/samples.json', '--out', dir],
    ],
    ['a value without a number', 2, 'write name=number', ['load', 'run', 'smoke', '--set', 'vus']],
    ['a duration that is none', 2, 'give whole seconds', ['run', '--duration', 'long']],
    ['a quota that is none', 2, 'such as 10/15', ['audit', '--history', 'x', '--quota', '10']],
    ['no history', 2, 'cannot read the history x (ENOENT)', ['audit', '--history', 'x']],
    [
      'two ledgers',
      2,
      '--ledger and --control both name a ledger: give only one of them',
      ['audit', '--history', file, '--ledger', file, '--control', 'http://127.0.0.1:1'],
    ],
    [
      'a ledger that is not one',
      2,
      `line 1 of the ledger ${notALedger} is not JSON: dp1`,
      ['audit', '--history', file, '--ledger', notALedger],
    ],
    [
      'a fault plan that is not there',
      2,
      'cannot read no-plan.json (ENOENT): name a file, or one of flaky-network, ',
      ['emulator', '--faults', 'no-plan.json'],
    ],
    ['a fault plan that is no JSON', 2, `${file} is not JSON (`, ['emulator', '--faults', file]],
    [
      'a fault plan with a mistake',
      2,
      `${plan}: faults[0].when.share must be a number from 0 to 1`,
      ['emulator', '--faults', plan],
    ],
    [
      'a sink on another machine',
      2,
      'the sink http://203.0.113.7/dials is on another machine: use one of 127.0.0.1, or give --allow-remote',
      ['emulator', '--port', '0', '--dials', 'http://203.0.113.7/dials'],
    ],
    [
      'dials of a store that keeps no campaigns',
      2,
      '--dials has nothing to take: dialproof serves no outbound campaigns with a shared store',
      ['emulator', '--port', '0', '--store', 'redis://127.0.0.1:1', '--dials', file],
    ],
    [
      'no k6',
      3,
      'there is no "/no/such/k6" on this machine; install k6',
      ['load', 'run', 'smoke', '--engine', 'k6', '--k6', '/no/such/k6', '--out', dir],
    ],
    [
      'a target where nothing listens',
      3,
      'nothing answers at http://127.0.0.1:1 (',
      ['load', 'run', 'smoke', '--target', 'http://127.0.0.1:1', '--out', dir],
    ],
    [
      'a target elsewhere',
      2,
      'example.com is not on this machine',
      ['load', 'run', 'smoke', '--target', 'https://example.com', '--out', dir],
    ],
    [
      'a folder without a corpus',
      2,
      'there is no manifest.json; make it again with "dialproof generate"',
      ['load', 'run', 'smoke', '--corpus', dir, '--out', dir],
    ],
    [
      'an out folder that cannot be',
      2,
      `cannot write to ${join(file, 'x')} (`,
      ['run', '--out', join(file, 'x')],
    ],
    [
      'a bundle where no folder can be',
      2,
      `cannot write ${join(file, 'smoke.js')} (`,
      ['load', 'bundle', 'smoke', '--out', file],
    ],
    ['a run that is none', 2, `${file} is not JSON (`, ['report', file]],
    ['a run that is not there', 2, 'cannot read nothing.json (ENOENT)', ['report', 'nothing.json']],
  ])('%s', async (_, code, sentence, args) => {
    const result = await dialproof(...args);
    expect(result.stderr).toContain(sentence);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
  });

  it('no temporary folder', async () => {
    const result = await dialproofWith({ TMPDIR: file }, 'crash-test', '--rounds', '1');
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toBe(
      `dialproof: cannot make a temporary folder in ${file} (ENOTDIR): set TMPDIR to one that can be written to\n`,
    );
  });

  it('a port in use', async () => {
    const server = createServer();
    const port = await listen(server);
    const result = await dialproof('emulator', '--port', String(port)).finally(() =>
      closeServer(server),
    );
    expect(result).toMatchObject({ code: 3, stdout: '' });
    expect(result.stderr).toContain(`port ${port} on 127.0.0.1 is in use`);
  });
});

describe('dialproof', () => {
  it('ends quietly where nobody reads on', async () => {
    const child = start('--help');
    child.stdout?.destroy();
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells the exit codes and shows examples', async () => {
    const [root, run] = await Promise.all([dialproof('--help'), dialproof('run', '--help')]);
    expect(root).toMatchObject({ code: 0, stderr: '' });
    expect(root.stdout).toContain(
      '4 figures not valid (run it again as the report says), 130 interrupted',
    );
    expect(run.stdout).toContain('Examples:');
  });

  it('generate --json prints the manifest and nothing else', async () => {
    const out = join(dir, 'generated');
    const result = await dialproof('generate', '--batches', '3', '--out', out, '--json');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ batches: 3, contacts: 75 });
  });

  it('generate --for writes a list of dial requests that expire after the given time', async () => {
    const out = join(dir, 'dial-list');
    const result = await dialproof(
      ...['generate', '--for', 'PutOutboundRequestBatch', '--batches', '2', '--out', out],
      ...['--expires-in', '60', '--now', '2026-03-01T12:00:00Z', '--mix', 'UnknownError=1'],
      ...['--formats', 'ndjson', '--locales', 'en_US'],
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(
      'send them from 2026-03-01T12:00:00.000Z to 2026-03-01T12:00:30.000Z',
    );
    expect(result.stdout).toMatch(/ 50 {2}UnknownError\n/);
    const [first = ''] = readFileSync(join(out, 'requests.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(first).outboundRequests[0].expirationTime).toBe('2026-03-01T12:01:00.000Z');
  });
});

describe('dialproof emulator --access-log', () => {
  const file = join(dir, 'access.ndjson');

  it.each([
    ['a file', [file], () => readFileSync(file, 'utf8')],
    ['the error output', [], ({ stderr }: Ended) => stderr],
  ])('writes to %s', async (_, value, logOf) => {
    const child = start('emulator', '--port', '0', '--access-log', ...value, '--json');
    const end = ended(child);
    const { url } = await documentOf(child);
    expect((await fetch(`${url}/contacts/+12065550123/x`)).status).toBe(403);
    child.kill('SIGINT');
    const log = logOf(await end);
    expect(log).toContain('"operation":"DescribeContact","status":403');
    expect(log).toContain('"instance":"+1206*****23"');
  });
});

describe('dialproof emulator --faults', () => {
  const plan = join(dir, 'storm.json');
  writeFileSync(plan, '{"faults":[{"fault":"throttle","name":"storm","when":{"every":2}}]}');

  it('shouts its faults, names them in the document, and has them', async () => {
    const child = start('emulator', '--faults', plan, '--port', '0', '--json');
    const end = ended(child);
    const { controlUrl, faults } = await documentOf(child);
    expect(faults).toEqual([{ fault: 'throttle', name: 'storm', when: { every: 2 } }]);
    const there = await (await fetch(`${controlUrl}/faults`)).json();
    expect(there).toMatchObject({ plan: { faults }, applied: { storm: 0 } });
    child.kill('SIGINT');
    const { stderr } = await end;
    expect(stderr).toContain('FAULT storm ({"every":2}): the call is throttled as if');
  });
});

it('dialproof emulator has a clock of the speed that is asked for', async () => {
  const child = start('emulator', '--port', '0', '--speed', '60', '--json');
  const end = ended(child);
  const { controlUrl } = await documentOf(child);
  expect(await (await fetch(`${controlUrl}/clock`)).json()).toMatchObject({ ahead: 0, speed: 60 });
  child.kill('SIGINT');
  expect((await end).code).toBe(0);
});

(HAS_REDIS ? it : it.skip)(
  'dialproof emulator says that a shared store has no campaigns (needs redis-server)',
  async () => {
    const redis = await startRedis();
    const child = start('emulator', '--port', '0', '--store', redis.url);
    const end = ended(child);
    let text = '';
    await new Promise<void>((told) => {
      child.stdout?.on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('refused caller')) told();
      });
    });
    child.kill('SIGINT');
    await end;
    await redis.close();
    expect(text).toContain(
      'campaigns          dialproof serves no outbound campaigns with a shared store',
    );
  },
);

describe('dialproof load run', () => {
  const out = join(dir, 'load');
  const runOf = (root: string) =>
    JSON.parse(readFileSync(join(root, 'latest', 'run.json'), 'utf8')) as Run;

  let passed: Ended;
  let caught: Ended;
  beforeAll(async () => {
    passed = await dialproof(
      'load',
      'run',
      'replay',
      '--iterations',
      '8',
      '--batches',
      '8',
      ...PATIENT,
      '--out',
      out,
    );
    caught = await dialproof(
      'load',
      'run',
      'replay',
      '--iterations',
      '4',
      '--batches',
      '4',
      '--bug',
      'forgets-tokens',
      '--out',
      join(dir, 'bug'),
    );
  });

  it('passes against the embedded emulator, and leaves every report', async () => {
    expect(passed).toMatchObject({ code: 0, stderr: '' });
    const run = runOf(out);
    // Per pair of iterations: 1 + 1 + 4 requests, then 4 + 1.
    expect(run.load[0]).toMatchObject({ scenario: 'replay', verdict: 'pass', requests: 44 });
    for (const name of ['report.html', 'junit.xml', 'summary.md', 'run.json']) {
      expect(existsSync(join(out, 'latest', name))).toBe(true);
    }
  });

  it('shouts the seeded bugs of another emulator, whose control door tells them', async () => {
    const emulator = await startEmulator({ profile: 'stress', bugs: ['drops-item'] });
    const root = join(dir, 'elsewhere');
    const options = ['--iterations', '2', '--batches', '2', '--out', root];
    const where = ['--target', emulator.url, '--control', emulator.controlUrl];
    const result = await dialproof('load', 'run', 'smoke', ...options, ...where);
    await emulator.close();
    expect(result.stderr).toContain(`SEEDED BUG drops-item at ${emulator.url}`);
    expect(readFileSync(join(root, 'latest', 'summary.md'), 'utf8')).toContain('SEEDED BUG');
    expect(runOf(root).target).toMatchObject({ kind: 'other endpoint', bugs: ['drops-item'] });
  });

  it('fails against an emulator that forgets tokens, and says which invariant', async () => {
    expect(caught.code).toBe(1);
    expect(caught.stdout).toContain('Invariant "replays are equal" is violated');
    expect(runOf(join(dir, 'bug')).target.bugs).toEqual(['forgets-tokens']);
  });

  it('leaves a history that dialproof audit judges alike, with its corpus and without', async () => {
    const audit = async (root: string, ...more: string[]) => {
      const history = join(root, 'latest', 'replay.history.tsv');
      return dialproof('audit', '--history', history, ...more);
    };
    const corpus = join(out, 'latest', 'corpus');
    const good = await audit(out, '--corpus', corpus, '--json');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(good.stdout)).toMatchObject({
      verdict: 'pass',
      attempts: 44,
      ledger: false,
      invariants: runOf(out).load[0]?.audit.invariants.map(({ name, statement }) => ({
        name,
        statement,
      })),
    });
    const bad = await audit(join(dir, 'bug'));
    expect(bad).toMatchObject({ code: 1, stderr: '' });
    expect(bad.stdout).toMatch(
      /violated +replays are equal .*\n +batch 0 \(token [a-z0-9]{8}-0000000000\), attempt 2 /,
    );
    expect(bad.stdout).toMatch(/not decidable +answered as predicted/);
    const none = await dialproof('audit', '--history', __filename);
    expect(none).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `dialproof: ${__filename} contains no attempt: give the history of a run (docs/history.md)\n`,
    });
  });

  it('runs a script of one’s own', async () => {
    const script = join('docs', 'examples', 'evening-batch.ts');
    const args = ['--set', 'pauseMs=1', '--iterations', '3', '--batches', '3', ...PATIENT];
    const result = await dialproof('load', 'run', script, ...args, '--out', join(dir, 'own'));
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(runOf(join(dir, 'own')).load[0]).toMatchObject({
      scenario: 'evening-batch',
      requests: 6,
    });
  });

  it('shows a script the environment, and what is given with -e', async () => {
    const script = join(dir, 'environment.js');
    writeFileSync(
      script,
      `import http from 'k6/http';
export const options = { thresholds: { http_reqs: ['count==2'] } };
export default function () {
  for (const name of ['OUTER', 'GIVEN']) if (__ENV[name] === 'yes=1') http.get(__ENV.DIALPROOF_URL);
}`,
    );
    const out = join(dir, 'environment');
    const args = ['load', 'run', script, '--batches', '2', '--out', out];
    const environment = { OUTER: 'yes=1', GIVEN: 'no' };
    expect((await dialproofWith(environment, ...args, '-e', 'GIVEN=yes=1')).code).toBe(0);
    expect(await dialproofWith(environment, ...args, '-e', 'GIVEN')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('write name=value'),
    });
  });

  it('runs a plain k6 script with its vus and iterations, and an option of the environment', async () => {
    const script = join(dir, 'plain.js');
    writeFileSync(
      script,
      `import http from 'k6/http';
export const options = { scenarios: { long: { executor: 'constant-vus', vus: 1, duration: '1h' } } };
export default function () { console.log(http.get(__ENV.DIALPROOF_URL).status); }`,
    );
    const run = (...args: string[]) =>
      dialproofWith(
        { K6_ITERATIONS: '4' },
        ...['load', 'run', script, ...args, '--batches', '2', '--out', join(dir, 'plain')],
      );
    const { stderr } = await run('--vus', '2', '--iterations', '5');
    expect(stderr).toContain('options from the environment: K6_ITERATIONS');
    expect(runOf(join(dir, 'plain')).load[0]).toMatchObject({
      iterations: 5,
      requests: 5,
      verdict: 'not exercised',
      reasons: [{ kind: 'nothing judged' }],
      findings: expect.arrayContaining([
        { kind: 'no history', requests: 5 },
        { kind: 'printed', file: 'plain.history.tsv' },
      ]),
    });
    writeFileSync(
      script,
      `${readFileSync(script, 'utf8')}\nexport const also = (options.thresholds = { http_reqs: ['count==2'] });`,
    );
    // The flag counts before the environment, the environment before the script.
    expect((await run()).code).toBe(1);
    expect(runOf(join(dir, 'plain')).load[0]?.iterations).toBe(4);
    const passed = await run('--iterations', '2');
    expect(passed.code).toBe(0);
    // As k6 does at the end of a test: thresholds and metrics, whether a threshold names them or not.
    expect(passed.stdout).toMatch(/^pass plain +2 requests, 2 iterations in /m);
    expect(passed.stdout).toMatch(/^ +✓ http_reqs count==2 +2$/m);
    expect(passed.stdout).toMatch(/^ +http_req_duration +avg .*, p\(95\) .* ms$/m);
    expect(passed.stdout).toMatch(/^ +It printed, to .*plain\.history\.tsv:\n +\d{3}\n +\d{3}$/m);
    expect(passed.stdout).not.toMatch(/contact|invariant/i);
    expect((await run('--iterations', '3')).code).toBe(1);
    expect(await run('--rate', '5')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'plain is a plain k6 script without a profile: it accepts --vus, --iterations and --duration, but not rate',
      ),
    });
  });

  it('ends with 4 where the load generator was the limit, and says how to run it again', async () => {
    const root = join(dir, 'limit');
    const more = ['--rate', '3000', '--vus', '1', '--duration', '1s', ...PATIENT];
    const result = await dialproof('load', 'run', 'throughput', ...more, '--out', root);
    expect(result.code).toBe(4);
    expect(result.stdout).toMatch(/^not valid throughput/m);
    expect(result.stdout).toMatch(
      / dropped because no VU was free.* Run it again with more virtual/,
    );
    expect(runOf(root)).toMatchObject({ verdict: 'not valid', load: [{ verdict: 'not valid' }] });
    const junit = readFileSync(join(root, 'latest', 'junit.xml'), 'utf8');
    expect(junit).toMatch(/<testsuites [^>]* failures="0" errors="1"/);
    expect((await dialproof('report', join(root, 'latest', 'run.json'))).code).toBe(4);
  });

  it('refuses a script of one’s own that goes to another machine', async () => {
    const script = join(dir, 'elsewhere.js');
    writeFileSync(
      script,
      `import http from 'k6/http';
export default function () { http.get('http://dialer.invalid/'); }`,
    );
    const root = join(dir, 'elsewhere');
    expect((await dialproof('load', 'run', script, '--batches', '2', '--out', root)).code).toBe(1);
    expect(runOf(root).reasons[0]).toMatchObject({
      kind: 'load',
      because: {
        kind: 'script threw',
        message: expect.stringMatching(
          /^dialer\.invalid is not on this machine, and load goes only to this machine: /,
        ),
      },
    });
  });

  it('passes with an out folder and a corpus that are named by relative paths', async () => {
    const root = relative(PACKAGE_ROOT, join(dir, 'relative'));
    const smoke = ['load', 'run', 'smoke', ...PATIENT, '--out', root];
    const made = await dialproof(...smoke, '--batches', '4');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const corpus = join(root, 'latest', 'corpus');
    const again = await dialproof(...smoke, '--corpus', corpus);
    expect(again).toMatchObject({ code: 0, stderr: '' });
  });

  it('Ctrl-C in the middle ends 130 with the report written', async () => {
    const root = join(dir, 'interrupted');
    const child = start(
      'load',
      'run',
      'throughput',
      '--rate',
      '20',
      '--duration',
      '60s',
      '--batches',
      '20',
      ...PATIENT,
      '--out',
      root,
    );
    const result = ended(child);
    await historyHasLines(root);
    child.kill('SIGINT');
    expect((await result).code).toBe(130);
    const run = runOf(root);
    expect(run).toMatchObject({ interrupted: true, verdict: 'not exercised' });
    expect(run.reasons).toEqual([
      { kind: 'load', scenario: 'throughput', because: { kind: 'interrupted' } },
      { kind: 'interrupted' },
    ]);
    expect(run.load[0]?.requests).toBeGreaterThan(0);
  });
});

/** Resolves once the run below `root` has written history. */
async function historyHasLines(root: string): Promise<void> {
  const { readdir, readFile } = await import('node:fs/promises');
  for (;;) {
    const [id] = await readdir(root).catch(() => []);
    const path = join(root, id ?? '', 'throughput.history.tsv');
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.includes('\n')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
