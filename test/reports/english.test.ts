/** Every kind of statement has a sentence: the compiler asks for an example of each, the golden file has its English. */

import { evidenceSaid } from '../../reports/english/audit.ts';
import { catcherSaid } from '../../reports/english/catcher.ts';
import { changeSaid } from '../../reports/english/changes.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import {
  COUNTED_SAID,
  driftChangeSaid,
  mutantSaid,
  problemSaid,
  troubleSaid,
  undocumentedSaid,
} from '../../reports/english/contracts.ts';
import { crashViolationSaid, crashViolationsSaid } from '../../reports/english/crash.ts';
import { feederDoubtSaid, feederFindingSaid } from '../../reports/english/feeder.ts';
import {
  findingSaid,
  invaliditySaid,
  loadReasonSaid,
  noteSaid,
  rateTroubleSaid,
} from '../../reports/english/load.ts';
import { campaignViolationSaid, roadCrashSaid } from '../../reports/english/road.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { saying } from '../../reports/english/sentences.ts';
import type { AttemptNamed, Evidence } from '../../run/statements/audit.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import type { CatcherNamed } from '../../run/statements/catcher.ts';
import type { Change } from '../../run/statements/changes.ts';
import type { CheckDetail } from '../../run/statements/checks.ts';
import {
  COUNTED,
  type DriftChange,
  type Mutation,
  type Problem,
  type Trouble,
  type Undocumented,
} from '../../run/statements/contracts.ts';
import type { CrashViolation } from '../../run/statements/crash.ts';
import type { FeederDoubt, FeederFinding } from '../../run/statements/feeder.ts';
import {
  type Finding,
  type Invalidity,
  type LoadReason,
  type Note,
  type RateTrouble,
  REMEDIES,
  type SearchEnd,
} from '../../run/statements/load.ts';
import type { EventViolation, RoadEvidence, RoadViolation } from '../../run/statements/road.ts';
import type { RoadCrashViolation } from '../../run/statements/road-crash.ts';
import type { RunReason } from '../../run/statements/run.ts';
import { expectGoldenReport } from './golden.ts';

/** Kind -> the members of at least one example. */
type Examples<Statement extends { readonly kind: string }> = {
  readonly [Kind in Statement['kind']]: readonly [
    Omit<Extract<Statement, { kind: Kind }>, 'kind'>,
    ...Omit<Extract<Statement, { kind: Kind }>, 'kind'>[],
  ];
};

const text: Examples<{ readonly kind: 'text'; readonly text: string }>['text'] = [
  { text: 'a sentence of version 1' },
];

const attempt: AttemptNamed = {
  batch: 4,
  token: 'abcd1234-0000000004',
  attempt: 2,
  startMs: Date.UTC(2026, 10, 23, 22, 40, 7),
  status: 200,
  error: null,
};
const first = { ...attempt, attempt: 1 };
const conflict = { ...attempt, status: 400, error: 'InvalidParameterException' };
const { token } = attempt;
const digest = '7a1d5c0e9b3f2a41';
const firstDigest = 'c09e51d277aa03b8';

const ROAD: Examples<RoadViolation> = {
  'call refused': [{ call: 'CreateCampaign', status: 500, text: '{}' }],
  'another id': [{ clientToken: 'token-1', before: 'request-1', after: 'request-2' }],
  'lost request': [{ dialRequestId: 'request-1', clientToken: 'token-1' }],
  'contact and failure': [
    { dialRequestId: 'request-1', contactId: 'id-1', failure: 'EXPIRED_BEFORE_CONTACT' },
  ],
  'two contacts': [{ dialRequestId: 'request-1', contactId: 'id-2' }],
  'unasked contact': [{ contactId: 'id-1' }],
  'dial of no contact': [{ contactId: 'id-1', dialId: 'dial-1' }],
  'second dial': [{ contactId: 'id-1', first: 'dial-1', second: 'dial-2' }],
  'dial not given': [{ dialRequestId: 'request-1', dialId: 'dial-1' }],
  'not ended': [{ dialRequests: 3 }],
};

