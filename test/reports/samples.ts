/** Runs as they really look: one that passes, and the ways in which one does not. */

import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { MODELLED_ERRORS } from '../../operation/connect/batch-put-contact/refusals.ts';
import {
  type AuditResult,
  type CampaignsResult,
  type ContractsResult,
  type CoverageCell,
  type InteractionResult,
  type InvariantResult,
  type LoadResult,
  type MetricResult,
  type PartVerdict,
  RUN_SCHEMA,
  type Run,
  type SeriesPoint,
  type VerdictCounts,
} from '../../run/run.ts';
import { type AttemptNamed, WITNESSES } from '../../run/statements/audit.ts';
import { COUNTED } from '../../run/statements/contracts.ts';
import { judge, type Unjudged } from '../../run/verdict.ts';
import { judgedThreshold } from '../support/threshold.ts';

const INVARIANTS: readonly (readonly [string, string])[] = [
  ['one-result-per-item', 'Each item of an answered batch has one result.'],
  ['one-contact-per-item', 'A ClientToken and an item never lead to two ContactIds.'],
  ['replay-is-equal', 'A replay gives the answer that the first call got.'],
  ['conflict-creates-nothing', 'A ClientToken reused with other contacts creates nothing.'],
  ['refused-creates-nothing', 'A refused request creates nothing.'],
  ['nothing-lost', 'Every contact that was acknowledged is in the ledger.'],
  ['as-predicted', 'Every item got the contact or code that was predicted.'],
];

function judged(run: Unjudged): Run {
  return { ...run, ...judge(run) };
}

/** An answer to a replay that is another one than the first. */
function replayOf(batch: number, again: number, digest: string, firstDigest: string) {
  const token = `5f0c6d1e-${String(batch).padStart(10, '0')}`;
  const at = (attempt: number): AttemptNamed => ({
    batch,
    token,
    attempt,
    startMs: Date.UTC(2026, 10, 23, 22, 40, 40 + attempt),
    status: 200,
    error: null,
  });
  return { kind: 'replay differs', attempt: at(again), digest, first: at(1), firstDigest } as const;
}

/** A fixed wobble in place of chance: between -1 and 1. */
function wobble(second: number): number {
  return Math.sin(second * 1.7) * 0.6 + Math.sin(second * 0.43 + 1) * 0.4;
}

export function series(seconds: number, rate: number, stallAt?: number): SeriesPoint[] {
  return Array.from({ length: seconds }, (_, second) => {
    const stalled = stallAt !== undefined && second >= stallAt && second < stallAt + 4;
    const requests = stalled ? 0 : Math.round(rate * (1 + wobble(second) * 0.06));
    const late = stallAt !== undefined && second === stallAt + 4 ? 30 : 1;
    return {
      second,
      requests,
      errors: stallAt !== undefined && second >= stallAt + 4 && second < stallAt + 9 ? 12 : 0,
      p50: requests === 0 ? 0 : (3.1 + wobble(second) * 0.4) * Math.sqrt(late),
      p95: requests === 0 ? 0 : (7 + wobble(second * 2) * 2) * late,
      p99: requests === 0 ? 0 : (11 + wobble(second * 3) * 5) * late,
      vus: requests === 0 ? null : 8 + Math.round(wobble(second) * 2),
      failed:
        stallAt !== undefined && second >= stallAt + 4 && second < stallAt + 9
          ? { TooManyRequestsException: 9, 'no answer': 3 }
          : {},
      codes:
        requests === 0 ? {} : { INVALID_QUEUE: 6 + (second % 3), REQUEST_THROTTLED: second % 4 },
    };
  });
}

function counts(created: number, each: number): VerdictCounts {
  return {
    CREATED: created,
    ...Object.fromEntries(FAILURE_CODES.map((code) => [code, each])),
  };
}

function interaction(pins: string | null, description: string): InteractionResult {
  const what = `what gives ${pins}`;
  return {
    description,
    pins,
    consumer: 'pass',
    provider: 'pass',
    detail: null,
    undocumented:
      pins === null ? null : { mark: 'inferred', what, source: 'the name', choice: null },
  };
}

