/**
 * The tables of outbound campaigns against the AWS SDK and the published models. Each operation reads what the
 * client sends, and the client reads what the operation answers.
 */

import { Readable } from 'node:stream';
import * as v1 from '@aws-sdk/client-connectcampaigns';
import * as v2 from '@aws-sdk/client-connectcampaignsv2';
import type { ModelOperation, ModelShape, Reference } from '../../models/model.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { errorBody } from '../../operation/aws/definition/operation.ts';
import { readRequest } from '../../operation/aws/shape/read.ts';
import { hasBody } from '../../operation/aws/shape/shapes.ts';
import { writeAnswer } from '../../operation/aws/shape/write.ts';
import { templateOf, uriEncode } from '../../operation/aws/uri.ts';
import { CAMPAIGNS_FRONT_DOOR } from '../../operation/campaigns/refusals.ts';
import {
  type Answers,
  type Requests,
  MODEL as V1,
} from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import { asJson, breachesOf, exampleOf, readExtract, VARIANTS } from './extracts.ts';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Client {
  send(command: object): Promise<Readonly<Record<string, unknown>>>;
  destroy(): void;
}

let received: Received;
let reply: Reply;

/** Takes the place of the client's sockets: keeps the request, and gives the reply. */
const requestHandler = {
  async handle({ method, path, query, body = '' }: Sent) {
    received = { method, path, query: queryText(query), body: textOf(body) };
    const { status: statusCode, headers, body: text } = reply;
    return { response: { statusCode, headers, body: Readable.from([Buffer.from(text)]) } };
  },
};

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** Does not call the body's own methods for text, of which the client warns. */
function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.concat([body]).toString();
}

