/** The definitions against published models: the committed extracts, the installed SDK, and models in files. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as connect from '@aws-sdk/client-connect';
import { compare, type Difference } from '../../contracts/drift/compare.ts';
import {
  driftCheck,
  driftFromExtract,
  driftFromFile,
  driftFromPublished,
  driftFromSdk,
} from '../../contracts/drift/drift.ts';
import { EXPLAINED } from '../../contracts/drift/explained.ts';
import type { Model } from '../../contracts/drift/model.ts';
import { ourModel } from '../../contracts/drift/ours.ts';
import { type Sdk, sdkSource } from '../../contracts/drift/sdk.ts';
import {
  type ComparedService,
  extractSource,
  installedSdk,
  SERVICES,
  sourceOfExtract,
} from '../../contracts/drift/services.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import type { RequestShape, Shape } from '../../operation/aws/shape/shapes.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { OPERATIONS } from '../../operation/operations.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { driftChangeSaid } from '../../reports/english/contracts.ts';
import type { DriftRow } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { readExtract } from '../operation/extracts.ts';
import { tempDir } from '../support/temp-dir.ts';

const [CONNECT_SERVICE, CAMPAIGNS, CAMPAIGNS_V2] = SERVICES as [
  ComparedService,
  ComparedService,
  ComparedService,
];

const sdk = (exports: object, version = '9.9.9'): Sdk => ({
  name: '@aws-sdk/client-connect',
  version,
  exports: exports as Sdk['exports'],
});

const dir = tempDir();
const OLDER = ['ten-codes.service-2.json', 'ten-codes.smithy.json'];
const pathOf = (name: string) => join(__dirname, 'models', name);

const said = ({ level, change }: Difference) => `${level}: ${driftChangeSaid(change)}`;
const saidWith = (row: DriftRow) => `${row.operation}: ${said(row)}`;

/** The older models with one text replaced, as files; the differences of BatchPutContact, `level: what`. */
function differences(name: string, from = '', to = ''): string[] {
  const text = readFileSync(pathOf(name), 'utf8');
  expect(text).toContain(from);
  const file = join(dir, name);
  writeFileSync(file, text.replace(from, to));
  return driftFromFile(file)
    .differences.filter(({ operation }) => operation === 'BatchPutContact')
    .map(said);
}

/** A service shape, which the older model does not have. */
const SERVICE = `"com.amazonaws.connect#Connect": {
  "type": "service",
  "version": "2017-08-08",
  "traits": { "aws.auth#sigv4": { "name": "other" }, "aws.protocols#awsJson1_1": {} }
}`;

const OLD_CODES: readonly string[] = JSON.parse(
  readFileSync(pathOf('ten-codes.service-2.json'), 'utf8'),
).shapes.FailureReasonCode.enum;

const OLD = [
  'breaking: request member ContactDataRequestList[].OutboundStrategy is gone',
  ...FAILURE_CODES.filter((code) => !OLD_CODES.includes(code)).map(
    (code) => `breaking: FailureReasonCode has no ${code}`,
  ),
  'breaking: error member InvalidRequestException.Reason is gone',
];

/** What a changed text adds to the differences of the older model. */
const added = (name: string, from: string, to: string) =>
  differences(name, from, to).filter((row) => !OLD.includes(row));

