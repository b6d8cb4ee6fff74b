/**
 * Serves calls by the endpoint's own decisions: each call is signed again and passed on, so that any key will do, and
 * the answer is the endpoint's. What the consumer used becomes a pact.
 */

import { isObject } from '../../operation/aws/json.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { type AnyOperation, OPERATIONS, operationAt } from '../../operation/operations.ts';
import { UserError } from '../../system/errors.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import type { Caller, StateParams } from '../agreement/states.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { type CallerKeys, keyOf } from '../provider/callers.ts';
import { type Answered, forward } from '../provider/forward.ts';
import { send } from '../provider/provider-door.ts';
import { ERROR_HEADER, jsonOf, plainName } from '../provider/read-answer.ts';
import {
  headersWithout,
  type MockCall,
  type ReadCall,
  type Served,
  type Serving,
  unserved,
} from './call.ts';
import { campaignsNowOf } from './campaigns-now.ts';
import { createEarlier } from './earlier.ts';
import { createInteractions } from './interaction.ts';
import { cameAt, type Mismatch, type Refusal } from './mismatch.ts';
import { createOwnCampaigns } from './own-campaigns.ts';
import { createWorld } from './world.ts';

/** An endpoint that the mock stands on. */
export interface MockedEndpoint {
  readonly url: string;
  readonly controlUrl: string;
  readonly credentials: CallerKeys;
  close(): Promise<void>;
}

export interface EndpointOptions {
  /** The operations that are served. Default: all. */
  readonly operations?: readonly AnyOperation[];
}

/** @throws UnavailableError if the endpoint does not answer. */
export async function serveByEndpoint(
  { url, controlUrl, credentials, close }: MockedEndpoint,
  { operations = OPERATIONS }: EndpointOptions = {},
): Promise<Serving> {
  const world = createWorld();
  const control = (path: string, init: RequestInit = {}) => controlCall(controlUrl, path, init);
  const post = (state: WrittenState) =>
    control('/provider-states', { method: 'POST', body: stateBody(state) });
  const sign = (caller: Caller, call: MockCall) => {
    const key = keyOf(caller, credentials);
    if (!key) throw new UserError(`the mock has no key of ${caller}`);
    const { method, target: path, body } = call;
    const headers = headersWithout(call, NOT_PASSED);
    const signed = { target: { url }, key, method, path, headers, body, region: undefined };
    return send(signed, new Date());
  };
  const get = async (path: string) => {
    const call = { method: 'GET', target: path, headers: {}, body: Buffer.alloc(0) };
    return jsonOf((await sign('principal', call)).body);
  };
  const earlier = createEarlier(campaignsNowOf({ control: (path) => control(path), get }));
  const own = createOwnCampaigns(() => control('/campaigns'));
  const interactionOf = createInteractions();
  /** The states that a test set, besides the ordinary day. */
  let asked: readonly WrittenState[] = [];
  let caller: Caller = 'principal';

  const setState = async ({ name, params }: WrittenState) => {
    if (name === 'an ordinary day') {
      const day = world.begin(params as StateParams['an ordinary day'] | undefined);
      await post({ name, params: { ...day } });
      earlier.forget();
      own.forget();
      asked = [];
      caller = 'principal';
      return;
    }
    await post({ name, ...(params && { params }) });
    if (name === 'the caller is') caller = params?.caller as Caller;
    asked = [...asked, { name, params: params ?? {} }];
  };

  const readCall = ({ method, target, body }: MockCall): ReadCall | null => {
    const found = operationAt(method, target.split('?')[0] ?? '');
    if (!found || !operations.includes(found.operation)) return null;
    const labels = found.labels ?? {};
    const text = JSON.stringify([labels, target, body.toString('utf8')]);
    return { operation: found.operation, labels, json: jsonOf(body), text };
  };

  const serve = async (sent: MockCall): Promise<Served> => {
    const call = atHome(sent);
    const read = readCall(call);
    if (!read) return unserved(unknownCall(sent, operations));
    const instances = world.grow(read.labels, read.json);
    if (instances) {
      const named = instances.map(({ queues, ...one }) => ({
        ...one,
        queues: queues.map((queue) => ({ ...queue, name: queue.id })),
      }));
      await control('/instances', { method: 'PUT', body: JSON.stringify(named) });
    }
    const campaign = world.grows ? await own.neededBy(read) : null;
    if (campaign) await post({ name: campaign.name, params: { ...campaign.params } });
    const needed = await earlier.before(read);
    const { authorization } = call.headers;
    const answer = authorization
      ? await sign(caller, call)
      : await forward(url, { ...call, headers: headersWithout(call, NOT_PASSED) });
    const json = answer.body.length === 0 ? undefined : jsonOf(answer.body);
    if (answer.status === 501) return unserved(notEmulated(sent, read.operation));
    if (answer.status < 300) {
      earlier.after(read, json);
      own.after(read);
    }
    const others = asked.filter(({ name }) => name !== 'a campaign exists');
    const given = [...needed.states, ...others];
    const day = world.dayOf(JSON.stringify([read.text, given]));
    const states = [day, ...given].map(({ name, params }) => ({ name, params: { ...params } }));
    return {
      answer,
      mismatch: null,
      refusal: refusalIn(sent, read, answer, json),
      used:
        needed.obstacle === null
          ? interactionOf({
              call,
              read,
              states,
              answer: { status: answer.status, headers: answer.headers, json },
              now: Date.now(),
            })
          : null,
      notRecorded: needed.obstacle,
    };
  };

  await setState({ name: 'an ordinary day' });
  return {
    serve,
    setState,
    provider: PROVIDER,
    notes: [],
    pactMembers: { metadata: { pactSpecification: { version: '4.0' } } },
    close,
  };
}

