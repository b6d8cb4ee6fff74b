/** What shows that an option, or a member of a scenario, is heeded: a script for each, and what its run shows. */

import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { EngineResult } from '../../../../load/engine/engine.ts';
import { closeServer, listen } from '../../../support/listen.ts';
import { selfSigned } from '../certificate.ts';
import { run } from '../support.ts';

interface Shown {
  readonly result: EngineResult;
  /** What the script told. */
  readonly lines: readonly unknown[];
}

interface Proof {
  /** Text of the options. */
  readonly options: string;
  /** Body of the iteration; others are in front of it. */
  readonly body?: string;
  readonly others?: string;
  readonly env?: Record<string, string>;
  shows(shown: Shown): boolean;
}

/** Servers that the scripts send to. */
export interface Servers {
  /** Echoes. */
  readonly url: string;
  readonly secure: SecureServer;
}

export interface SecureServer {
  readonly url: string;
  readonly pair: { readonly key: string; readonly cert: string };
  close(): Promise<void>;
}

/** Tells the name in the client's certificate, or `none`. */
export async function startSecureServer(): Promise<SecureServer> {
  const pair = selfSigned();
  const server = https.createServer(
    { ...pair, requestCert: true, rejectUnauthorized: false },
    ({ socket }, response) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate();
      response.end(String(subject?.CN ?? 'none'));
    },
  );
  const port = await listen(server);
  return {
    url: `https://127.0.0.1:${port}/`,
    pair,
    async close() {
      await closeServer(server);
    },
  };
}

const first = (lines: readonly unknown[]) => JSON.stringify(lines[0]);
const threshold = (metric: string, expression: string) =>
  `thresholds: { '${metric}': ['${expression}'] }`;
const kept = ({ result }: Shown) => result.thresholds.length > 0 && result.exitCode === 0;
const atOnce = (limits: string): Proof => ({
  options: limits,
  body: `const start = Date.now();
    http.batch([url + '/never', url + '/never'].map((at) => ['GET', at, null, { timeout: 60 }]));
    tell(Date.now() - start);`,
  shows: ({ lines }) => Number(lines[0]) >= 118,
});
const hanging = (hook: string) =>
  `export function ${hook}() { setTimeout(() => {}, 60000); return new Promise(() => {}); }`;

