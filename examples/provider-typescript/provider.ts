/**
 * A provider of BatchPutContact, as a team could have it: from AWS's API reference, with the URL that sets provider
 * states. It runs with Node alone: node provider.ts 8080
 */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { checkSignature } from './signature.ts';
import { type Day, ordinaryDay, setState } from './states.ts';

interface Endpoint {
  Type?: string;
  Address?: string;
}

interface Contact {
  SystemEndpoint?: Endpoint;
  CustomerEndpoint?: Endpoint;
  RequestIdentifier?: string;
  QueueId?: string;
  Attributes?: Record<string, string>;
  Campaign?: { CampaignId?: string };
  OutboundStrategy?: { Type?: string; Config?: { AgentFirst?: { Preview?: Preview } } };
}

interface Preview {
  PostAcceptTimeoutConfig?: { DurationInSeconds?: number };
  AllowedUserActions?: string[];
}

interface Batch {
  ClientToken?: string;
  ContactDataRequestList?: Contact[];
}

interface Result {
  RequestIdentifier?: string;
  ContactId?: string;
  FailureReasonCode?: string;
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, name: string, message: string) {
    super(message);
    this.status = status;
    this.name = name;
  }
}

let day: Day = ordinaryDay();

/** Answers a request that is signed and names an instance. */
function putContacts(instanceId: string, batch: Batch): Result[] {
  const instance = day.instances.find(({ id }) => id === instanceId);
  if (!instance) throw new Refusal(404, 'ResourceNotFoundException', 'There is no such instance.');
  if (day.failing)
    throw new Refusal(day.failing.status, day.failing.error, 'The state asks for it.');
  checkBounds(batch);
  const { ClientToken: token = '', ContactDataRequestList: contacts = [] } = batch;
  const before = day.tokens.get(token);
  if (before) {
    if (before.instanceId !== instanceId || !isDeepStrictEqual(before.contacts, contacts)) {
      throw new Refusal(409, 'IdempotencyException', 'The ClientToken belongs to another batch.');
    }
    return before.results as Result[];
  }
  const results = contacts.map((contact): Result => {
    const { RequestIdentifier } = contact;
    const named = RequestIdentifier === undefined ? {} : { RequestIdentifier };
    const code = failureOf(contact, instance);
    return code ? { ...named, FailureReasonCode: code } : { ...named, ContactId: randomUUID() };
  });
  if (token !== '') day.tokens.set(token, { instanceId, contacts, results });
  return results;
}

function failureOf(contact: Contact, instance: Day['instances'][number]): string | null {
  const { CustomerEndpoint: customer, SystemEndpoint: system, QueueId: queue } = contact;
  if (!customer?.Address) return 'MISSING_CUSTOMER_ENDPOINT';
  const isCallable = day.customerEndpointTypes.includes(customer.Type ?? '');
  if (!isCallable || !/^\+[1-9]\d{1,14}$/.test(customer.Address))
    return 'INVALID_CUSTOMER_ENDPOINT';
  const campaign = contact.Campaign?.CampaignId ?? '';
  if (!instance.campaigns.includes(campaign)) return 'MISSING_CAMPAIGN';
  if (queue === undefined && !system) return 'MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT';
  const isOpen = instance.queues.some(({ id, enabled }) => id === queue && enabled);
  if (queue !== undefined && !isOpen) return 'INVALID_QUEUE';
  if (system && !instance.numbers.includes(system.Address ?? '')) return 'INVALID_SYSTEM_ENDPOINT';
  const keys = Object.keys(contact.Attributes ?? {});
  if (keys.some((key) => !/^[\w-]+$/.test(key))) return 'INVALID_ATTRIBUTE_KEY';
  const strategy = contact.OutboundStrategy;
  if (strategy && (strategy.Type !== 'AGENT_FIRST' || !strategy.Config?.AgentFirst?.Preview)) {
    return 'INVALID_OUTBOUND_STRATEGY';
  }
  return day.failingContacts.get(customer.Address) ?? null;
}

/** The bounds of the API reference. */
function checkBounds({ ClientToken, ContactDataRequestList: contacts }: Batch): void {
  const invalid = (what: string) => new Refusal(400, 'InvalidRequestException', what);
  if (!Array.isArray(contacts) || contacts.length < 1 || contacts.length > 25) {
    throw invalid('ContactDataRequestList has 1 to 25 members.');
  }
  const most = (text: string | undefined, length: number, what: string, least = 0) => {
    if (text !== undefined && (text.length > length || text.length < least)) {
      throw invalid(`${what} has ${least} to ${length} characters.`);
    }
  };
  most(ClientToken, 500, 'ClientToken');
  for (const contact of contacts) {
    most(contact.RequestIdentifier, 80, 'RequestIdentifier');
    most(contact.CustomerEndpoint?.Address, 256, 'Address');
    most(contact.SystemEndpoint?.Address, 256, 'Address');
    most(contact.Campaign?.CampaignId, 100, 'CampaignId', 1);
    const { OutboundStrategy: strategy } = contact;
    const preview = strategy?.Config?.AgentFirst?.Preview;
    const seconds = preview?.PostAcceptTimeoutConfig?.DurationInSeconds;
    if (strategy && strategy.Type === undefined)
      throw invalid('OutboundStrategy.Type is required.');
    if (preview && (seconds === undefined || !preview.AllowedUserActions)) {
      throw invalid('PostAcceptTimeoutConfig and AllowedUserActions are required.');
    }
    if (seconds !== undefined && !Number.isInteger(seconds)) {
      throw new Refusal(400, 'SerializationException', 'DurationInSeconds is an integer.');
    }
  }
}

async function answer(request: IncomingMessage, body: string): Promise<[number, object]> {
  const [, instanceId] = /^\/contact\/batch\/([^/?]+)$/.exec(request.url ?? '') ?? [];
  if (request.method !== 'PUT' || !instanceId) {
    throw new Refusal(404, 'UnknownOperationException', 'There is no such operation.');
  }
  if (Buffer.byteLength(body) > day.largestBody) {
    throw new Refusal(413, 'RequestEntityTooLargeException', 'The body is too large.');
  }
  const fault = checkSignature(request, body);
  if (fault) throw new Refusal(403, fault, 'The request is not signed as it must be.');
  if (day.throttled) throw new Refusal(429, day.throttled, 'Rate exceeded');
  // An instance is named by its id or its ARN.
  const id = decodeURIComponent(instanceId).split('/').at(-1) ?? '';
  const results = putContacts(id, readBatch(body));
  const lists = {
    SuccessfulRequestList: results.filter(({ ContactId }) => ContactId !== undefined),
    FailedRequestList: results.filter(({ FailureReasonCode }) => FailureReasonCode !== undefined),
  };
  return [200, lists];
}

function readBatch(body: string): Batch {
  try {
    return JSON.parse(body) as Batch;
  } catch {
    throw new Refusal(400, 'SerializationException', 'The body is not JSON.');
  }
}

function reply(response: ServerResponse, status: number, body: object, error?: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'x-amzn-RequestId': randomUUID(),
    ...(error ? { 'x-amzn-errortype': error } : {}),
  });
  response.end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  if (request.url === '/_states') {
    const next = setState(day, JSON.parse(body));
    if (next) day = next;
    response.writeHead(next ? 200 : 404).end();
    return;
  }
  try {
    const [status, answered] = await answer(request, body);
    reply(response, status, answered);
  } catch (error) {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(500, 'InternalServiceException', String(error));
    reply(response, refusal.status, { Message: refusal.message }, refusal.name);
  }
});

server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(JSON.stringify(server.address()));
});