const { 'call refused': _refused, 'not ended': _open, ...FOUND } = ROAD;
const AT = Date.parse('2026-03-01T12:00:00.000Z');
const stamp = 'abcd1234-0000000007';
const EVENTS: Examples<EventViolation> = {
  'event of no contact': [{ event: 'event-1', contactId: 'id-1' }],
  'event id reused': [{ event: 'event-1', contactId: 'id-1' }],
  'events out of step': [{ contactId: 'id-1', earlier: 'QUEUED', later: 'DISCONNECTED' }],
  'event missing': [{ contactId: 'id-1', eventType: 'INITIATED' }],
  'too many events missing': [{ missing: 30, expected: 100, loss: 0.1 }],
  'event doubled': [{ contactId: 'id-1', eventType: 'DISCONNECTED' }],
  'event says otherwise': [
    { contactId: 'id-1', event: 'EXPIRED', told: 'TELECOM_BUSY' },
    { contactId: 'id-1', event: null, told: 'TELECOM_BUSY' },
  ],
};

const ROAD_EXAMPLES: Examples<RoadEvidence> = {
  ...FOUND,
  ...EVENTS,
  'wrong dial results': [{ stamp, nth: 1, letters: '..?' }],
  'other dial verdicts': [{ stamp, nth: 2, letters: '.a', predicted: '..' }],
  'dial request shared': [{ dialRequestId: 'request-1', clientToken: 'token-1', other: 'token-2' }],
  'contact differs': [
    { dialRequestId: 'request-1', contactId: 'id-1', member: 'phone number' },
    { dialRequestId: 'request-1', contactId: 'id-1', member: 'attributes' },
  ],
  'dial of another request': [{ dialId: 'dial-1', contactId: 'id-1', dialRequestId: 'request-2' }],
  'dialled after expiry': [
    { dialRequestId: 'request-1', dialId: 'dial-1', at: AT + 1_500, expiresAt: AT },
  ],
  'dialled while held': [
    {
      dialId: 'dial-1',
      campaignId: 'campaign-1',
      operation: 'PauseCampaign',
      at: AT + 1_000,
      since: AT,
      until: AT + 9_000,
    },
    {
      dialId: 'dial-1',
      campaignId: 'campaign-1',
      operation: 'StopCampaign',
      at: AT + 1_000,
      since: AT,
      until: null,
    },
  ],
  'expired early': [{ dialRequestId: 'request-1', at: AT, expiresAt: AT + 25_000 }],
  'not at its end': [{ dialRequestId: 'request-1', state: 'CREATED' }],
  'too many calls': [{ calls: 120, quota: 100, at: AT }],
};

const EVIDENCE: Examples<Evidence> = {
  ...ROAD_EXAMPLES,
  'wrong results': [{ attempt, letters: '..?' }],
  'unknown record': [{ attempt, record: 7 }],
  'other verdicts': [{ attempt, letters: '.a', predicted: '..' }],
  'replay differs': [{ attempt, digest, first, firstDigest }],
  'conflict let in': [
    { attempt, record: 1, first, firstRecord: 0 },
    { attempt: conflict, record: 1, first, firstRecord: 0 },
  ],
  'kept otherwise': [{ attempt, digest, ledgerDigest: firstDigest }],
  'not kept': [{ attempt }],
  'refused and created': [{ attempt: conflict, contacts: 3 }],
  'other contacts': [{ token, contacts: 2 }],
  doubled: [{ token, records: 2, contacts: 4, created: 2 }],
  unasked: [{ token, contacts: 3 }],
  foreign: [
    { token: 'order-1', contacts: 3 },
    { token: null, contacts: 1 },
  ],
  'replay refused': [
    { attempt: { ...attempt, status: 409, error: 'IdempotencyException' }, first: attempt },
  ],
  'new token refused': [{ attempt: { ...attempt, status: 409, error: 'IdempotencyException' } }],
  'contact reused': [{ contact: 'uCbJmR3x-_1', token, first: 'abcd1234-0000000003' }],
  'other identifiers': [{ token, contacts: 2 }],
  'refused within the quota': [{ attempt: { ...attempt, status: 429 }, spare: 4.25 }],
  'admitted past the quota': [{ attempt, past: 3.5 }],
  'no witness': [
    { witness: 'corpus' },
    { witness: 'ledger' },
    { witness: 'quota' },
    { witness: 'whole history' },
    { witness: 'ledger before' },
    { witness: 'contacts' },
    { witness: 'dials' },
    { witness: 'told' },
    { witness: 'events' },
    { witness: 'clock' },
    { witness: 'calls' },
  ],
  'times disagree': [{}],
  'nothing tells': [{}],
  text,
};

const ROAD_CRASH: Examples<RoadCrashViolation> = {
  ...ROAD,
  ...EVENTS,
  'not reached': [{ killAt: 'K3:after:2' }],
};