export const INTERACTIONS: readonly InteractionResult[] = [
  interaction(null, 'a batch of one contact'),
  interaction(null, 'a batch of 25 contacts, some of which fail'),
  interaction(null, 'the same batch sent again'),
  ...FAILURE_CODES.map((code) => interaction(code, `a contact that fails with ${code}`)),
  ...MODELLED_ERRORS.map((name) => interaction(name, `a call refused with ${name}`)),
  interaction('TooManyRequestsException', 'a call over the rate'),
];

function cell(group: string, name: string, change: Partial<CoverageCell>): CoverageCell {
  return { group, name, status: 'pinned', by: [], reason: null, ...change };
}

const contracts: ContractsResult = {
  name: 'BatchPutContact',
  verdict: 'pass',
  consumer: 'dialer',
  provider: 'BatchPutContact',
  pactFile: 'pacts/dialer-BatchPutContact.json',
  durationMs: 2_840,
  interactions: INTERACTIONS,
  checks: [
    {
      name: 'every failure code is pinned',
      verdict: 'pass',
      detail: { kind: 'all good', counted: 'codes', count: FAILURE_CODES.length },
    },
    {
      name: 'every modelled error is pinned',
      verdict: 'pass',
      detail: { kind: 'all good', counted: 'errors', count: 6 },
    },
    {
      name: 'no interaction was lost',
      verdict: 'pass',
      detail: { kind: 'all good', counted: 'interactions', count: INTERACTIONS.length },
    },
  ],
  coverage: [
    cell('failure code', 'INVALID_QUEUE', { by: ['a contact that fails with INVALID_QUEUE'] }),
    cell('bound', 'RequestIdentifier of 80', { by: ['a batch with an identifier of 80'] }),
    cell('bound', 'InstanceId of 0', {
      status: 'asserted elsewhere',
      by: ['test/emulator/refusals.test.ts › an empty instance id'],
    }),
    cell('bound', 'ContactId of 256', { status: 'not covered', reason: 'every id is a UUID' }),
  ],
  mutation: {
    durationMs: 4_180,
    provider: { mutants: 1_182, killed: 1_060 },
    client: { mutants: 1_121, killed: 1_117 },
    survivors: [
      {
        side: 'provider',
        mutation: {
          kind: 'mutated',
          where: '$.FailedRequestList',
          how: 'reordered',
          interaction: null,
        },
        count: 10,
        reason: 'no order is published, so none is pinned',
      },
    ],
  },
  drift: {
    against: 'botocore 1.44.8, @aws-sdk/client-connect 3.1136.0',
    differences: [],
    absent: [],
  },
};

