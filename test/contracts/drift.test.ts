import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as connect from '@aws-sdk/client-connect';
import { compare } from '../../contracts/drift/compare.ts';
import { driftCheck, driftFromFile, driftFromSdk } from '../../contracts/drift/drift.ts';
import type { Model } from '../../contracts/drift/model.ts';
import { ourModel } from '../../contracts/drift/ours.ts';
import { type Sdk, sdkModel } from '../../contracts/drift/sdk.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { driftChangeSaid } from '../../reports/english/contracts.ts';
import type { DriftRow } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';

const sdk = (exports: object, version: string): Sdk => ({
  name: '@aws-sdk/client-connect',
  version,
  exports: exports as Sdk['exports'],
});

const dir = tempDir();
const OLDER = ['ten-codes.service-2.json', 'ten-codes.smithy.json'];
const pathOf = (name: string) => join(__dirname, 'models', name);

const said = ({ level, change }: DriftRow) => `${level}: ${driftChangeSaid(change)}`;

/** The older models with one text replaced, as files; the differences, `level: what`. */
function differences(name: string, from = '', to = ''): string[] {
  const text = readFileSync(pathOf(name), 'utf8');
  expect(text).toContain(from);
  const file = join(dir, name);
  writeFileSync(file, text.replace(from, to));
  return driftFromFile(file).differences.map(said);
}

const OLD = [
  'breaking: request member ContactDataRequestList[].OutboundStrategy is gone',
  'breaking: FailureReasonCode has no INVALID_OUTBOUND_STRATEGY',
];

/** What a changed text adds to the differences of the older model. */
const added = (name: string, from: string, to: string) =>
  differences(name, from, to).filter((row) => !OLD.includes(row));

test('the definition agrees with the installed SDK', () => {
  const drift = driftFromSdk();
  expect(drift).toEqual({
    against: expect.stringMatching(/^@aws-sdk\/client-connect \d/),
    differences: [],
  });
  expect(driftCheck(drift).verdict).toBe('pass');
});

test('the SDK is read whole: every member and enum that the definition has', () => {
  const [ours, theirs] = [ourModel(BATCH_PUT_CONTACT), sdkModel(BATCH_PUT_CONTACT)];
  expect([...theirs.input.keys()].sort()).toEqual(
    [...ours.input.keys()].filter((path) => !path.endsWith('[]')).sort(),
  );
  expect([...theirs.output.keys()].sort()).toEqual([...ours.output.keys()].sort());
  expect(theirs.errors).toEqual(ours.errors);
});

test.each<[string, object, string]>([
  [
    'a code more',
    { FailureReasonCode: { ...connect.FailureReasonCode, UNLUCKY_HOUR: 'UNLUCKY_HOUR' } },
    'warning: FailureReasonCode has UNLUCKY_HOUR, too',
  ],
  ['no codes', { FailureReasonCode: {} }, 'breaking: FailureReasonCode has no INVALID_QUEUE'],
  [
    'an error that is gone',
    { IdempotencyException$: undefined },
    'warning: error IdempotencyException is gone',
  ],
  [
    'another path',
    {
      BatchPutContact$: connect.BatchPutContact$.with(3, {
        http: ['PUT', '/v2/{InstanceId}', 200],
      }),
    },
    'breaking: HTTP uri is /v2/{InstanceId}, not /contact/batch/{InstanceId}',
  ],
])('an SDK with %s is seen', (_, change, row) => {
  const rows = compare(
    ourModel(BATCH_PUT_CONTACT),
    sdkModel(BATCH_PUT_CONTACT, sdk({ ...connect, ...change }, '9.9.9')),
  );
  expect(rows.map(said)).toContain(row);
});

test('an SDK without a schema is told in one sentence', () => {
  expect(() => sdkModel(BATCH_PUT_CONTACT, sdk({}, '3.901.0'))).toThrow(UserError);
});

test.each(OLDER)('an older model lacks what October 2025 brought: %s', (name) => {
  expect(differences(name)).toEqual(OLD);
  const check = driftCheck(driftFromFile(pathOf(name)));
  expect(check.verdict).toBe('fail');
  expect(checkSaid(check.detail)).toContain('FailureReasonCode has no INVALID_OUTBOUND_STRATEGY');
});