const item = { operation: 'PutDialRequestBatch', clientToken: 'token-1' };
const CAMPAIGNS: Examples<CampaignViolation> = {
  ...ROAD,
  'answered otherwise': [
    { ...item, predicted: 'Accepted', answered: 'InvalidInput' },
    { ...item, predicted: 'InvalidInput', answered: null },
    { ...item, predicted: null, answered: 'Accepted' },
  ],
  'call unanswered': [{ call: 'CreateCampaign', message: 'socket hang up' }],
  'not running': [{ version: 2, state: 'Initialized' }],
};

const CRASH: Examples<CrashViolation> = {
  refused: [{ batch: 3, status: 500, text: '{}' }],
  unanswered: [{ batch: 3, message: 'socket hang up' }],
  'another answer': [{ batch: 3, before: '{"a":1}', status: 200, after: '{"a":2}' }],
  lost: [{ batch: 3, contactId: 'id-1' }],
  'there twice': [{ contactId: 'id-1' }],
  unnamed: [{ contactId: 'id-1' }],
};

const lost: CrashViolation = { kind: 'lost', batch: 3, contactId: 'id-1' };

const CATCHERS: Examples<CatcherNamed> = {
  scenario: [{ scenario: 'replay', invariant: 'replays are equal' }],
  contract: [{ pins: 'InvalidSignatureException' }],
  'crash test': [{ violation: 'lost' }],
  'road crash test': [{ violation: 'second dial' }],
  text,
};

const MUTATIONS: Examples<Mutation> = {
  mutated: [
    { where: '$.Message', how: 'empty', interaction: null },
    { where: '$.Message', how: 'empty', interaction: 'a call refused' },
  ],
  text,
};

const mutation: Mutation = { kind: 'mutated', where: '$.Message', how: 'empty', interaction: 'x' };