const campaigns: CampaignsResult = {
  verdict: 'pass',
  startedAt: '2026-11-23T22:40:10.000Z',
  durationMs: 1_840,
  campaigns: [
    {
      version: 1,
      operation: 'PutDialRequestBatch',
      sent: 150,
      accepted: 131,
      refused: { InvalidInput: 8, RequestThrottled: 6, UnknownError: 5 },
      throttled: null,
      contacts: 129,
      failed: { INVALID_CUSTOMER_ENDPOINT: 2 },
      dialled: 121,
      ended: { OTHER: 60, TELECOM_BUSY: 40, CUSTOMER_NEVER_ARRIVED: 21, EXPIRED: 8 },
      answered: 60,
      connected: null,
      stages: [
        { from: 'accepted', to: 'contact', count: 129, p50Ms: 104, p95Ms: 380 },
        { from: 'contact', to: 'ringing', count: 121, p50Ms: 2_100, p95Ms: 24_500 },
        { from: 'accepted', to: 'ended', count: 129, p50Ms: 41_000, p95Ms: 96_000 },
      ],
      agents: null,
    },
    {
      version: 2,
      operation: 'PutOutboundRequestBatch',
      sent: 150,
      accepted: 132,
      refused: { InvalidInput: 7, RequestThrottled: 6, UnknownError: 5 },
      throttled: null,
      contacts: 132,
      failed: {},
      dialled: 122,
      ended: { OTHER: 61, TELECOM_BUSY: 41, CUSTOMER_DISCONNECT: 20, EXPIRED: 10 },
      answered: 81,
      connected: 58,
      stages: [
        { from: 'accepted', to: 'contact', count: 132, p50Ms: 101, p95Ms: 204 },
        { from: 'contact', to: 'ringing', count: 122, p50Ms: 1_000, p95Ms: 61_200 },
        { from: 'ringing', to: 'agent', count: 58, p50Ms: 14_300, p95Ms: 33_100 },
        { from: 'agent', to: 'ended', count: 58, p50Ms: 151_000, p95Ms: 390_000 },
        { from: 'accepted', to: 'ended', count: 132, p50Ms: 92_000, p95Ms: 451_000 },
      ],
      agents: {
        agents: 10,
        occupancy: 0.78,
        waited: 61,
        abandoned: 3,
        series: Array.from({ length: 40 }, (_, i) => ({
          second: (i + 1) * 30,
          occupancy: i < 3 || i > 35 ? 0.2 + (i % 4) / 20 : 0.75 + (i % 5) / 20,
          ringing: (i * 7) % 5,
          withAgents: 5 + (i % 5),
        })),
      },
    },
  ],
  checks: [
    {
      name: 'every item is answered as predicted',
      verdict: 'pass',
      checked: 300,
      violations: 0,
      evidence: [],
    },
    {
      name: 'every accepted dial request is in one contact or one stated failure',
      verdict: 'pass',
      checked: 263,
      violations: 0,
      evidence: [],
    },
  ],
};

function audit(changes: Readonly<Record<string, Partial<InvariantResult>>> = {}): AuditResult {
  const invariants = INVARIANTS.map(
    ([name, statement]): InvariantResult => ({
      name,
      statement,
      verdict: 'holds',
      checked: 12_000,
      violations: 0,
      evidence: [],
      ...changes[name],
    }),
  );
  const violated = invariants.some((one) => one.verdict === 'violated');
  return { verdict: violated ? 'fail' : 'pass', attempts: 12_480, ledger: true, invariants };
}

const METRICS: readonly MetricResult[] = [
  {
    name: 'batches_started',
    type: 'counter',
    contains: 'default',
    values: { count: 12_000, rate: 199.2 },
  },
  {
    name: 'data_sent',
    type: 'counter',
    contains: 'data',
    values: { count: 81_400_000, rate: 1_351_000 },
  },
  {
    name: 'http_req_duration',
    type: 'trend',
    contains: 'time',
    values: { avg: 3.9, min: 1.02, med: 3.14, max: 61.2, 'p(90)': 6.8, 'p(95)': 9.41 },
  },
  {
    name: 'http_req_failed',
    type: 'rate',
    contains: 'default',
    values: { rate: 0, passes: 0, fails: 12_000 },
  },
  { name: 'vus', type: 'gauge', contains: 'default', values: { value: 20, min: 20, max: 20 } },
];

const HISTOGRAM = [
  { fromMs: 1, toMs: 1.259, count: 310 },
  { fromMs: 1.259, toMs: 2.512, count: 3_900 },
  { fromMs: 2.512, toMs: 3.981, count: 4_800 },
  { fromMs: 3.981, toMs: 6.31, count: 2_100 },
  { fromMs: 6.31, toMs: 15.85, count: 860 },
  { fromMs: 50.12, toMs: 63.1, count: 30 },
];

