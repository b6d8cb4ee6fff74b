/** The driver of the user's own k6, against a stand-in executable that follows k6's measured behaviour. */

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { bundleForK6 } from '../../load/engine/bundle/bundle.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { SCENARIO_NAMES } from '../../load/lib/profiles.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { tempDir } from '../support/temp-dir.ts';
import { threshold } from '../support/threshold.ts';

const dir = tempDir();

/** A k6 that says `version` and, when run, does `run` (JavaScript with `args` and `env`). */
function standIn(name: string, version: string, run = ''): string {
  const file = join(dir, name);
  writeFileSync(
    file,
    `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const env = process.env;
if (args[0] === 'version') { console.log(${JSON.stringify(version)}); process.exit(0); }
const option = (name) => args.find((a) => a.startsWith('--' + name + '='))?.slice(name.length + 3);
${run}
`,
  );
  chmodSync(file, 0o755);
  return file;
}

const SUMMARY = {
  state: { testRunDurationMs: 1234 },
  root_group: { groups: [], checks: [{ name: 'status is 200', passes: 3, fails: 1 }] },
  metrics: {
    iterations: { values: { count: 4, rate: 2 } },
    batches_started: { values: { count: 5, rate: 2.5 } },
    dropped_iterations: { values: { count: 0, rate: 0 }, thresholds: { 'count<1': { ok: true } } },
    iteration_ok: {
      values: { rate: 0.75, passes: 3, fails: 1 },
      thresholds: { 'rate==1': { ok: false } },
    },
    http_req_duration: {
      values: { avg: 0, 'p(95)': 0, count: 0 },
      thresholds: { 'p(95)<500': { ok: true } },
    },
  },
};

const WRITE = `
fs.writeFileSync(option('console-output'), 'hello\\n');
fs.writeFileSync(env.DIALPROOF_SUMMARY, ${JSON.stringify(JSON.stringify(SUMMARY))});
fs.copyFileSync(args.at(-1), ${JSON.stringify(join(dir, 'seen.js'))});
fs.writeFileSync(${JSON.stringify(join(dir, 'seen.json'))}, JSON.stringify({ args, run: env.DIALPROOF_RUN, report: env.K6_NO_USAGE_REPORT }));
`;

const historyFile = join(dir, 'history.tsv');
const run = {
  script: scriptOf('smoke').path,
  env: { DIALPROOF_RUN: 'abcd1234' },
  historyFile,
  labels: { testid: 'a-run', scenario: 'smoke' },
  plannedMs: 1_000,
  loopbackOnly: true,
};

describe('a scenario as one file for k6', () => {
  it.each(SCENARIO_NAMES)(
    '%s imports nothing but k6, in a form that k6 can parse',
    async (name) => {
      const bundle = await bundleForK6(scriptOf(name).path);
      const imported = [...bundle.matchAll(/^import .* from "([^"]+)";$/gm)].map(
        ([, from]) => from,
      );
      expect(imported).toContain('k6/http');
      expect(imported.filter((from) => !/^k6(\/|$)/.test(from ?? ''))).toEqual([]);
      expect(bundle).not.toMatch(/for await|\?\.\w|async function\*/);
    },
  );
});

it('knows how long a scenario takes where a duration decides, and does not guess where iterations do', () => {
  expect(scriptOf('throughput').seconds).toBe(8);
  expect(scriptOf('smoke', { iterations: 1_000_000 }).seconds).toBeNull();
});

