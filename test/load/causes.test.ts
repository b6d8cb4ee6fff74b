/** A run that fails for one cause names the cause, and what to do. What was measured is kept. */

import http from 'node:http';
import { join } from 'node:path';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { Engine } from '../../load/engines/engine.ts';
import { causeOf } from '../../load/judge/cause.ts';
import type { ProfileValues, ScenarioName } from '../../load/lib/profiles.ts';
import { type LoadTarget, runScript, scriptOf } from '../../load/run/run-script.ts';
import { closeServer, listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { type Bench, nextTag, openBench, startTarget } from './scenarios.ts';

const dir = tempDir();
let bench: Bench;
beforeAll(async () => {
  bench = await openBench(dir);
});

/** An objective that a busy machine keeps. */
const PATIENT = { p95Ms: 100_000 };

function run(
  scenario: ScenarioName,
  target: LoadTarget,
  values: ProfileValues,
  engine: Engine = embeddedEngine,
  onProgress: () => void = () => {},
) {
  return runScript({
    script: scriptOf(scenario, { ...PATIENT, ...values }),
    engine,
    target,
    corpusDir: join(bench.dir, 'corpus'),
    manifest: bench.manifest,
    runTag: nextTag(),
    outDir: dir,
    values: { ...PATIENT, ...values },
    onProgress,
  });
}

const FEW = { iterations: 4 };
const SIGNED_OTHERWISE = {
  kind: 'all refused',
  requests: 4,
  status: 403,
  error: 'InvalidSignatureException',
  count: 4,
  remedy: 'secret and Region',
};

it.each<[string, Partial<LoadTarget>, object]>([
  ['a wrong secret', { secretAccessKey: 'wrong' }, SIGNED_OTHERWISE],
  ['a wrong Region', { region: 'eu-west-2' }, SIGNED_OTHERWISE],
  [
    'an unknown key',
    { accessKeyId: 'AKIANOBODY' },
    { ...SIGNED_OTHERWISE, error: 'UnrecognizedClientException', remedy: 'credentials' },
  ],
])('%s is told in the place of the missed thresholds', async (_, change, cause) => {
  const { target, close } = await startTarget({});
  try {
    const { verdict, reasons, thresholds, failedAnswers } = await run(
      'smoke',
      { ...target, ...change },
      FEW,
    );
    expect({ verdict, reasons }).toEqual({ verdict: 'fail', reasons: [cause] });
    expect(thresholds.filter(({ ok }) => !ok).length).toBeGreaterThan(1);
    expect(failedAnswers).toEqual([expect.objectContaining({ status: 403, count: 4 })]);
  } finally {
    await close();
  }
});

it.each<[string, http.RequestListener, object]>([
  [
    'a server that knows no such path',
    (_, response) => response.writeHead(404).end('nothing here'),
    { kind: 'all refused', status: 404, error: 'Not Found', remedy: 'target' },
  ],
  [
    'a server that answers everything with 200',
    (_, response) => response.end('{"hello":"world"}'),
    { kind: 'nothing understood', requests: 4 },
  ],
])('%s is not taken for Amazon Connect', async (_, listener, cause) => {
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  try {
    const target = { url, controlUrl: null, quota: null, region: 'us-east-1' };
    const keys = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
    const { verdict, reasons } = await run('smoke', { ...target, ...keys }, FEW);
    expect(verdict).toBe('fail');
    expect(reasons[0]).toMatchObject(cause);
    expect(reasons.some(({ kind }) => kind === 'threshold missed')).toBe(false);
  } finally {
    await closeServer(server);
  }
});

it('names the quota of an endpoint as the cause where the scenario is for one without', async () => {
  const { target, close } = await startTarget({ profile: 'aws' });
  try {
    const { verdict, reasons } = await run('replay', target, { iterations: 12 });
    expect(verdict).toBe('fail');
    expect(reasons[0]).toMatchObject({
      kind: 'quota in the way',
      error: 'TooManyRequestsException',
      of: 66,
    });
  } finally {
    await close();
  }
});

it.each([true, false])(
  'keeps what was measured where the endpoint dies in the middle (control door: %s)',
  async (controlled) => {
    const { target, close } = await startTarget({});
    let dying: Promise<void> | undefined;
    const engine: Engine = {
      ...embeddedEngine,
      run: (options) => embeddedEngine.run({ ...options, onProgress: () => (dying ??= close()) }),
    };
    const result = await run(
      'throughput',
      controlled ? target : { ...target, controlUrl: null },
      // A user for each arrival: a machine that stalls drops none.
      { rate: 40, seconds: 2, vus: 80 },
      engine,
    );
    await dying;
    const { verdict, reasons, requests, statuses, audit } = result;
    expect({ verdict, requests, ledger: audit.ledger }).toEqual({
      verdict: 'fail',
      requests: 80,
      ledger: false,
    });
    expect(statuses['200']).toBeGreaterThan(0);
    expect(reasons.map(({ kind }) => kind)).toEqual([
      ...(controlled ? ['endpoint lost'] : []),
      'stopped answering',
      ...reasons.filter(({ kind }) => kind === 'threshold missed').map(({ kind }) => kind),
    ]);
  },
);

describe('the cause', () => {
  const SEEN = {
    row: { endpoint: 'stress' },
    history: true,
    requests: 40,
    statuses: { '200': 30 },
    contacts: 300,
    failedAnswers: [{ status: 429, error: 'ThrottlingException', count: 10 }],
    unansweredAtEnd: 0,
    faulty: false,
  } as const;

  it.each<[string, Partial<Parameters<typeof causeOf>[0]>]>([
    ['a scenario about the quota', { row: { endpoint: 'aws' } }],
    ['a script of the user’s own', { row: null }],
    ['an endpoint that was told to throttle', { faulty: true }],
    ['refusals of some requests', { failedAnswers: [{ status: 403, error: '', count: 39 }] }],
    // A script of the user’s own may make requests that are not in its history.
    [
      'refusals of as many as the history has',
      {
        row: null,
        requests: 60,
        failedAnswers: [{ status: 403, error: '', count: 40 }],
      },
    ],
    ['a few requests without an answer', { failedAnswers: [], unansweredAtEnd: 9 }],
  ])('is not made up for %s', (_, change) => {
    expect(causeOf({ ...SEEN, ...change })).toBeNull();
  });

  it('of a plain script is told without credentials that it may not have', () => {
    const failedAnswers = [{ status: 404, error: 'Not Found', count: 40 }];
    const plain = { ...SEEN, row: null, history: false, statuses: {}, contacts: 0, failedAnswers };
    expect(causeOf(plain)).toMatchObject({ kind: 'all refused', remedy: 'the script' });
    const none = [{ status: 0, error: 'dial: connection refused', count: 40 }];
    expect(causeOf({ ...plain, failedAnswers: none })).toMatchObject({ remedy: 'start it' });
  });

  it.each([
    [500, 'InternalServiceException', 'its log'],
    [400, 'InvalidRequestException', 'its log'],
    [403, 'AccessDeniedException', 'caller'],
    [404, 'ResourceNotFoundException', 'instance'],
    [404, 'UnknownOperationException', 'target'],
    [405, 'Method Not Allowed', 'target'],
  ])('of %i %s has a remedy: %s', (status, error, remedy) => {
    const failedAnswers = [{ status, error, count: 40 }];
    expect(causeOf({ ...SEEN, failedAnswers })).toMatchObject({ kind: 'all refused', remedy });
  });
});