describe('the published models', () => {
  const drift = driftFromPublished();

  it('agree with the definitions, except for what is explained', () => {
    expect(driftCheck(drift)).toMatchObject({
      verdict: 'pass',
      detail: { kind: 'no breaking drift', differences: EXPLAINED.length },
    });
    const texts = (rows: readonly Pick<DriftRow, 'operation' | 'change'>[]) =>
      rows.map(({ operation, change }) => `${operation}: ${driftChangeSaid(change)}`).sort();
    expect(texts(drift.differences)).toEqual(texts(EXPLAINED));
    expect(drift.absent).toEqual([]);
    for (const client of SERVICES.map((service) => service.client)) {
      expect(drift.against).toContain(`${client} `);
    }
    expect(drift.against).toMatch(/^botocore \d/);
  });

  it('are compared without a client package too, and the report names what is missing', () => {
    const without = driftFromPublished(SERVICES, () => null);
    expect(without).toEqual({
      against: expect.stringMatching(/^botocore [\d.]+$/),
      differences: [],
      absent: SERVICES.map(({ client }) => client),
    });
  });

  it('are compared with every operation of the endpoint', () => {
    const compared = SERVICES.flatMap(({ operations }) => operations);
    for (const { name, service } of OPERATIONS) {
      expect(compared.map((one) => `${one.service.apiVersion} ${one.name}`)).toContain(
        `${service.apiVersion} ${name}`,
      );
    }
    expect(compared.length).toBeGreaterThan(60);
  });

  it.each(SERVICES)(
    'are read whole: every member that the definition of $extract has',
    (service) => {
      const sdkOf = installedSdk(service);
      if (!sdkOf) throw new Error(`${service.client} is not installed`);
      for (const source of [extractSource(service), sdkSource(sdkOf, service.operations)]) {
        for (const operation of service.operations) {
          const [ours, theirs] = [ourModel(operation), source.model(operation.name)];
          for (const side of ['input', 'output'] as const) {
            const gone = [...ours[side].keys()].filter((path) => !theirs?.[side].has(path));
            expect(gone.filter((path) => !path.endsWith('lastModifiedTime'))).toEqual([]);
          }
          expect([...(theirs?.errors.keys() ?? [])].sort()).toEqual([...ours.errors.keys()].sort());
        }
      }
    },
  );
});

/** A part of an extract that a test changes. */
type Json = Record<string, unknown>;