function optionProofs({ url, secure }: Servers): Readonly<Record<string, Proof>> {
  const { host } = new URL(url);
  const answer = `tell(http.get('${secure.url}').body);`;
  const skip = 'insecureSkipTLSVerify: true';
  return {
    batch: atOnce('batch: 1'),
    batchPerHost: atOnce('batchPerHost: 1'),
    blacklistIPs: {
      options: "blacklistIPs: ['127.0.0.0/8']",
      body: 'tell(http.get(url).error_code);',
      shows: ({ lines }) => lines[0] === 1110,
    },
    blockHostnames: {
      options: "blockHostnames: ['*.test']",
      body: "tell(http.get('http://a.test/').error_code);",
      shows: ({ lines }) => lines[0] === 1111,
    },
    discardResponseBodies: {
      options: 'discardResponseBodies: true',
      body: 'tell(http.get(url).body);',
      shows: ({ lines }) => lines[0] === null,
    },
    duration: {
      options: "vus: 1, duration: '100ms'",
      body: 'sleep(0.01);',
      shows: ({ result }) => result.durationMs >= 99,
    },
    executionSegment: {
      options: "vus: 5, iterations: 10, executionSegment: '0:1/5'",
      shows: ({ result }) => result.iterations === 2,
    },
    executionSegmentSequence: {
      options:
        "vus: 4, iterations: 8, executionSegment: '0:1/4', executionSegmentSequence: '0,1/4,1'",
      shows: ({ result }) => result.iterations === 2,
    },
    handleSummaryTimeout: {
      options: "handleSummaryTimeout: '20ms'",
      others: hanging('handleSummary'),
      shows: ({ result }) => result.scriptErrors[0]?.message.includes('timed out') === true,
    },
    hosts: {
      options: `hosts: { 'a.test': '${host}' }`,
      body: "tell(http.get('http://a.test/').json('headers.host'));",
      shows: ({ lines }) => lines[0] === 'a.test',
    },
    insecureSkipTLSVerify: {
      options: skip,
      body: answer,
      shows: ({ lines }) => lines[0] === 'none',
    },
    iterations: { options: 'iterations: 3', shows: ({ result }) => result.iterations === 3 },
    maxRedirects: {
      options: 'maxRedirects: 0',
      body: "tell(http.get(url + '/redirect').status);",
      shows: ({ lines }) => lines[0] === 302,
    },
    minIterationDuration: {
      options: "iterations: 2, minIterationDuration: '60ms'",
      shows: ({ result }) => result.durationMs >= 118,
    },
    noConnectionReuse: {
      options: `noConnectionReuse: true, ${threshold('http_req_connecting', 'min>0')}`,
      body: 'http.get(url); http.get(url);',
      shows: kept,
    },
    noCookiesReset: {
      options: 'iterations: 2, noCookiesReset: true',
      body: "tell(http.get(url).json('headers.cookie') ?? null); http.cookieJar().set(url, 'a', 'b');",
      shows: ({ lines }) => JSON.stringify(lines) === '[null,"a=b"]',
    },
    rps: {
      options: 'rps: 20',
      body: 'http.get(url); http.get(url); http.get(url);',
      shows: ({ result }) => result.durationMs >= 98,
    },
    scenarios: {
      options: "scenarios: { mine: { executor: 'per-vu-iterations', vus: 2 } }",
      shows: ({ result }) => result.iterations === 2,
    },
    setupTimeout: {
      options: "setupTimeout: '20ms'",
      others: hanging('setup'),
      shows: ({ result }) => result.exitCode === 100,
    },
    stages: {
      options: "vus: 1, stages: [{ duration: '0s', target: 3 }, { duration: '50ms', target: 3 }]",
      body: 'tell(exec.vu.idInTest); sleep(0.02);',
      shows: ({ lines }) => new Set(lines).size === 3,
    },
    summaryTrendStats: {
      options: "summaryTrendStats: ['max', 'p(42)', 'count']",
      shows: ({ result }) =>
        Object.keys(result.summary.metrics.iteration_duration?.values ?? {}).join() ===
        'max,p(42),count',
    },
    systemTags: {
      options: `systemTags: ['ip'], ${threshold('http_reqs{ip:127.0.0.1,method:}', 'count==1')}`,
      body: 'http.get(url);',
      shows: kept,
    },
    tags: {
      options: `tags: { own: 'yes' }, ${threshold('http_reqs{own:yes}', 'count==1')}`,
      body: 'http.get(url);',
      shows: kept,
    },
    teardownTimeout: {
      options: "teardownTimeout: '20ms'",
      others: hanging('teardown'),
      shows: ({ result }) => result.exitCode === 101,
    },
    throw: {
      options: 'throw: true',
      body: "http.get('http://h:port/');",
      shows: ({ result }) => result.exitCode === 107,
    },
    tlsAuth: {
      options: `${skip}, tlsAuth: [${JSON.stringify(secure.pair)}]`,
      body: answer,
      shows: ({ lines }) => lines[0] === 'localhost',
    },
    tlsVersion: {
      options: `${skip}, tlsVersion: http.TLS_1_2`,
      body: `tell(http.get('${secure.url}').tls_version);`,
      shows: ({ lines }) => lines[0] === 'tls1.2',
    },
    userAgent: {
      options: "userAgent: 'mine'",
      body: "tell(http.get(url).json('headers.user-agent'));",
      shows: ({ lines }) => lines[0] === 'mine',
    },
    vus: {
      options: 'vus: 3, iterations: 3',
      body: 'tell(exec.vu.idInTest); sleep(0.02);',
      shows: ({ lines }) => new Set(lines).size === 3,
    },
    cloud: { options: "cloud: { name: 'x' }", shows: ({ result }) => result.exitCode === 0 },
    ext: {
      options:
        "ext: { other: 1, dialproof: { thresholds: { iterations: [{ threshold: 'count>9', window: '1s' }] } } }",
      shows: ({ result }) => result.exitCode === 99,
    },
    noUsageReport: { options: 'noUsageReport: true', shows: ({ result }) => result.exitCode === 0 },
    thresholds: {
      options: threshold('iterations', 'count>1'),
      shows: ({ result }) => result.exitCode === 99,
    },
  };
}

/** Iterations that each executor starts by the members below, every one with a VU that is free. */
const COUNTS: Readonly<
  Record<string, Readonly<Record<string, readonly [members: string, started: number]>>>
> = {
  'shared-iterations': {
    iterations: ['iterations: 5', 5],
    vus: ['vus: 2, iterations: 2', 2],
  },
  'per-vu-iterations': {
    iterations: ['iterations: 5', 5],
    vus: ['vus: 2', 2],
  },
  'constant-arrival-rate': {
    duration: ["duration: '300ms', rate: 100, preAllocatedVUs: 30", 30],
    rate: ["duration: '200ms', rate: 50, preAllocatedVUs: 30", 10],
    timeUnit: ["duration: '200ms', rate: 50, timeUnit: '500ms', preAllocatedVUs: 30", 20],
  },
  'ramping-arrival-rate': {
    stages: ["stages: [{ duration: '200ms', target: 100 }], preAllocatedVUs: 30", 10],
    startRate: [
      "startRate: 100, stages: [{ duration: '200ms', target: 100 }], preAllocatedVUs: 30",
      20,
    ],
    timeUnit: [
      "startRate: 50, timeUnit: '500ms', stages: [{ duration: '200ms', target: 50 }], preAllocatedVUs: 30",
      20,
    ],
  },
};

/** Members of a scenario that make it last about 100 ms. */
const SHORT: Readonly<Record<string, string>> = {
  'shared-iterations': "iterations: 1, maxDuration: '100ms'",
  'per-vu-iterations': "maxDuration: '100ms'",
  'constant-vus': "duration: '100ms'",
  'ramping-vus': "stages: [{ duration: '100ms', target: 1 }]",
  'constant-arrival-rate': "rate: 20, duration: '100ms', preAllocatedVUs: 1",
  'ramping-arrival-rate':
    "startRate: 100, stages: [{ duration: '300ms', target: 100 }], preAllocatedVUs: 1",
};