const TROUBLES: Examples<Trouble> = {
  differences: [
    {
      differences: [
        { where: null, text: 'expected status 409 but was 200' },
        { where: '$.Message', text: 'is missing' },
        { where: '$.Message', text: '$.Message is missing' },
      ],
    },
  ],
  verifier: [{ message: 'connection refused' }],
  client: [{ message: 'the answer has no ContactId' }],
  'state not set': [{ state: 'an ordinary day', why: 'no handler sets it' }],
  'principal only': [{}],
  'no key': [{ caller: 'an expired session', variable: 'DIALPROOF_EXPIRED' }],
  'state refused': [
    { state: 'a contact fails', why: 'http://127.0.0.1:8080/_states answered 404' },
  ],
  breaches: [{ breaches: ['FailureReasonMessage is there and blank'] }],
  'no instance': [{ instanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b' }],
  'other kind': [{ what: 'a message' }],
  'nothing sets states': [{ states: ['an ordinary day', 'the caller is'] }],
  text,
};

const member = 'ContactDataRequestList[].CampaignId';
const place = { in: 'body', name: 'id' } as const;
const CHANGES: Examples<DriftChange> = {
  binding: [{ what: 'method', theirs: 'POST', ours: 'PUT' }],
  service: [{ what: 'signingName', theirs: 'connect-v2', ours: 'connect' }],
  'operation gone': [{}],
  'operation trait': [
    { trait: 'deprecated', theirs: true },
    { trait: 'idempotent', theirs: false },
  ],
  'member gone': [{ way: 'request', member }],
  'member new': [
    { way: 'request', member, required: true },
    { way: 'response', member, required: false },
  ],
  'member type': [{ way: 'request', member, theirs: 'list', ours: 'string' }],
  'member required': [
    { way: 'request', member, required: true },
    { way: 'response', member, required: false },
  ],
  'member bound': [
    { way: 'request', member, theirs: { min: 1, max: 80 }, ours: { min: null, max: 500 } },
    { way: 'request', member, theirs: { min: null, max: null }, ours: { min: 1, max: null } },
  ],
  'member pattern': [
    { way: 'request', member: 'QueueId', theirs: '[a-z]*', ours: null },
    { way: 'response', member: 'Id', theirs: null, ours: '\\S*' },
  ],
  'member place': [
    { way: 'request', member: 'id', theirs: { in: 'uri', name: 'id' }, ours: place },
    { way: 'request', member: 'id', theirs: { in: 'query', name: 'id' }, ours: place },
    { way: 'error', member: 'E.id', theirs: { in: 'header', name: 'x-id' }, ours: place },
    { way: 'response', member: 'id', theirs: { in: 'headers', name: 'x-' }, ours: place },
    { way: 'response', member: 'id', theirs: { in: 'status', name: 'id' }, ours: place },
  ],
  'member format': [
    { way: 'request', member: 'expirationTime', theirs: 'epoch-seconds', ours: 'date-time' },
  ],
  'member trait': [
    { way: 'request', member: 'ClientToken', trait: 'idempotencyToken', theirs: false },
    { way: 'request', member: 'ClientToken', trait: 'sensitive', theirs: true },
  ],
  'enum gone': [{ way: 'response', member, enum: 'FailureReasonCode' }],
  'enum new': [{ way: 'request', member, enum: 'EndpointType' }],
  'value gone': [{ enum: 'FailureReasonCode', value: 'INVALID_QUEUE' }],
  'value new': [{ enum: 'FailureReasonCode', value: 'UNLUCKY_HOUR' }],
  'error gone': [{ error: 'ThrottlingException' }],
  'error status': [{ error: 'ThrottlingException', theirs: 400, ours: 429 }],
  'error new': [{ error: 'LimitExceededException', status: 429 }],
  text,
};

const change: DriftChange = { kind: 'member gone', way: 'request', member };
const interaction = 'a batch of one contact';
const PROBLEMS: Examples<Problem> = {
  'interaction lost': [{ interaction }],
  'interaction undeclared': [{ interaction }],
  'nothing declared': [{}],
  'interaction repeated': [{ interaction }],
  'code without interaction': [{ code: 'INVALID_QUEUE' }],
  'error without interaction': [{ error: 'IdempotencyException', status: 409 }],
  loosened: [{ interaction, where: '$.FailureReasonCode' }],
  'no state': [{ interaction }],
  'unknown state': [{ interaction, state: 'a strange day' }],
  'cell unaccounted': [{ cell: 'bound: InstanceId of 0' }],
  'cell unwritten': [{ cell: 'bound: InstanceId of 0' }],
  'account stale': [{ cell: 'bound: InstanceId of 0' }],
  'example refused': [{ side: 'provider', interaction }],
  survivor: [{ side: 'client', mutation }],
  'nothing broken': [{}],
  'explanation stale': [{ side: 'client', where: '$', how: 'member more' }],
  'state not set': [{ state: 'an ordinary day', why: 'no handler sets it' }],
  drift: [
    { against: 'service-2.json', operation: 'BatchPutContact', change },
    { against: 'service-2.json', operation: null, change },
  ],
};

const EVERY_INVALIDITY: Examples<Invalidity> = {
  'no request': [{}],
  interrupted: [{}],
  dropped: [{ iterations: 1 }, { iterations: 1_370 }],
  exceptions: [{}],
  late: [
    { what: 'lateness', p99Ms: 84.2, boundMs: 25 },
    { what: 'event-loop delay', p99Ms: 61.7, boundMs: 25 },
  ],
  busy: [{ what: 'this machine', share: 0.97, bound: 0.8 }],
  text,
};

const missed = { metric: 'http_req_duration', expression: 'p(95)<200', value: 338.6124 };
const TROUBLED: Examples<RateTrouble> = {
  'objective missed': [missed],
  'users busy': [{ batches: 1 }],
  'generator was the limit': [
    { because: [{ kind: 'interrupted' }, { kind: 'dropped', iterations: 3 }] },
  ],
  failed: [
    { because: null, verdict: 'fail' },
    { because: { kind: 'no request' }, verdict: 'fail' },
  ],
};

const why: RateTrouble = { kind: 'users busy', batches: 2 };
const searched = { seconds: 4, peak: 1_500 };
const SEARCHES: Examples<SearchEnd> = {
  search: [
    { ...searched, end: 'found', held: 20, broke: 28, why },
    { ...searched, end: 'found', held: 1_500, broke: null, why: null },
    { ...searched, end: 'found', held: null, broke: 50, why },
    { ...searched, end: 'found', held: null, broke: null, why: null },
    { ...searched, end: 'interrupted', held: 10, broke: 40, why },
    { ...searched, end: 'interrupted', held: null, broke: null, why: null },
    { ...searched, end: 'wrong', held: 10, broke: null, why: null },
  ],
};

const REFUSED = { requests: 20, status: 403, error: 'InvalidSignatureException', count: 20 };

const LOAD_REASONS: Examples<LoadReason> = {
  'all refused': [
    { ...REFUSED, count: 12, remedy: 'target' },
    { ...REFUSED, status: 0, error: 'dial: connection refused', remedy: 'start it' },
    { ...REFUSED, status: 0, error: '', remedy: 'start it' },
    { ...REFUSED, status: 418, error: '', remedy: 'target' },
    ...REMEDIES.map((remedy) => ({ ...REFUSED, remedy })),
  ],
  'nothing understood': [{ requests: 20 }],
  'stopped answering': [{ unanswered: 616, of: 800, error: 'dial: connection refused' }],
  'quota in the way': [{ refused: 523, of: 550, error: 'TooManyRequestsException' }],
  'endpoint lost': [{ message: 'the control door cannot be reached' }],
  'figures not valid': [
    { because: [{ kind: 'dropped', iterations: 3 }], unjudged: [missed] },
    {
      because: [{ kind: 'busy', what: 'this machine', share: 0.97, bound: 0.8 }],
      unjudged: [missed, missed],
    },
    {
      because: [
        { kind: 'dropped', iterations: 3 },
        { kind: 'late', what: 'lateness', p99Ms: 84.2, boundMs: 25 },
      ],
      unjudged: [missed],
    },
  ],
  'invariant violated': [{ invariant: 'replays are equal', violations: 12, checked: 30 }],
  'threshold missed': [missed, { ...missed, value: null }],
  'missed under faults': [{ ...missed, faults: ['throttle', 'latency'] }],
  'script threw': [
    { message: 'boom', count: 3, where: 'script.ts:3:9' },
    { message: 'boom', count: 3, where: null },
  ],
  'ended early': [{ why: 'setup() threw' }],
  'marked failed': [{ why: 'the queue is empty' }],
  'engine failed': [{ code: 102 }],
  'k6 killed': [{ signal: 'SIGKILL', last: 'the last line' }],
  'k6 failed': [{ code: 107, last: 'the last line' }],
  'k6 without summary': [{ code: 0, last: 'the last line' }],
  'nothing judged': [{}],
  'no request': [{}],
  interrupted: [{}],
  'no fault met': [{}],
  'burst not sent': [{ cap: 10 }],
  'no contacts': [{ diallable: ['EMAIL_ADDRESS', 'VOIP'] }],
  'codes missing': [{ codes: ['REQUEST_THROTTLED', 'INTERNAL_ERROR'] }],
  'segment missing': [{ segment: '1/2:1' }],
  'segment doubled': [{ segment: '1/2:1', by: ['out/1', 'out/3'] }],
  'segment cut short': [{ segment: '1/2:1', why: "threshold 'p(95)<1' crossed" }],
  'thresholds missed': [{ missed: 1, of: 3 }],
  'invariants violated': [{ violated: 2, of: 2 }],
  unsaid: [{ verdict: 'fail' }, { verdict: 'not exercised' }, { verdict: 'not valid' }],
  ...SEARCHES,
  text,
};

const NOTES: Examples<Note> = {
  'pushes refused': [
    { output: 'otlp http://127.0.0.1:4318', refused: 1, of: 3, why: 'status 400' },
  ],
  'one account': [{}],
  'endpoint untold': [{ message: 'the control door cannot be reached' }],
  warning: [{ message: 'a form member has no value' }],
};

const FINDINGS: Examples<Finding> = {
  quota: [{ ratePerSecond: 10, burst: 15 }],
  'quota measured': [
    { burst: { from: 15, to: 15 }, rate: { from: 9.7, to: 10.3 } },
    { burst: { from: 30, to: null }, rate: null },
    { burst: { from: null, to: 14 }, rate: { from: null, to: null } },
  ],
  throttled: [{ refused: 3, of: 40 }],
  unanswered: [{ unanswered: 3, of: 40 }],
  amplification: [
    { requests: 3, batches: 1, sends: 1 },
    { requests: 3, batches: 1, sends: 2 },
  ],
  'latency drift': [{ firstMs: 3.1, lastMs: 3.456 }],
  'threshold open': [{ ...missed, value: null }],
  'no history': [{ requests: 7 }],
  printed: [{ file: 'plain.history.tsv' }],
  'endpoint busy': [
    { share: 0.424, mayBeLimit: false },
    { share: 0.95, mayBeLimit: true },
  ],
  'faults met': [{ counts: { a: 2, b: 0, c: 1 } }, { counts: { a: 0 } }],
  divided: [{ instances: 3 }],
  road: [
    { accepted: 2260, contacts: 2259, dialled: 1279 },
    { accepted: 25, contacts: null, dialled: null },
  ],
  segment: [
    {
      segment: '1/2:1',
      note: { kind: 'pushes refused', output: 'o', refused: 1, of: 1, why: 'w' },
    },
  ],
  ramp: [
    { rate: 25, metric: missed.metric, expression: missed.expression },
    { rate: 40, metric: null, expression: null },
  ],
  step: [
    { rate: 20, why: null },
    { rate: 28, why },
  ],
  ...SEARCHES,
  ...NOTES,
  text,
};

const DETAILS: Examples<CheckDetail> = {
  'all good': [
    ...(COUNTED.map((counted) => ({
      counted,
      count: 5,
    })) as unknown as Examples<CheckDetail>['all good']),
  ],
  problems: [{ problems: [{ kind: 'nothing declared' }, { kind: 'nothing broken' }] }],
  verified: [{ verified: 1, of: 2 }],
  mutants: [{ mutants: 2_303, survivors: 126 }],
  'no breaking drift': [{ against: 'service-2.json', differences: 2 }],
  'invariant asked': [
    {
      scenario: 'replay',
      invariant: 'replays are equal',
      verdict: 'violated',
      violations: 12,
      checked: 30,
    },
    {
      scenario: 'replay',
      invariant: 'replays are equal',
      verdict: 'holds',
      violations: 0,
      checked: 30,
    },
    {
      scenario: 'replay',
      invariant: 'replays are equal',
      verdict: null,
      violations: 0,
      checked: 0,
    },
  ],
  'faults stood': [
    {
      scenario: 'fault',
      blamed: null,
      evidence: null,
      holding: 8,
      passed: true,
      faults: { a: 2, b: 0 },
    },
    { scenario: 'fault', blamed: null, evidence: null, holding: 1, passed: false, faults: {} },
    {
      scenario: 'fault',
      blamed: 'nothing is doubled',
      evidence: { kind: 'other contacts', token, contacts: 2 },
      holding: 7,
      passed: false,
      faults: { a: 2 },
    },
  ],
  'interactions failing': [
    { pins: 'InvalidSignatureException', failing: ['InvalidSignatureException'] },
    { pins: 'InvalidSignatureException', failing: [] },
  ],
  'road crash violation': [
    {
      sought: 'second dial',
      found: { kind: 'second dial', contactId: 'c-1', first: 'd-1', second: 'd-2' },
    },
    { sought: 'second dial', found: null },
  ],
  'crash violation': [
    { sought: 'lost', found: lost },
    { sought: 'lost', found: null },
  ],
  interrupted: [{}],
  text,
};

const names = ['one', 'two', 'three', 'four', 'five'];
const RUN_REASONS: Examples<RunReason> = {
  interactions: [
    { verdict: 'fail', names, of: 21 },
    { verdict: 'not exercised', names: ['one'], of: 1 },
  ],
  'contract checks': [{ verdict: 'fail', names: names.slice(0, 3), of: 3 }],
  contracts: [{ verdict: 'fail' }],
  'campaign checks': [{ verdict: 'fail', names: names.slice(0, 1), of: 6 }],
  campaigns: [{ verdict: 'not exercised' }],
  load: [{ scenario: 'replay', because: { kind: 'no request' } }],
  'self-checks': [{ verdict: 'fail', names: ['fault plan ambiguous'], of: 2 }],
  'bug missed': [
    {
      bug: 'forgets-tokens',
      catcher: { kind: 'scenario', scenario: 'replay', invariant: 'replays are equal' },
    },
  ],
  interrupted: [{}],
  'nothing exercised': [{}],
  'pass disputed': [{}],
  unsaid: [{}],
  text,
};

const where = {
  campaignId: 'c-1',
  call: 3,
  at: Date.UTC(2026, 10, 28, 12),
  clientToken: 'order-7',
};
const certain = { sure: 'certain', count: 2, first: where } as const;
const likely = { sure: 'likely', count: 1, first: where } as const;
const likelyCalls = {
  sure: 'likely',
  count: 12,
  first: { ...where, clientToken: null },
} as const;
const oneCall = { ...likelyCalls, sure: 'certain', count: 1 } as const;

const FEEDER: Examples<FeederFinding> = {
  'expires too late': [
    { ...certain, seconds: 7_200, version: 1 },
    { ...likely, seconds: 1_800, version: 2 },
  ],
  'expires too early': [
    { ...certain, seconds: -12, version: 1 },
    { ...certain, count: 1, seconds: 20, version: 1 },
  ],
  'number not E.164': [{ ...certain, phoneNumber: '206*****23' }],
  'token too long': [{ ...certain, length: 500 }],
  'empty token': [certain],
  'too many items': [{ ...oneCall, items: 26 }],
  'wrong version': [
    { ...oneCall, operation: 'PutDialRequestBatch', version: 2 },
    { ...oneCall, operation: 'PutOutboundRequestBatch', version: 1 },
  ],
  'no such operation': [{ ...oneCall, path: '/v2/campaigns/{id}/dial-requests' }],
  'list of the other version': [
    { ...oneCall, operation: 'PutDialRequestBatch', list: 'outboundRequests' },
    { ...oneCall, operation: 'PutOutboundRequestBatch', list: 'dialRequests' },
  ],
  'throttled, not sent again': [{ ...likely, code: 'RequestThrottled', seconds: 600 }],
  'unknown error, not sent again': [{ ...likely, count: 2, seconds: 90 }],
  'failures ignored': [{ ...likely, codes: ['RequestThrottled', 'UnknownError'], seconds: 600 }],
  'lost call, not repeated': [
    { ...likely, status: 500, seconds: 90 },
    { ...likely, status: 0, seconds: 90 },
  ],
  'refused call, not sent again': [
    { ...likely, status: 400, error: 'ValidationException', seconds: 600 },
    { ...likely, count: 25, status: 403, error: 'UnrecognizedClientException', seconds: 1 },
    { ...likely, count: 25, status: 404, error: 'ResourceNotFoundException', seconds: 1 },
  ],
  'other token after a lost call': [{ ...likely, status: 200 }],
  'sent on while throttled': [{ ...likelyCalls, code: 'BufferLimitExceeded' }],
  'sent again without a wait': [{ ...likelyCalls, count: 50, code: 'RequestThrottled' }],
  'sent on while not Running': [{ ...likelyCalls, state: 'Paused' }],
  'invalid input sent again': [{ ...likely, reason: 'expirationTime is past' }],
  'token reused after expiry': [{ ...likely, endedAs: 'EXPIRED' }],
  'token reused with other content': [certain],
  'batches of one': [likelyCalls],
};

const FEEDER_DOUBTS: Examples<FeederDoubt> = {
  'still time': [{ count: 2, seconds: 3, settle: 60 }],
  'cannot be followed': [{ count: 1 }],
  'calls missing': [{ count: 1 }, { count: 2 }],
};

const worse = { effect: 'regression' } as const;
const contract = 'BatchPutContact';
const RUN_CHANGES: Examples<Change> = {
  'new cause': [{ ...worse, cause: 'contract/InvalidSignatureException', symptoms: 3 }],
  'cause gone': [
    { effect: 'improvement', cause: 'contract/InvalidSignatureException', symptoms: 1 },
  ],
  verdict: [{ ...worse, part: 'load smoke', before: 'pass', after: 'fail' }],
  'part gone': [{ ...worse, part: 'campaigns', before: 'pass' }],
  'part new': [{ effect: 'change', part: 'campaigns', after: 'pass' }],
  'code new': [
    { ...worse, operation: contract, codes: ['INVALID_QUEUE'], predicted: 'no' },
    { effect: 'change', operation: contract, codes: ['INVALID_QUEUE'], predicted: 'yes' },
    { effect: 'change', operation: contract, codes: ['A', 'B'], predicted: 'unknown' },
  ],
  'code gone': [
    { ...worse, operation: contract, codes: ['INVALID_QUEUE'], predicted: 'yes' },
    { effect: 'change', operation: contract, codes: ['INVALID_QUEUE'], predicted: 'no' },
  ],
  'error new': [{ ...worse, part: 'load smoke', errors: ['503 Service Unavailable'] }],
  'error gone': [{ effect: 'change', part: 'load smoke', errors: ['0 request timeout'] }],
  'interactions new': [{ effect: 'change', contract, interactions: ['a', 'b', 'c', 'd'] }],
  'interactions gone': [{ ...worse, contract, interactions: ['a'] }],
  'interactions other': [{ effect: 'change', contract, before: 77, after: 78 }],
  'cells pinned': [{ ...worse, contract, before: 190, after: 189, of: 193 }],
  'cells uncovered': [
    { ...worse, contract, before: 1, after: 2, cells: ['bound: ContactId of 256'] },
    { effect: 'improvement', contract, before: 2, after: 1, cells: [] },
  ],
  'mutation score': [
    { ...worse, contract, before: 0.945, after: 0.9449 },
    { ...worse, contract, before: 0.945, after: null },
  ],
  drift: [{ effect: 'change', contract, before: null, after: 2 }],
  undecided: [{ ...worse, part: 'load smoke', before: 4, after: 5 }],
  count: [{ effect: 'change', part: 'load smoke', what: 'requests', before: 20, after: 30 }],
  timing: [
    {
      ...worse,
      part: 'load smoke',
      what: 'min',
      beforeMs: 18.4,
      afterMs: 21.3,
      ratio: 1.1576,
      low: 1.131,
      high: 1.18,
    },
  ],
};

function said<Statement extends { readonly kind: string }>(
  title: string,
  say: (statement: Statement) => string,
  examples: Examples<Statement>,
): string {
  const lines = Object.entries<readonly object[]>(examples).flatMap(([kind, all]) =>
    all.map((one) => `${kind}: ${say({ kind, ...one } as unknown as Statement)}`),
  );
  return `# ${title}\n${lines.join('\n')}\n`;
}

it('every kind is said as it was', () => {
  expectGoldenReport(
    'english.txt',
    [
      said('why a run does not pass', runReasonSaid, RUN_REASONS),
      said('why a scenario does not pass', loadReasonSaid, LOAD_REASONS),
      said('findings', findingSaid, FINDINGS),
      said('notes', noteSaid, NOTES),
      said('why a rate did not hold', rateTroubleSaid, TROUBLED),
      said('why figures are not valid', invaliditySaid, EVERY_INVALIDITY),
      said('evidence', evidenceSaid, EVIDENCE),
      said('crash test', crashViolationSaid, CRASH),
      said('crash test of campaigns', roadCrashSaid, ROAD_CRASH),
      said('feeders', feederFindingSaid, FEEDER),
      said('what is not known of a feeder', feederDoubtSaid, FEEDER_DOUBTS),
      said('campaigns', campaignViolationSaid, CAMPAIGNS),
      said('catchers', catcherSaid, CATCHERS),
      said('checks', checkSaid, DETAILS),
      said('problems of the contract', problemSaid, PROBLEMS),
      said('why an interaction did not pass', troubleSaid, TROUBLES),
      said('mutants', mutantSaid, MUTATIONS),
      said('drift', driftChangeSaid, CHANGES),
      said('what changed', changeSaid, RUN_CHANGES),
    ].join('\n'),
  );
});

it('what a check may count is all said', () => {
  expect(Object.keys(COUNTED_SAID).sort()).toEqual([...COUNTED].sort());
});

it('a crash test says how many more there are of a kind', () => {
  const violations = [lost, { kind: 'unnamed', contactId: 'id-2' }] as const;
  expect(crashViolationsSaid({ violations, counts: { lost: 12, unnamed: 1 } })).toEqual([
    'contact id-1 of batch 3 was acknowledged and is lost',
    '11 more of this kind (lost)',
    'contact id-2 exists and no answer named it: its item was made twice',
  ]);
});

it('a kind that nothing says is an error, never an empty sentence', () => {
  const say = saying<{ readonly kind: 'a' }>({ a: () => 'A' });
  expect(() => say({ kind: 'b' } as never)).toThrow('nothing says "b"');
});

const GIVES = { what: 'what gives INVALID_QUEUE', source: 'the name of the code', choice: null };
const NAMED = { mark: 'assumed', what: '429 X', source: 'modelled elsewhere' } as const;
const X = { name: 'throttleError', value: 'X' };

it.each<[string, Undocumented]>([
  [
    'AWS does not document this: "what gives INVALID_QUEUE" is inferred (the name of the code); contracts verify leaves it out with --only documented, and accepts it with --accept.',
    { ...GIVES, mark: 'inferred' },
  ],
  [
    'AWS does not document this: "what gives INVALID_QUEUE" is assumed (the name of the code); contracts verify requires it with --only assumed only.',
    { ...GIVES, mark: 'assumed' },
  ],
  [
    'AWS does not document this: "429 X" is assumed (modelled elsewhere); contracts verify asserts another answer with --choice throttleError=Y or throttleError=Z.',
    { ...NAMED, choice: { ...X, others: ['Y', 'Z'] } },
  ],
  [
    'AWS does not document this: "429 X" is assumed (modelled elsewhere); without --choice throttleError=X, contracts verify does not require it.',
    { ...NAMED, choice: { ...X, others: [] } },
  ],
])('%s', (sentence, claim) => {
  expect(undocumentedSaid(claim)).toBe(sentence);
});