describe('a change of a committed extract fails the check', () => {
  const changed = (service: ComparedService, change: (extract: Json) => void) => {
    const copy = structuredClone(readExtract(service.extract)) as unknown as Json;
    change(copy);
    return driftFromExtract(service, sourceOfExtract(copy));
  };
  const put = (...path: string[]) => {
    const value = path.pop() as string;
    return (json: Json) => {
      const last = path.at(-1) as string;
      const parent = path.slice(0, -1).reduce((at, name) => at[name] as Json, json);
      if (value === 'undefined') {
        if (!(last in parent)) throw new Error(`there is no ${path.join('.')}`);
        delete parent[last];
      } else parent[last] = JSON.parse(value);
    };
  };

  it.each<[string, ComparedService, (extract: Json) => void, string]>([
    [
      'a tighter bound',
      CONNECT_SERVICE,
      put('shapes', 'ContactDataRequestList', 'max', '24'),
      'BatchPutContact: breaking: request member ContactDataRequestList is bounded 1..24, not 1..25',
    ],
    [
      'a wider bound',
      CONNECT_SERVICE,
      put('shapes', 'RequestIdentifier', 'max', '81'),
      'BatchPutContact: warning: request member ContactDataRequestList[].RequestIdentifier is bounded ..81, not ..80',
    ],
    [
      'a bound of the items of a list',
      CAMPAIGNS,
      put('shapes', 'TagKey', 'max', '64'),
      'UntagResource: breaking: request member tagKeys[] is bounded 1..64, not 1..128',
    ],
    [
      'a range of a double',
      CAMPAIGNS,
      put('shapes', 'BandwidthAllocation', 'max', '2'),
      'CreateCampaign: warning: request member dialerConfig.progressiveDialerConfig.bandwidthAllocation is bounded 0..2, not 0..1',
    ],
    [
      'a new pattern',
      CONNECT_SERVICE,
      put('shapes', 'QueueId', 'pattern', '"[a-z]*"'),
      'BatchPutContact: breaking: request member ContactDataRequestList[].QueueId has the pattern [a-z]*, not no pattern',
    ],
    [
      'another pattern',
      CAMPAIGNS_V2,
      put('shapes', 'CampaignId', 'pattern', '".*"'),
      'StartCampaign: breaking: request member id has the pattern .*, not the pattern [-:/a-zA-Z0-9]+',
    ],
    [
      'a value of an enum less',
      CAMPAIGNS,
      put('shapes', 'FailureCode', 'enum', '["InvalidInput", "UnknownError"]'),
      'PutDialRequestBatch: breaking: FailureCode has no RequestThrottled',
    ],
    [
      'a value of an enum more',
      CONNECT_SERVICE,
      put('shapes', 'AllowedUserAction', 'enum', '["CALL", "DISCARD", "HOLD"]'),
      'BatchPutContact: notice: AllowedUserAction has HOLD, too',
    ],
    [
      'no enum',
      CONNECT_SERVICE,
      put('shapes', 'EndpointType', 'enum', 'undefined'),
      'BatchPutContact: warning: request member ContactDataRequestList[].CustomerEndpoint.Type no longer has the values of EndpointType',
    ],
    [
      'a new enum',
      CONNECT_SERVICE,
      put('shapes', 'QueueId', 'enum', '["one"]'),
      'BatchPutContact: breaking: request member ContactDataRequestList[].QueueId now has the values of QueueId',
    ],
    [
      'another status of an error',
      CAMPAIGNS,
      put('shapes', 'ServiceQuotaExceededException', 'error', 'httpStatusCode', '429'),
      'CreateCampaign: breaking: error ServiceQuotaExceededException has status 429, not 402',
    ],
    [
      'an error less',
      CONNECT_SERVICE,
      put('operations', 'StopContact', 'errors', '[]'),
      'StopContact: warning: error ContactNotFoundException is gone',
    ],
    [
      'an error more',
      CONNECT_SERVICE,
      put('operations', 'StopContact', 'errors', '6', '{ "shape": "ThrottlingException" }'),
      'StopContact: warning: error ThrottlingException (429) is new',
    ],
    [
      'a member of an error with another name',
      CONNECT_SERVICE,
      put('shapes', 'IdempotencyException', 'members', '{ "Text": { "shape": "Message" } }'),
      'BatchPutContact: breaking: error member IdempotencyException.Message is gone',
    ],
    [
      'a member of an error less',
      CAMPAIGNS_V2,
      put('shapes', 'InvalidCampaignStateException', 'members', 'state', 'undefined'),
      'PauseCampaign: breaking: error member InvalidCampaignStateException.state is gone',
    ],
    [
      'another name of a member of the answer on the wire',
      CONNECT_SERVICE,
      put('shapes', 'SuccessfulRequest', 'members', 'ContactId', 'locationName', '"contact"'),
      'BatchPutContact: breaking: response member SuccessfulRequestList[].ContactId is in the body as contact, not in the body as ContactId',
    ],
    [
      'a member that moves to a header',
      CONNECT_SERVICE,
      put(
        'shapes',
        'BatchPutContactRequest',
        'members',
        'ClientToken',
        '{ "shape": "ClientToken", "idempotencyToken": true, "location": "header", "locationName": "token" }',
      ),
      'BatchPutContact: breaking: request member ClientToken is in the header as token, not in the body as ClientToken',
    ],
    [
      'a parameter of the query with another name',
      CAMPAIGNS,
      put('shapes', 'UntagResourceRequest', 'members', 'tagKeys', 'locationName', '"keys"'),
      'UntagResource: breaking: request member tagKeys is in the query as keys, not in the query as tagKeys',
    ],
    [
      'a header of an error with another name',
      CAMPAIGNS,
      put('shapes', 'ConflictException', 'members', 'xAmzErrorType', 'locationName', '"x-type"'),
      'CreateCampaign: breaking: error member ConflictException.xAmzErrorType is in the header as x-type, not in the header as x-amzn-ErrorType',
    ],
    [
      'a token that is no longer an idempotency token',
      CONNECT_SERVICE,
      put(
        'shapes',
        'BatchPutContactRequest',
        'members',
        'ClientToken',
        'idempotencyToken',
        'undefined',
      ),
      'BatchPutContact: breaking: request member ClientToken has no longer the trait idempotencyToken',
    ],
    [
      'a token that becomes an idempotency token',
      CAMPAIGNS,
      put('shapes', 'DialRequest', 'members', 'clientToken', 'idempotencyToken', 'true'),
      'PutDialRequestBatch: notice: request member dialRequests[].clientToken has now the trait idempotencyToken',
    ],
    [
      'a member that is no longer sensitive',
      CAMPAIGNS,
      put('shapes', 'DestinationPhoneNumber', 'sensitive', 'undefined'),
      'PutDialRequestBatch: notice: request member dialRequests[].phoneNumber has no longer the trait sensitive',
    ],
    [
      'a deprecated member',
      CAMPAIGNS,
      put('shapes', 'DialRequest', 'members', 'attributes', 'deprecated', 'true'),
      'PutDialRequestBatch: warning: request member dialRequests[].attributes has now the trait deprecated',
    ],
    [
      'a deprecated operation',
      CONNECT_SERVICE,
      put('operations', 'BatchPutContact', 'deprecated', 'true'),
      'BatchPutContact: warning: it is now deprecated',
    ],
    [
      'an operation that is no longer idempotent',
      CONNECT_SERVICE,
      put('operations', 'BatchPutContact', 'idempotent', 'undefined'),
      'BatchPutContact: breaking: it is no longer idempotent',
    ],
    [
      'another protocol',
      CONNECT_SERVICE,
      put('metadata', 'protocol', '"json"'),
      'BatchPutContact: breaking: protocol is json, not rest-json',
    ],
    [
      'another signing name',
      CAMPAIGNS_V2,
      put('metadata', 'signingName', '"campaigns"'),
      'CreateCampaign: breaking: signingName is campaigns, not connect-campaigns',
    ],
    [
      'a text that becomes a timestamp',
      CONNECT_SERVICE,
      put('shapes', 'QueueId', '{ "type": "timestamp" }'),
      'BatchPutContact: breaking: request member ContactDataRequestList[].QueueId is a timestamp, not a string',
    ],
    [
      'a text that becomes a double',
      CAMPAIGNS,
      put('shapes', 'ClientToken', '{ "type": "double" }'),
      'PutDialRequestBatch: breaking: request member dialRequests[].clientToken is a double, not a string',
    ],
    [
      'an integer that becomes a double',
      CAMPAIGNS_V2,
      put('shapes', 'RingTimeout', 'type', '"double"'),
      'CreateCampaign: breaking: request member channelSubtypeConfig.telephony.defaultOutboundConfig.ringTimeout is a double, not a integer',
    ],
    [
      'items of another type',
      CONNECT_SERVICE,
      put('shapes', 'AllowedUserAction', '{ "type": "timestamp" }'),
      'BatchPutContact: breaking: request member ContactDataRequestList[].OutboundStrategy.Config.AgentFirst.Preview.AllowedUserActions[] is a timestamp, not a string',
    ],
    [
      'a timestamp in another format',
      CAMPAIGNS,
      put('shapes', 'TimeStamp', 'timestampFormat', 'undefined'),
      'PutDialRequestBatch: breaking: request member dialRequests[].expirationTime is written as epoch-seconds, not as date-time',
    ],
    [
      'a union that becomes a structure',
      CAMPAIGNS,
      put('shapes', 'DialerConfig', 'union', 'undefined'),
      'CreateCampaign: breaking: request member dialerConfig is a structure, not a union',
    ],
    [
      'a member that becomes required',
      CAMPAIGNS,
      put('shapes', 'CreateCampaignRequest', 'required', '4', '"tags"'),
      'CreateCampaign: breaking: request member tags is now required',
    ],
    [
      'a shape that contains itself',
      CONNECT_SERVICE,
      put('shapes', 'Campaign', 'members', 'Parent', '{ "shape": "Campaign" }'),
      'BatchPutContact: notice: request member ContactDataRequestList[].Campaign.Parent is new',
    ],
    [
      'a list of itself',
      CONNECT_SERVICE,
      (json) => {
        put('shapes', 'Campaign', 'members', 'Parents', '{ "shape": "Campaigns" }')(json);
        put('shapes', 'Campaigns', '{ "type": "list", "member": { "shape": "Campaigns" } }')(json);
      },
      'BatchPutContact: notice: request member ContactDataRequestList[].Campaign.Parents is new',
    ],
    [
      'another method',
      CAMPAIGNS,
      put('operations', 'CreateCampaign', 'http', 'method', '"POST"'),
      'CreateCampaign: breaking: HTTP method is POST, not PUT',
    ],
    [
      'another URI',
      CAMPAIGNS_V2,
      put('operations', 'CreateCampaign', 'http', 'requestUri', '"/v3/campaigns"'),
      'CreateCampaign: breaking: HTTP uri is /v3/campaigns, not /v2/campaigns',
    ],
    [
      'an operation less',
      CAMPAIGNS,
      put('operations', 'StopCampaign', 'undefined'),
      'StopCampaign: warning: the model does not have the operation',
    ],
  ])('%s', (_, service, change, row) => {
    const rows = changed(service, change);
    expect(rows.map(saidWith)).toContain(row);
    const check = driftCheck({ against: 'an extract', differences: rows, absent: [] });
    expect(check.verdict).toBe('fail');
    expect(checkSaid(check.detail)).toContain(row.replace(/: (breaking|warning|notice): /, ': '));
  });

  it('but not a new member of an answer of which the definition has only a part', () => {
    const change = put('shapes', 'Contact', 'members', 'Mood', '{ "shape": "QueueId" }');
    expect(changed(CONNECT_SERVICE, change)).toEqual([]);
  });
});