function scenarioProof(executor: string, member: string): Proof | undefined {
  const short = SHORT[executor];
  if (short === undefined) return undefined;
  const of = (members: string) => `scenarios: { s: { executor: '${executor}', ${members} } }`;
  const counted = COUNTS[executor]?.[member];
  if (counted) {
    const [members, started] = counted;
    return {
      options: of(members),
      shows: ({ result }) => result.iterations === started && result.droppedIterations === 0,
    };
  }
  const distinct = (members: string, vus: number, pause = 0.05): Proof => ({
    options: of(members),
    body: `tell(exec.vu.idInTest); sleep(${pause});`,
    shows: ({ lines }) => new Set(lines).size === vus,
  });
  const cut = (members: string): Proof => ({
    options: of(members),
    body: "tell('began'); sleep(60);",
    shows: ({ result, lines }) =>
      lines.length > 0 && result.iterations === 0 && result.durationMs < 20_000,
  });
  const arrivals = "duration: '600ms', rate: 20";
  const ramp = "startRate: 20, stages: [{ duration: '600ms', target: 20 }]";
  const own = executor === 'constant-arrival-rate' ? arrivals : ramp;
  switch (member) {
    case 'executor':
      return {
        options: of(short),
        body: 'tell(exec.scenario.executor);',
        shows: ({ lines }) => lines[0] === executor,
      };
    case 'exec':
      return {
        options: of(`${short}, exec: 'other'`),
        others: "export function other() { tell('other'); }",
        shows: ({ lines }) => lines[0] === 'other',
      };
    case 'env':
      return {
        options: of(`${short}, env: { OWN: 'yes' }`),
        body: 'tell(__ENV.OWN);',
        shows: ({ lines }) => lines[0] === 'yes',
      };
    case 'tags':
      return {
        options: `${of(`${short}, tags: { own: 'yes' }`)}, ${threshold('iterations{own:yes}', 'count>0')}`,
        shows: kept,
      };
    case 'startTime':
      return {
        options: of(`${short}, startTime: '100ms'`),
        body: 'tell(exec.instance.currentTestRunDuration);',
        shows: ({ lines }) => Number(lines[0]) >= 99,
      };
    case 'gracefulStop':
      return cut(`${short}, gracefulStop: '0s'`);
    case 'maxDuration':
      return cut(`${short}, gracefulStop: '0s'`);
    case 'gracefulRampDown':
      return cut(
        "startVUs: 1, stages: [{ duration: '0s', target: 0 }, { duration: '50ms', target: 0 }], gracefulRampDown: '0s'",
      );
    case 'duration':
      return {
        options: of(short),
        body: 'sleep(0.01);',
        shows: ({ result }) => result.durationMs >= 99,
      };
    case 'vus':
      return distinct(`${short}, vus: 2`, 2);
    case 'startVUs':
      return distinct("startVUs: 2, stages: [{ duration: '50ms', target: 2 }]", 2);
    case 'stages':
      return distinct(
        "startVUs: 0, stages: [{ duration: '0s', target: 3 }, { duration: '50ms', target: 3 }]",
        3,
      );
    case 'preAllocatedVUs':
      return distinct(`${own}, preAllocatedVUs: 2`, 2, 0.5);
    case 'maxVUs':
      // However long it takes to add a VU, it is there for the third iteration.
      return {
        options: of(`${own.replace('600ms', '10m')}, preAllocatedVUs: 1, maxVUs: 3`),
        body: `tell(exec.vu.idInTest);
          if (exec.scenario.iterationInTest === 2) exec.test.abort();
          sleep(600);`,
        shows: ({ lines }) => new Set(lines).size === 3,
      };
    default:
      return undefined;
  }
}

/** @returns why it is not shown that the option is heeded; true where it is. */
export async function proveOption(name: string, servers: Servers): Promise<true | string> {
  return prove(optionProofs(servers)[name], servers);
}

export async function proveScenarioMember(
  executor: string,
  member: string,
  servers: Servers,
): Promise<true | string> {
  return prove(scenarioProof(executor, member), servers);
}

async function prove(proof: Proof | undefined, { url }: Servers): Promise<true | string> {
  if (!proof) return 'nothing proves it';
  const { options, body = '', others = '', env = {} } = proof;
  try {
    const shown = await run(
      `import http from 'k6/http';
      import { sleep } from 'k6';
      import exec from 'k6/execution';
      const url = __ENV.URL;
      const tell = (value) => console.log(JSON.stringify(value));
      export const options = { ${options} };
      ${others}
      export default function () { ${body} }`,
      { env: { URL: url, ...env } },
    );
    return proof.shows(shown) || `${first(shown.lines)}, exit code ${shown.result.exitCode}`;
  } catch (error) {
    return (error as Error).message;
  }
}