function load(scenario: string, changes: Partial<LoadResult> = {}): LoadResult {
  return {
    scenario,
    verdict: 'pass',
    reasons: [],
    findings: [],
    engine: { name: 'dialproof', version: '0.1.0' },
    startedAt: '2026-11-23T22:40:12.000Z',
    durationMs: 60_240,
    iterations: 12_000,
    history: true,
    requests: 12_000,
    contacts: 300_000,
    statuses: { '200': 12_000 },
    predicted: counts(295_600, 400),
    answered: counts(295_600, 400),
    latencyMs: { min: 1.02, p50: 3.14, p90: 6.8, p95: 9.41, p99: 17.6, max: 61.2 },
    histogram: HISTOGRAM,
    series: series(60, 200),
    aim: {
      unit: 'iterations/s',
      points: [0, 20, 40, 59].map((second) => ({ second, value: 200 })),
    },
    thresholds: [
      judgedThreshold('http_req_duration', 'p(99)<250', true, 17.6),
      judgedThreshold('checks', 'rate==1', true, 1),
      judgedThreshold('dropped_iterations', 'count==0', true, 0),
    ],
    checks: [
      { name: 'status is 200', groups: [], passes: 12_000, fails: 0 },
      { name: 'one result per item', groups: [], passes: 12_000, fails: 0 },
    ],
    metrics: METRICS,
    failedAnswers: [],
    validity: {
      valid: true,
      reasons: [],
      droppedIterations: 0,
      latenessP99Ms: 1.84,
      eventLoopDelayP99Ms: 2.1,
      busy: { what: 'the generator’s event loop', share: 0.31 },
    },
    audit: audit(),
    ...changes,
  };
}

const base: Unjudged = {
  schema: RUN_SCHEMA,
  id: '2026-11-23T22-40-07Z-42',
  startedAt: '2026-11-23T22:40:07.000Z',
  durationMs: 192_400,
  seed: 42,
  versions: {
    dialproof: '0.1.0',
    node: '24.21.0',
    '@pact-foundation/pact': '17.1.4',
    '@aws-sdk/client-connect': '3.1136.0',
    '@faker-js/faker': '10.6.0',
  },
  origin: {
    command: 'dialproof run --seed 42',
    host: { name: 'bench-1', system: 'linux x64', processors: 2, model: 'EPYC 7763' },
    commit: '5c1f0b7e9a4d2c3386e1f0aa12b34c56d78e9f01',
    branch: 'main',
    modified: false,
    buildUrl: 'https://ci.example/builds/7',
  },
  configuration: {
    file: 'dialproof.config.json',
    values: { 'contacts.batches': 12_000, contracts: true },
  },
  target: {
    url: 'http://127.0.0.1:4571',
    kind: 'embedded emulator',
    profile: 'stress',
    bugs: [],
    choices: {},
  },
  contacts: {
    contacts: 300_000,
    batches: 12_000,
    contactsPerBatch: 25,
    locales: ['en', 'de', 'ja', 'pt_BR'],
    predicted: counts(295_600, 400),
  },
  contracts: [contracts],
  campaigns,
  load: [load('steady'), load('replays', { series: series(900, 220) })],
  seededBugs: [],
  selfChecks: [],
  interrupted: false,
};

/** Everything was exercised and passed. */
export const passing: Run = judged(base);