/** The definition of BatchPutContact with another bound where it has `from`. */
function bounded(from: object, to: object): ComparedService {
  const changed = (shape: Shape): Shape =>
    JSON.parse(
      JSON.stringify(shape, (_, value: unknown) => (value === from ? { ...from, ...to } : value)),
    ) as Shape;
  const operation: ModelledOperation = {
    ...BATCH_PUT_CONTACT,
    input: changed(BATCH_PUT_CONTACT.input) as RequestShape,
  };
  return { ...CONNECT_SERVICE, operations: [operation] };
}

test.each<[string, object, object]>([
  ['26 contacts', LIMITS.contacts, { max: 26 }],
  ['24 contacts', LIMITS.contacts, { max: 24 }],
  ['an empty list', LIMITS.contacts, { min: 0 }],
  ['an identifier of 81', LIMITS.requestIdentifier, { max: 81 }],
  ['an address of 257', LIMITS.endpointAddress, { max: 257 }],
  ['an attribute of 32,768', LIMITS.attributeValue, { max: 32_768 }],
])('a definition that allows %s fails the check', (_, from, to) => {
  expect(driftFromExtract(bounded(from, {}))).toEqual([]);
  const differences = driftFromExtract(bounded(from, to));
  expect(differences.map(({ change }) => change.kind)).toContain('member bound');
  expect(driftCheck({ against: 'the extract', differences, absent: [] }).verdict).toBe('fail');
});