describe('--engine k6', () => {
  it('says what to do where there is no k6', async () => {
    await expect(findK6(join(dir, 'nothing-here'))).rejects.toThrow(
      /there is no ".*nothing-here" on this machine; install k6 2\.2\.0 or later/,
    );
  });

  it.each([
    ['k6 v2.1.9 (go1.26)', 'is v2.1.9, too old'],
    ['k6 v1.9.0', 'is v1.9.0, too old'],
    ['something else', 'does not say a k6 version'],
  ])('refuses a k6 that says "%s"', async (version, sentence) => {
    const file = standIn('refused', version);
    await expect(findK6(file)).rejects.toThrow(sentence);
  });

  it('hands over a bundle with our summary, and maps what comes back', async () => {
    const engine = await findK6(
      standIn('good', 'k6 v2.2.0 (commit/x, go1.26.11)', `${WRITE} process.exit(99);`),
    );
    expect(engine.version).toBe('2.2.0');
    const outcome = await engine.run(run);
    expect(outcome).toMatchObject({
      durationMs: 1234,
      iterations: 4,
      droppedIterations: 0,
      checks: [{ name: 'status is 200', passes: 3, fails: 1 }],
      errors: [],
      interrupted: false,
      cutIterations: 1,
      busy: { what: 'this machine', share: expect.any(Number) },
    });
    expect(outcome.busy?.share).toBeGreaterThan(0);
    expect(outcome.busy?.share).toBeLessThanOrEqual(1);
    expect(outcome.thresholds).toEqual([
      threshold('dropped_iterations', 'count<1', true, 0),
      threshold('iteration_ok', 'rate==1', false, 0.75),
      // k6 passes a threshold without samples; here it fails.
      threshold('http_req_duration', 'p(95)<500', false, null),
    ]);
    // The types are those of the aggregates where a summary does not have them.
    const types = Object.entries(outcome.metrics).map(([name, { type }]) => [name, type]);
    expect(Object.fromEntries(types)).toMatchObject({
      iterations: 'counter',
      iteration_ok: 'rate',
      http_req_duration: 'trend',
    });
    const seen = JSON.parse(readFileSync(join(dir, 'seen.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(seen).toMatchObject({ run: 'abcd1234', report: 'true' });
    const bundle = readFileSync(join(dir, 'seen.js'), 'utf8');
    expect(bundle).toContain('handleSummary');
    expect(bundle).toContain('k6/experimental/fs');
    expect(bundle).not.toMatch(/for await|\?\./);
    expect(readFileSync(historyFile, 'utf8')).toBe('hello\n');
  });

  it('hands over the limit of requests, and that no other machine is to be reached', async () => {
    const engine = await findK6(standIn('paced', 'k6 v2.2.0', `${WRITE} process.exit(0);`));
    const argsOf = async (more: object): Promise<string[]> => {
      await engine.run({ ...run, ...more });
      return JSON.parse(readFileSync(join(dir, 'seen.json'), 'utf8')).args;
    };
    expect(await argsOf({ rps: 10 })).toContain('--rps=10');
    const option = '--blacklist-ip=';
    const ranges = (await argsOf({})).find((arg) => arg.startsWith(option))?.slice(option.length);
    const blocked = new BlockList();
    for (const range of ranges?.split(',') ?? []) {
      const [address = '', prefix] = range.split('/');
      blocked.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
    }
    const isBlocked = (address: string) => blocked.check(address, `ipv${isIP(address) as 4 | 6}`);
    const others = [
      '0.0.0.1',
      '10.0.0.1',
      '126.255.255.255',
      '128.0.0.1',
      '255.1.1.1',
      '2001:db8::1',
      'fe80::1',
    ];
    expect(others.filter((address) => !isBlocked(address))).toEqual([]);
    expect(['127.0.0.1', '::1'].filter(isBlocked)).toEqual([]);
    expect((await argsOf({ loopbackOnly: false })).join(' ')).not.toContain(option);
  });

  it('hands over the outputs, and adds the samples to what their file has', async () => {
    const samples = join(dir, 'samples.json');
    writeFileSync(samples, 'before\n');
    const leave = `fs.writeFileSync(option('out').replace('json=', ''), 'a sample\\n');`;
    const engine = await findK6(
      standIn('telling', 'k6 v2.2.0', `${WRITE} ${leave} process.exit(0);`),
      {
        json: samples,
        otlp: new URL('http://127.0.0.1:4318'),
      },
    );
    await engine.run(run);
    await engine.run(run);
    expect(readFileSync(samples, 'utf8')).toBe('before\na sample\na sample\n');
    const { args } = JSON.parse(readFileSync(join(dir, 'seen.json'), 'utf8'));
    expect(args).toEqual(expect.arrayContaining(['--out=opentelemetry', '--tag=testid=a-run']));
  });

  it('hands over a script without a default function', async () => {
    const engine = await findK6(standIn('named', 'k6 v2.2.0', `${WRITE} process.exit(0);`));
    expect((await engine.run({ ...run, script: scriptOf('race').path })).errors).toEqual([]);
    const bundle = readFileSync(join(dir, 'seen.js'), 'utf8');
    expect(bundle).toMatch(/export \{[^}]*\bacross\b[^}]*\bhandleSummary\b/);
    expect(bundle).not.toContain('as default');
  });

  it.each([
    [
      'a script exception',
      `${WRITE} console.error('boom'); process.exit(107);`,
      { kind: 'k6 failed', code: 107, last: 'boom' },
    ],
    [
      'no summary',
      "console.error('gone'); process.exit(0);",
      { kind: 'k6 without summary', code: 0, last: 'gone' },
    ],
  ])('tells of %s', async (name, code, error) => {
    const engine = await findK6(standIn(name.replaceAll(' ', '-'), 'k6 v2.3.1', code));
    expect((await engine.run(run)).errors).toEqual([error]);
  });

  it('tells of exceptions that k6 itself passes over', async () => {
    const trace = `Error: boom\\n\\tat pick (file:///script.js:2:9(4))\\n\\tat default (file:///script.js:3:1(2))\\n\\n`;
    const log = `for (let i = 0; i < 3; i += 1) process.stderr.write('${trace}');
process.stderr.write('Request Failed\\nInsufficient VUs at 3:1\\n');`;
    const engine = await findK6(
      standIn('throwing', 'k6 v2.2.0', `${WRITE} ${log} process.exit(0);`),
    );
    expect((await engine.run(run)).errors).toEqual([
      { kind: 'script threw', message: 'Error: boom', count: 3, where: null },
    ]);
  });

  it('passes an interruption on and keeps what k6 had', async () => {
    const waiting = `process.on('SIGINT', () => { ${WRITE} process.exit(105); }); fs.writeFileSync(${JSON.stringify(join(dir, 'up'))}, ''); setInterval(() => {}, 1000);`;
    const engine = await findK6(standIn('waiting', 'k6 v2.2.0', waiting));
    const controller = new AbortController();
    const running = engine.run({ ...run, signal: controller.signal });
    // Looked for, not watched for: it may be there before a watch begins.
    while (!existsSync(join(dir, 'up'))) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect(await running).toMatchObject({ interrupted: true, iterations: 4, errors: [] });
  });
});