/** The emulator forgets ClientTokens: the audit must see it, the contracts see it too. */
export const failing: Run = judged({
  ...base,
  target: {
    ...base.target,
    bugs: ['forgets-tokens'],
    choices: { emptyLists: 'omitted', retryAfterSeconds: '1' },
  },
  seededBugs: [
    {
      bug: 'forgets-tokens',
      meaning: 'a repeated ClientToken is run afresh, whatever its payload',
      catcher: { kind: 'scenario', scenario: 'replay', invariant: 'replays are equal' },
      caught: null,
    },
  ],
  selfChecks: [
    {
      name: 'seeded bug forgets-tokens',
      verdict: 'pass',
      detail: {
        kind: 'invariant asked',
        scenario: 'replay',
        invariant: 'replays are equal',
        verdict: 'violated',
        violations: 12,
        checked: 30,
      },
    },
    {
      name: 'fault plan ambiguous',
      verdict: 'fail',
      detail: {
        kind: 'faults stood',
        scenario: 'fault',
        blamed: 'nothing is doubled',
        evidence: {
          kind: 'doubled',
          token: 'abcd1234-0000000004',
          records: 2,
          contacts: 50,
          created: 25,
        },
        holding: 7,
        passed: false,
        faults: { 'drop-after-commit': 12 },
      },
    },
  ],
  contracts: [
    {
      ...contracts,
      verdict: 'fail',
      interactions: INTERACTIONS.map((one) =>
        one.pins === 'IdempotencyException'
          ? {
              ...one,
              provider: 'fail',
              detail: {
                kind: 'differences',
                differences: [
                  { where: null, text: 'expected status 409 but was 200' },
                  {
                    where: '$.Message',
                    text: '$.Message -> Expected "…" (String) but the member is missing',
                  },
                ],
              },
            }
          : one,
      ),
      coverage: [
        ...contracts.coverage,
        cell('way to fail', 'a new way', { status: 'unaccounted' }),
      ],
      mutation: {
        durationMs: 4_180,
        provider: { mutants: 1_182, killed: 1_059 },
        client: { mutants: 1_121, killed: 1_117 },
        survivors: [
          {
            side: 'provider',
            mutation: {
              kind: 'mutated',
              where: '$.Message',
              how: 'empty',
              interaction: 'a call refused with IdempotencyException',
            },
            count: 1,
            reason: null,
          },
        ],
      },
      drift: {
        against: '@aws-sdk/client-connect 3.1140.0',
        differences: [
          {
            level: 'breaking',
            operation: 'BatchPutContact',
            against: '@aws-sdk/client-connect 3.1140.0',
            fails: true,
            change: {
              kind: 'member required',
              way: 'request',
              member: 'ClientToken',
              required: true,
            },
          },
          {
            level: 'warning',
            operation: 'BatchPutContact',
            against: '@aws-sdk/client-connect 3.1140.0',
            fails: false,
            change: { kind: 'value new', enum: 'FailureReasonCode', value: 'UNLUCKY_HOUR' },
          },
        ],
        absent: ['@aws-sdk/client-connectcampaigns'],
      },
    },
  ],
  campaigns: {
    ...campaigns,
    verdict: 'fail',
    checks: campaigns.checks.map((one, i) =>
      i === 0
        ? one
        : {
            ...one,
            verdict: 'fail',
            violations: 7,
            evidence: [
              {
                kind: 'lost request',
                dialRequestId: '0c5f6a8e-1111-4222-8333-944445555666',
                clientToken: 'k2v9q1zz-0000000003-07',
              },
            ],
          },
    ),
  },
  load: [
    load('steady'),
    load('replays', {
      verdict: 'fail',
      reasons: [
        {
          kind: 'invariant violated',
          invariant: 'one-contact-per-item',
          violations: 212,
          checked: 12_000,
        },
        { kind: 'threshold missed', metric: 'checks', expression: 'rate==1', value: 0.9975 },
        {
          kind: 'threshold missed',
          metric: 'http_req_duration',
          expression: 'p(99)<250',
          value: 338.612,
        },
      ],
      series: series(60, 200, 31),
      statuses: { '0': 14, '200': 11_940, '429': 46 },
      failedAnswers: [
        { status: 429, error: 'TooManyRequestsException', count: 46 },
        { status: 0, error: 'request timeout', count: 14 },
      ],
      answered: counts(294_100, 400),
      contacts: 298_500,
      latencyMs: { min: 1.1, p50: 3.3, p90: 8.4, p95: 14.2, p99: 338.6, max: 1_204 },
      thresholds: [
        judgedThreshold('checks', 'rate==1', false, 0.9975),
        judgedThreshold('http_req_duration', 'p(99)<250', false, 338.612),
        judgedThreshold('replayed', 'count>0', false, null),
      ],
      checks: [
        { name: 'one result per item', groups: [], passes: 11_940, fails: 0 },
        { name: 'status is 200', groups: [], passes: 11_940, fails: 60 },
      ],
      validity: {
        valid: false,
        reasons: [{ kind: 'dropped', iterations: 137 }],
        droppedIterations: 137,
        latenessP99Ms: 84.2,
        eventLoopDelayP99Ms: 61.7,
        busy: { what: 'the generator’s event loop', share: 0.97 },
      },
      audit: audit({
        'one-contact-per-item': {
          verdict: 'violated',
          violations: 212,
          evidence: [
            replayOf(812, 2, '7a1d5c0e9b3f2a41', 'c09e51d277aa03b8'),
            replayOf(813, 2, '03bb7f10c4d96e25', '91f2e08a5b6c7d34'),
          ],
        },
        'replay-is-equal': {
          verdict: 'violated',
          violations: 9,
          evidence: [replayOf(1_377, 3, '91f2e08a5b6c7d34', '7a1d5c0e9b3f2a41')],
        },
        'nothing-lost': {
          verdict: 'not decidable',
          checked: 0,
          evidence: [{ kind: 'no witness', witness: 'ledger' }],
        },
      }),
    }),
  ],
});