describe('an SDK', () => {
  const SCHEMA = connect.BatchPutContact$ as readonly unknown[];
  const TOKEN = ['com.amazonaws.connect', 'BatchPutContactRequest'];
  /** The schema of the request with another schema of one member. */
  const withMember = (name: string, schema: unknown) => {
    const input = (SCHEMA[4] as () => readonly unknown[])();
    const names = input[4] as readonly string[];
    const schemas = (input[5] as readonly unknown[]).map((one, i) =>
      names[i] === name ? schema : one,
    );
    return { BatchPutContact$: SCHEMA.with(4, input.with(5, schemas)) };
  };

  it.each<[string, object, string]>([
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
      'an error without its text',
      { IdempotencyException$: connect.IdempotencyException$.with(4, []).with(5, []) },
      'breaking: error member IdempotencyException.Message is gone',
    ],
    [
      'another path',
      { BatchPutContact$: SCHEMA.with(3, { http: ['PUT', '/v2/{InstanceId}', 200] }) },
      'breaking: HTTP uri is /v2/{InstanceId}, not /contact/batch/{InstanceId}',
    ],
    [
      'no operation',
      { BatchPutContact$: undefined },
      'warning: the model does not have the operation',
    ],
    [
      'no idempotency token',
      withMember('ClientToken', 0),
      'breaking: request member ClientToken has no longer the trait idempotencyToken',
    ],
    [
      'a token in a header',
      withMember('ClientToken', [0, { idempotencyToken: 1, httpHeader: 'token' }]),
      'breaking: request member ClientToken is in the header as token, not in the body as ClientToken',
    ],
    [
      'a timestamp',
      withMember('ClientToken', 5),
      'breaking: request member ClientToken is a timestamp, not a string',
    ],
    [
      'an operation without an input',
      { BatchPutContact$: SCHEMA.with(4, 'unit') },
      'breaking: request member ClientToken is gone',
    ],
    [
      'another signing name and protocol',
      {
        ConnectClient: class {
          config = {
            defaultSigningName: 'other',
            protocol: { getShapeId: () => 'other#protocol' },
          };
        },
      },
      'breaking: protocol is other#protocol, not rest-json',
    ],
  ])('with %s is seen', (_, change, row) => {
    const rows = driftFromSdk(CONNECT_SERVICE, sdk({ ...connect, ...change }));
    const found = rows.filter(({ operation }) => operation === 'BatchPutContact');
    expect(found.map(said)).toContain(row);
    expect(found.filter(({ level }) => level === 'breaking').every(({ fails }) => fails)).toBe(
      true,
    );
  });

  it('with a shape that contains itself is read', () => {
    const itself: unknown[] = [3, ...TOKEN, 0, ['again', 'list'], [() => itself, () => list]];
    const list: unknown[] = [1, ...TOKEN, 0, () => list];
    const rows = driftFromSdk(
      CONNECT_SERVICE,
      sdk({ ...connect, ...withMember('ClientToken', itself) }),
    );
    expect(rows.map(said)).toContain(
      'breaking: request member ClientToken is a structure, not a string',
    );
  });

  it('without a schema is told in one sentence', () => {
    expect(() => driftFromSdk(CONNECT_SERVICE, sdk({}, '3.901.0'))).toThrow(UserError);
  });
});