/** The query as the client's handler of sockets writes it. */
function queryText(query: Sent['query']): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${uriEncode(name)}=${uriEncode(String(one))}`),
    )
    .join('&');
}

const options = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up' },
  maxAttempts: 1,
  requestHandler,
};

const clients = [
  new v1.ConnectCampaignsClient(options as never),
  new v2.ConnectCampaignsV2Client(options as never),
] as unknown as readonly [Client, Client];

afterAll(() => {
  for (const client of clients) client.destroy();
});

const VERSIONS = [
  { name: 'connect-campaigns', sdk: v1, model: V1 },
  { name: 'connect-campaigns-v2', sdk: v2, model: V2 },
] as const;

const METADATA = { $metadata: expect.anything() };

/** Members of answers that the extract has and the client, which is older, leaves out. */
const NEWER_THAN_CLIENT = ['lastModifiedTime'];

function asTheClientKnows(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTheClientKnows);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !NEWER_THAN_CLIENT.includes(name))
      .map(([name, member]) => [name, asTheClientKnows(member)]),
  );
}

describe.each(VERSIONS.map((version, i) => ({ ...version, i })))(
  '$name',
  ({ name, sdk, model, i }) => {
    const extract = readExtract(name);
    const operations = Object.entries<ModelledOperation>(model);

    const send = (operation: string, input: unknown) => {
      const Command = (sdk as unknown as Record<string, new (input: unknown) => object>)[
        `${operation}Command`
      ];
      if (!Command) throw new Error(`the client has no ${operation}Command`);
      return (clients[i] as Client).send(new Command(input));
    };
    const published = (operation: string) => extract.operations[operation] as ModelOperation;
    const sourcesOf = ({ uri }: ModelledOperation, { path, query, body }: Received) => ({
      labels: templateOf(uri).labelsIn(path) ?? {},
      query,
      json: body === '' ? undefined : (JSON.parse(body) as unknown),
    });
    const read = (operation: ModelledOperation, request: Received) =>
      readRequest(operation.input, sourcesOf(operation, request), hasBody(operation.input));

    it('has every operation of the published model', () => {
      expect(Object.keys(model)).toEqual(Object.keys(extract.operations));
    });

    it.each(operations)(
      '%s reads what the client sends, and the client its answer',
      async (id, operation) => {
        const { input, output } = published(id);
        for (let variant = 0; variant < VARIANTS; variant += 1) {
          const request = exampleOf(extract, input as Reference, variant);
          const answer = output ? exampleOf(extract, output, variant) : {};
          const { headers, body } = writeAnswer(operation.output, asJson(answer) as object);
          reply = { status: operation.status, headers, body };
          expect(await send(id, request)).toEqual({
            ...(asTheClientKnows(answer) as object),
            ...METADATA,
          });
          expect(received.method).toBe(operation.method);
          expect(templateOf(operation.uri).labelsIn(received.path)).toBeTruthy();
          expect(read(operation, received)).toEqual({ ok: true, request: asJson(request) });
        }
      },
    );

    it.each(operations)(
      '%s refuses each breach of its bounds with ValidationException',
      (_, operation) => {
        const { input } = published(operation.name);
        const shape = extract.shapes[(input as Reference).shape] as ModelShape;
        let count = 0;
        for (let variant = 0; variant < VARIANTS; variant += 1) {
          const good = asJson(exampleOf(extract, input as Reference, variant));
          for (const { what, value } of breachesOf(extract, input as Reference, good)) {
            const body = readRequest(
              operation.input,
              inPlaces(value, shape),
              hasBody(operation.input),
            );
            const refused = CAMPAIGNS_FRONT_DOOR.ValidationException.applies({ body } as never);
            if (!refused) throw new Error(`${operation.name}${what} is accepted`);
            count += 1;
          }
        }
        expect(count).toBeGreaterThan(0);
        expect(CAMPAIGNS_FRONT_DOOR.ValidationException.status).toBe(
          operation.errors.ValidationException,
        );
      },
    );

    it.each(operations)(
      'the client knows each error of %s by its name and members',
      async (id, operation) => {
        const input = exampleOf(extract, published(id).input as Reference, 0);
        for (const [error, status] of Object.entries(operation.errors)) {
          const { xAmzErrorType, ...members } = exampleOf(extract, { shape: error }, 1) as Record<
            string,
            string
          >;
          expect(typeof xAmzErrorType).toBe('string');
          reply = {
            status,
            headers: { 'x-amzn-errortype': error },
            body: errorBody(operation, {
              name: error,
              status,
              message: members.message ?? '',
              members,
            }),
          };
          const Thrown = (sdk as unknown as Record<string, new () => Error>)[error];
          const thrown = await send(id, input).catch((caught: unknown) => caught);
          expect(thrown).toBeInstanceOf(Thrown);
          expect(thrown).toMatchObject({
            name: error,
            ...members,
            $metadata: { httpStatusCode: status },
          });
        }
      },
    );
  },
);

/** The members of a request in the places from which they are read. */
function inPlaces(value: unknown, { members = {} }: ModelShape) {
  const entries = Object.entries(value as Record<string, unknown>);
  const at = (location: Reference['location']) =>
    entries.filter(([name]) => members[name]?.location === location);
  const texts = (one: unknown) => (Array.isArray(one) ? one : [one]).map((text) => String(text));
  return {
    labels: Object.fromEntries(at('uri')) as Record<string, string>,
    query: at('querystring')
      .flatMap(([name, one]) =>
        texts(one).map(
          (text) => `${members[name]?.locationName ?? name}=${encodeURIComponent(text)}`,
        ),
      )
      .join('&'),
    json: Object.fromEntries(at(undefined)),
  };
}

it('a campaign id is read plain and as an ARN, which the client encodes as one segment', async () => {
  const { uri } = V1.DescribeCampaign;
  reply = { status: 200, headers: {}, body: '{}' };
  for (const id of [
    '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
    'arn:aws:connect-campaigns:us-east-1:123456789012:campaign/x',
  ]) {
    await clients[0].send(new v1.DescribeCampaignCommand({ id }));
    expect(received.path).toBe(`/campaigns/${encodeURIComponent(id)}`);
    expect(templateOf(uri).labelsIn(received.path)).toEqual({ id });
  }
});

describe('a PutDialRequestBatch', () => {
  const { input, output } = V1.PutDialRequestBatch;
  const item = {
    clientToken: 't',
    phoneNumber: '+12065550100',
    expirationTime: '2026-11-29T12:00:00Z',
    attributes: {},
  };
  const read = (dialRequests: unknown) =>
    readRequest<Requests['PutDialRequestBatch']>(
      input,
      { labels: { id: 'c' }, query: '', json: { dialRequests } },
      hasBody(input),
    );

  it('is read and answered with the types of the model', () => {
    const body = read([item]);
    if (!body.ok) throw new Error(body.message);
    const { id, dialRequests } = body.request;
    const answer: Answers['PutDialRequestBatch'] = {
      successfulRequests: dialRequests.map(({ clientToken }) => ({ clientToken, id })),
      failedRequests: [{ clientToken: 'other', failureCode: 'InvalidInput' }],
    };
    expect(writeAnswer(output, answer).body).toBe(
      '{"successfulRequests":[{"clientToken":"t","id":"c"}],"failedRequests":[{"clientToken":"other","failureCode":"InvalidInput"}]}',
    );
  });

  it.each([
    ['no list', {}],
    ['a number for a text', [{ ...item, clientToken: 1 }]],
    ['seconds for a moment', [{ ...item, expirationTime: 1_795_953_600 }]],
  ])('with %s is refused for its types', (_, dialRequests) => {
    const known = { body: read(dialRequests) } as never;
    expect(CAMPAIGNS_FRONT_DOOR.SerializationException.applies(known)).toBe(true);
    expect(CAMPAIGNS_FRONT_DOOR.ValidationException.applies(known)).toBe(false);
  });
});