test.each<[string, string, string, string, string]>([
  [
    'a member more',
    OLDER[0] ?? '',
    '"Campaign": {',
    '"Tag": {"shape": "CampaignId"}, "Campaign": {',
    'notice: request member ContactDataRequestList[].Tag is new',
  ],
  [
    'a member more',
    OLDER[1] ?? '',
    '"QueueId": {',
    '"Tag": {"target": "smithy.api#String"}, "QueueId": {',
    'notice: request member ContactDataRequestList[].Tag is new',
  ],
  [
    'a member less',
    OLDER[0] ?? '',
    '"QueueId": {',
    '"Queue": {',
    'breaking: request member ContactDataRequestList[].QueueId is gone',
  ],
  [
    'a member less',
    OLDER[1] ?? '',
    '"QueueId": {',
    '"Queue": {',
    'breaking: request member ContactDataRequestList[].QueueId is gone',
  ],
  [
    'a tighter bound',
    OLDER[0] ?? '',
    '"max": 25',
    '"max": 20',
    'breaking: request member ContactDataRequestList is bounded 1..20, not 1..25',
  ],
  [
    'a wider bound',
    OLDER[1] ?? '',
    '"max": 25',
    '"max": 50',
    'warning: request member ContactDataRequestList is bounded 1..50, not 1..25',
  ],
  [
    'another status',
    OLDER[0] ?? '',
    '"httpStatusCode": 409',
    '"httpStatusCode": 400',
    'breaking: error IdempotencyException has status 400, not 409',
  ],
  [
    'another status',
    OLDER[1] ?? '',
    '"smithy.api#httpError": 409',
    '"smithy.api#httpError": 400',
    'breaking: error IdempotencyException has status 400, not 409',
  ],
  [
    'an endpoint type more',
    OLDER[0] ?? '',
    '"VOIP",',
    '"VOIP", "FAX",',
    'notice: EndpointType has FAX, too',
  ],
  [
    'another type',
    OLDER[1] ?? '',
    `"com.amazonaws.connect#QueueId": {\n      "type": "string"`,
    `"com.amazonaws.connect#QueueId": {\n      "type": "integer"`,
    'breaking: request member ContactDataRequestList[].QueueId is a integer, not a string',
  ],
  [
    'a pattern',
    OLDER[0] ?? '',
    '"QueueId": {\n      "type": "string"',
    '"QueueId": {\n      "type": "string", "pattern": "[a-z]*"',
    'breaking: request member ContactDataRequestList[].QueueId has the pattern [a-z]*, not no pattern',
  ],
  [
    'a pattern',
    OLDER[1] ?? '',
    '"com.amazonaws.connect#QueueId": {\n      "type": "string"',
    '"com.amazonaws.connect#QueueId": {\n      "type": "string", "traits": { "smithy.api#pattern": "[a-z]*" }',
    'breaking: request member ContactDataRequestList[].QueueId has the pattern [a-z]*, not no pattern',
  ],
  [
    'another version of the API',
    OLDER[0] ?? '',
    '"2017-08-08"',
    '"2027-08-08"',
    'warning: apiVersion is 2027-08-08, not 2017-08-08',
  ],
  [
    'another signing name',
    OLDER[0] ?? '',
    '"protocol": "rest-json",',
    '"protocol": "rest-json", "signingName": "connect-v2",',
    'breaking: signingName is connect-v2, not connect',
  ],
])('%s is found: %s', (_, name, from, to, row) => {
  expect(added(name, from, to)).toContain(row);
});

test('an error more, and one less', () => {
  const model = driftModel({ errors: new Map([['NewException', 418]]) });
  const rows = compare(ourModel(BATCH_PUT_CONTACT), model).map(said);
  expect(rows).toContain('warning: error NewException (418) is new');
  expect(rows).toContain('warning: error IdempotencyException is gone');
});

test('a member that becomes required breaks requests; one that ceases to be, answers', () => {
  const changed = (side: 'input' | 'output', path: string, required: boolean): Model => {
    const members = new Map(ourModel(BATCH_PUT_CONTACT)[side]);
    const member = members.get(path);
    if (!member) throw new Error(`there is no ${path}`);
    return driftModel({ [side]: members.set(path, { ...member, required }) });
  };
  const only = (ours: Model, theirs: Model) => compare(ours, theirs).map(({ level }) => level);
  const required = changed('output', 'SuccessfulRequestList', true);
  expect(only(ourModel(BATCH_PUT_CONTACT), changed('input', 'ClientToken', true))).toEqual([
    'breaking',
  ]);
  expect(only(ourModel(BATCH_PUT_CONTACT), changed('input', 'InstanceId', false))).toEqual([
    'notice',
  ]);
  expect(only(ourModel(BATCH_PUT_CONTACT), required)).toEqual(['notice']);
  expect(only(required, ourModel(BATCH_PUT_CONTACT))).toEqual(['breaking']);
});

test.each([
  ['no file', 'nowhere.json', null, 'cannot be read'],
  ['no JSON', 'text.json', 'text', 'cannot be read'],
  ['no model', 'other.json', '{"shapes": {}}', 'is neither a Smithy JSON AST nor a botocore'],
  [
    'half a model',
    'half.json',
    '{"operations": {"BatchPutContact": {"http": {}, "input": {"shape": "X"}}}, "shapes": {}}',
    'has no shape X',
  ],
])('%s is told in one sentence', (_, name, text, sentence) => {
  const file = join(dir, name);
  if (text !== null) writeFileSync(file, text);
  expect(() => driftFromFile(file)).toThrow(UserError);
  expect(() => driftFromFile(file)).toThrow(sentence);
});

function driftModel(change: Partial<Model>): Model {
  return { ...ourModel(BATCH_PUT_CONTACT), ...change };
}
