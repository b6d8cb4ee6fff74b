/**
 * The tables of outbound campaigns against the AWS SDK and the published models. Each operation reads what the
 * client sends, and the client reads what the operation answers.
 */

import { createServer, type IncomingMessage } from 'node:http';
import * as v1 from '@aws-sdk/client-connectcampaigns';
import * as v2 from '@aws-sdk/client-connectcampaignsv2';
import type { ModelOperation, ModelShape, Reference } from '../../models/model.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { errorBody } from '../../operation/aws/definition/operation.ts';
import { readRequest } from '../../operation/aws/shape/read.ts';
import { hasBody } from '../../operation/aws/shape/shapes.ts';
import { writeAnswer } from '../../operation/aws/shape/write.ts';
import { templateOf } from '../../operation/aws/uri.ts';
import { CAMPAIGNS_FRONT_DOOR } from '../../operation/campaigns/refusals.ts';
import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import { closeServer, listen } from '../support/listen.ts';
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

const server = createServer(async (request: IncomingMessage, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = (request.url ?? '').split('?');
  received = {
    method: request.method ?? '',
    path,
    query,
    body: Buffer.concat(chunks).toString('utf8'),
  };
  response.writeHead(reply.status, reply.headers).end(reply.body);
});

const clients: Client[] = [];

beforeAll(async () => {
  const options = {
    endpoint: `http://127.0.0.1:${await listen(server)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up' },
    maxAttempts: 1,
  };
  clients.push(
    new v1.ConnectCampaignsClient(options) as unknown as Client,
    new v2.ConnectCampaignsV2Client(options) as unknown as Client,
  );
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await closeServer(server);
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
    await clients[0]?.send(new v1.DescribeCampaignCommand({ id }));
    expect(received.path).toBe(`/campaigns/${encodeURIComponent(id)}`);
    expect(templateOf(uri).labelsIn(received.path)).toEqual({ id });
  }
});