/** Interrupted under load; what had finished passed. */
export const interrupted: Run = judged({
  ...base,
  durationMs: 41_000,
  load: [
    load('steady', {
      verdict: 'not exercised',
      reasons: [{ kind: 'interrupted' }],
      durationMs: 21_000,
      series: series(21, 200),
      audit: { verdict: 'not exercised', attempts: 4_200, ledger: false, invariants: [] },
    }),
  ],
  interrupted: true,
});

/** The passing run with an interaction that only the consumer is asked about. */
export const consumerOnly: Run = judged({
  ...base,
  contracts: [
    {
      ...contracts,
      interactions: [
        { ...interaction(null, 'an answer with a member that nobody knows'), provider: null },
        ...INTERACTIONS,
      ],
    },
  ],
});

const notRun: PartVerdict = 'not exercised';

/** Contracts alone were asked for, and the provider's side could not be run. */
export const partly: Run = judged({
  ...base,
  durationMs: 2_900,
  contacts: null,
  contracts: [
    {
      ...contracts,
      verdict: notRun,
      interactions: INTERACTIONS.filter(({ pins }) => pins !== 'INVALID_QUEUE').map((one) => ({
        ...one,
        provider: notRun,
        detail: { kind: 'verifier', message: 'the provider was not started' },
      })),
      checks: contracts.checks.map((check, i) =>
        i === 0 ? { ...check, verdict: notRun, detail: { kind: 'interrupted' } } : check,
      ),
      mutation: null,
    },
  ],
  load: [],
});

/** A script of the user's own, without a history. One check failed now and then, which its threshold allows. */
export const plain: Run = judged({
  ...base,
  durationMs: 31_000,
  contracts: [],
  campaigns: null,
  load: [
    load('checkout', {
      history: false,
      durationMs: 30_000,
      iterations: 600,
      requests: 1_200,
      contacts: 0,
      statuses: {},
      predicted: {},
      answered: {},
      latencyMs: null,
      histogram: [],
      series: [],
      aim: null,
      findings: [{ kind: 'no history', requests: 1_200 }],
      thresholds: [
        judgedThreshold('checks', 'rate>=0.9', true, 0.9983),
        judgedThreshold('http_req_duration{status:200}', 'p(95)<500', true, 84.2),
      ],
      checks: [
        { name: 'status is 200', groups: ['browse'], passes: 600, fails: 0 },
        { name: 'status is 200', groups: ['pay', 'by card'], passes: 598, fails: 2 },
        { name: 'is signed', groups: [], passes: 0, fails: 0 },
      ],
      metrics: [
        ...METRICS.slice(1, 2),
        {
          name: 'basket',
          type: 'gauge',
          contains: 'default',
          values: { value: 3, min: 0, max: 9 },
        },
        {
          name: 'checks',
          type: 'rate',
          contains: 'default',
          values: { rate: 0.998, passes: 1_198, fails: 2 },
        },
        {
          name: 'http_reqs',
          type: 'counter',
          contains: 'default',
          values: { count: 1_200, rate: 40 },
        },
        {
          name: 'http_req_failed',
          type: 'rate',
          contains: 'default',
          values: { rate: 0.0017, passes: 2, fails: 1_198 },
        },
        {
          name: 'http_req_duration',
          type: 'trend',
          contains: 'time',
          values: {
            avg: 31.4,
            min: 4.1,
            med: 28.7,
            max: 812,
            'p(90)': 61.3,
            'p(95)': 84.2,
            count: 1_200,
          },
        },
        {
          name: 'http_req_duration{status:200}',
          type: 'trend',
          contains: 'time',
          values: {
            avg: 31.3,
            min: 4.1,
            med: 28.7,
            max: 204,
            'p(90)': 61.2,
            'p(95)': 84.2,
            count: 1_198,
          },
        },
        {
          name: 'iterations',
          type: 'counter',
          contains: 'default',
          values: { count: 600, rate: 20 },
        },
      ],
      failedAnswers: [
        { status: 503, error: 'Service Unavailable', count: 1 },
        { status: 0, error: 'request timeout', count: 1 },
      ],
      audit: {
        verdict: 'not exercised',
        attempts: 0,
        ledger: true,
        invariants: audit({
          'one-result-per-item': {
            verdict: 'not decidable',
            checked: 0,
            evidence: [{ kind: 'nothing tells' }],
          },
        }).invariants.slice(0, 1),
      },
    }),
  ],
});