async function controlCall(base: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(new URL(path, base), {
    ...init,
    headers: { 'content-type': 'application/json' },
  });
  const text = await response.text();
  const json = text === '' ? undefined : (JSON.parse(text) as unknown);
  if (response.ok) return json;
  throw new UserError(isObject(json) ? String(json.message) : text);
}

function stateBody({ name, params = {} }: WrittenState): string {
  return JSON.stringify({ action: 'setup', state: name, params });
}

/** The Region and account in an ARN, as it is in a body or encoded in a path. */
const ARN_PLACE =
  /(\barn(:|%3A)aws(?:-[a-z-]+)?\2connect(?:-campaigns)?\2)[a-z0-9-]+\2\d{12}(?=\2)/gi;

/** The call with the ARNs of its consumer as ARNs of this endpoint: it has one account, in one Region. */
function atHome(call: MockCall): MockCall {
  const { account, region } = ordinaryFacts();
  const replaced = (text: string) =>
    text.replace(
      ARN_PLACE,
      (_, start: string, colon: string) => `${start}${region}${colon}${account}`,
    );
  const text = call.body.toString('utf8');
  const told = replaced(text);
  // Bytes that are no text stay as they are.
  const body = told === text ? call.body : Buffer.from(told);
  return { ...call, target: replaced(call.target), body };
}

/** What belongs to one connection, or to the signature of the client: every header of this prefix must be signed. */
const NOT_PASSED =
  /^(authorization|host|connection|keep-alive|expect|content-length|transfer-encoding|x-amz-.*)$/;

function refusalIn(
  sent: MockCall,
  { labels, json: request }: ReadCall,
  { status, headers }: Answered,
  json: unknown,
): Refusal | null {
  if (status < 400) return null;
  const error = plainName(headers[ERROR_HEADER]) ?? 'no name';
  const members = isObject(json) ? json : {};
  const said = String(members.Message ?? members.message ?? '');
  const came = cameAt(said, { ...labels, ...(isObject(request) ? request : {}) });
  const text = came === '' ? said : `${said} (${came})`;
  return { call: callSaid(sent), status, error, text };
}

function callSaid({ method, target }: MockCall): string {
  return `${method} ${target}`;
}

/** A path of no operation that is served. The nearest is the one whose path has the most in common with it. */
function unknownCall(call: MockCall, operations: readonly AnyOperation[]): Mismatch {
  const { method, target } = call;
  const path = target.split('?')[0] ?? '';
  const byPath = operations.filter((one) => one.template.labelsIn(path) !== undefined);
  const candidates = byPath.length > 0 ? byPath : operations;
  const [nearest] = [...candidates].sort(
    (a, b) =>
      common(path, b.uri) - common(path, a.uri) ||
      Number(b.method === method) - Number(a.method === method),
  );
  const differences = nearest
    ? [
        ...(nearest.method === method
          ? []
          : [{ where: 'the method', expected: nearest.method, came: method }]),
        ...(byPath.length > 0 ? [] : [{ where: 'the path', expected: nearest.uri, came: path }]),
      ]
    : [];
  return { call: callSaid(call), nearest: nearest?.id ?? null, differences };
}

function common(a: string, b: string): number {
  const end = [...a].findIndex((char, i) => char !== b[i]);
  return end === -1 ? a.length : end;
}

function notEmulated(call: MockCall, { id }: AnyOperation): Mismatch {
  const difference = { where: 'the operation', expected: 'one that is emulated', came: id };
  return { call: callSaid(call), nearest: id, differences: [difference] };
}