test.each(OLDER)('an older model lacks what was added since: %s', (name) => {
  expect(differences(name)).toEqual(OLD);
  const check = driftCheck(driftFromFile(pathOf(name)));
  expect(check.verdict).toBe('fail');
  expect(checkSaid(check.detail)).toContain('FailureReasonCode has no INVALID_OUTBOUND_STRATEGY');
});

test('a model in a file is compared with the service whose URIs it has', () => {
  for (const { extract } of SERVICES) {
    const file = join(dir, `${extract}.json`);
    writeFileSync(file, JSON.stringify(readExtract(extract)));
    expect(driftFromFile(file)).toEqual({
      against: `${extract}.json`,
      differences: [],
      absent: [],
    });
  }
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
    'a member in a header',
    OLDER[1] ?? '',
    '"smithy.api#idempotencyToken": {}',
    '"smithy.api#idempotencyToken": {}, "smithy.api#httpHeader": "token"',
    'breaking: request member ClientToken is in the header as token, not in the body as ClientToken',
  ],
  [
    'another name on the wire',
    OLDER[1] ?? '',
    '"smithy.api#idempotencyToken": {}',
    '"smithy.api#idempotencyToken": {}, "smithy.api#jsonName": "token"',
    'breaking: request member ClientToken is in the body as token, not in the body as ClientToken',
  ],
  [
    'no idempotency token',
    OLDER[1] ?? '',
    '"smithy.api#idempotencyToken": {}',
    '',
    'breaking: request member ClientToken has no longer the trait idempotencyToken',
  ],
  [
    'a deprecated operation',
    OLDER[1] ?? '',
    '"smithy.api#idempotent": {}',
    '"smithy.api#idempotent": {}, "smithy.api#deprecated": {}',
    'warning: it is now deprecated',
  ],
  [
    'an operation that is not idempotent',
    OLDER[1] ?? '',
    '"smithy.api#idempotent": {}',
    '"smithy.api#tags": []',
    'breaking: it is no longer idempotent',
  ],
  [
    'another protocol',
    OLDER[1] ?? '',
    '"shapes": {',
    `"shapes": { ${SERVICE},`,
    'breaking: protocol is json, not rest-json',
  ],
  [
    'another signing name',
    OLDER[1] ?? '',
    '"shapes": {',
    `"shapes": { ${SERVICE},`,
    'breaking: signingName is other, not connect',
  ],
  [
    'a shape that contains itself',
    OLDER[1] ?? '',
    '"QueueId": {',
    '"Parent": {"target": "com.amazonaws.connect#ContactDataRequest"}, "QueueId": {',
    'notice: request member ContactDataRequestList[].Parent is new',
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
  ['no JSON', 'text.json', 'text', 'is not JSON'],
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