/** The load generator was the limit, and the objective depends on its figures. Nothing failed. */
export const notValid: Run = judged({
  ...base,
  load: [
    load('steady', {
      verdict: 'not valid',
      reasons: [
        {
          kind: 'figures not valid',
          because: [{ kind: 'dropped', iterations: 137 }],
          unjudged: [
            { metric: 'http_req_duration', expression: 'p(99)<250' },
            { metric: 'dropped_iterations', expression: 'count==0' },
          ],
        },
      ],
      thresholds: [
        { ...judgedThreshold('http_req_duration', 'p(99)<250', true, 17.6), judged: false },
        judgedThreshold('checks', 'rate==1', true, 1),
        { ...judgedThreshold('dropped_iterations', 'count==0', false, 137), judged: false },
      ],
      validity: {
        valid: false,
        reasons: [{ kind: 'dropped', iterations: 137 }],
        droppedIterations: 137,
        latenessP99Ms: 4.2,
        eventLoopDelayP99Ms: 3.7,
        busy: { what: 'the generator’s event loop', share: 0.47 },
      },
    }),
  ],
});

/** Nothing ran at all. */
export const empty: Run = judged({
  ...base,
  durationMs: 12,
  versions: {},
  contacts: null,
  contracts: [],
  campaigns: null,
  load: [],
});

/** Text that would break out of HTML, XML, Markdown and a terminal if it could. */
export const HOSTILE =
  '<script>alert(1)</script>"\' onload=x <img src=x onerror=y> ]]> &amp; | ` \u0000\u0007\u001b[31m\u202e\ud800 @everyone #1\n# h';

const FIXED: readonly unknown[] = [
  RUN_SCHEMA,
  ...['pass', 'fail', 'not valid', 'not exercised', 'holds', 'violated', 'not decidable'],
  ...['embedded emulator', 'stress', 'dialproof', 'VUs', 'iterations/s', 'provider', 'client'],
  ...['counter', 'gauge', 'rate', 'trend', 'default', 'time', 'data'],
  ...['pinned', 'asserted elsewhere', 'not covered', 'unaccounted', 'breaking', 'warning'],
  ...['accepted', 'contact', 'ringing', 'agent', 'ended'],
  ...['inferred', 'assumed', 'request', 'response', ...WITNESSES, ...COUNTED],
  ...FAILURE_CODES,
];

function poison<T>(value: T): T {
  if (typeof value === 'string') return (FIXED.includes(value) ? value : HOSTILE + value) as T;
  if (Array.isArray(value)) return value.map(poison) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'kind' ? member : poison(member)]),
  ) as T;
}

/** The failing run with hostile text in every string that is not a fixed word of the model. */
export const hostile: Run = poison({
  ...failing,
  versions: { [HOSTILE]: '1' },
  target: { ...failing.target, choices: { [HOSTILE]: '1' } },
  load: failing.load.map((one) => ({ ...one, series: one.series.slice(0, 3) })),
});

/** Every sample by name. */
export const SAMPLES: Readonly<Record<string, Run>> = {
  passing,
  failing,
  interrupted,
  partly,
  empty,
  consumerOnly,
  plain,
  notValid,
  hostile,
};
