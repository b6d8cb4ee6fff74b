/** The mock of a consumer: an HTTP server that keeps what the consumer used and what did not match. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from '../../operation/aws/json.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import type { Parties } from '../agreement/interaction.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { endToEnd } from '../provider/provider-door.ts';
import { readBytes } from '../provider/read-bytes.ts';
import { type MockCall, type Served, type Serving, type Used, unserved } from './call.ts';
import { type Mismatch, mismatchSaid, type Refusal, refusalSaid } from './mismatch.ts';

export interface ConsumerMock {
  readonly url: string;
  /** In the order in which they came. The SDKs send a call again that was answered 500: it counts once. */
  readonly mismatches: readonly Mismatch[];
  /** Each once. */
  readonly refusals: readonly Refusal[];
  /** One for each kind, in the order of their first use. */
  readonly used: readonly Used[];
  /** Sets a provider state. @throws UserError if it cannot be set. */
  setState(state: WrittenState): Promise<void>;
  /** The provider that the consumer's pact has by default. */
  readonly provider: string;
  /** The consumer's pact: the interactions that were used. */
  pact(parties: Parties): object;
  close(): Promise<void>;
}

export interface MockOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** A refusal that no provider state asks for counts as a mismatch. */
  readonly strict?: boolean;
  /** Told of every mismatch and refusal, and of what is not recorded. */
  readonly tell?: (line: string) => void;
}

/** Calls to the mock itself. No operation has such a path. */
const CONTROL = '/_mock/';

/** @throws UnavailableError if the port cannot be opened. */
export async function openConsumerMock(
  serving: Serving,
  { port = 0, strict = false, tell = () => {} }: MockOptions = {},
): Promise<ConsumerMock> {
  const mismatches: Mismatch[] = [];
  const refusals: Refusal[] = [];
  const used = new Map<string, Used>();
  const told = new Set<string>();
  let isAsked = false;
  for (const note of serving.notes) tell(note);

  /** @returns whether the line is new. */
  const tellOnce = (line: string): boolean => {
    if (told.has(line)) return false;
    told.add(line);
    tell(line);
    return true;
  };

  const count = (mismatch: Mismatch) => {
    const said = mismatchSaid(mismatch);
    if (!mismatches.some((one) => mismatchSaid(one) === said)) mismatches.push(mismatch);
  };

  const setState = async (state: WrittenState) => {
    await serving.setState(state);
    isAsked = state.name !== 'an ordinary day';
  };

  /** A failure of the mock itself is no answer that a test may swallow. */
  const serve = async (call: MockCall): Promise<Served> => {
    try {
      return await serving.serve(call);
    } catch (error) {
      const came = `a failure: ${error instanceof Error ? error.message : String(error)}`;
      return unserved({
        call: `${call.method} ${call.target}`,
        nearest: null,
        differences: [{ where: 'the mock', expected: 'an answer', came }],
      });
    }
  };

  const answer = async (call: MockCall) => {
    const served = await serve(call);
    if (served.mismatch) {
      count(served.mismatch);
      tellOnce(mismatchSaid(served.mismatch));
    }
    if (served.refusal) {
      if (tellOnce(refusalSaid(served.refusal))) refusals.push(served.refusal);
      if (strict && !isAsked) count(refused(served.refusal));
    }
    if (served.notRecorded !== null) {
      tellOnce(`${call.method} ${call.target} is not in the pact: ${served.notRecorded}`);
    }
    const { description } = served.used ?? {};
    // Tests that run at the same time come in any order, which must not choose the example.
    if (served.used && description !== undefined && isBefore(served.used, used.get(description))) {
      used.set(description, served.used);
    }
    return served.answer;
  };

  const controlled = async ({ method, target, body }: MockCall): Promise<unknown> => {
    switch (`${method} ${target}`) {
      case 'POST /_mock/states': {
        await setState(stateIn(body));
        return {};
      }
      case 'GET /_mock/mismatches':
        return { mismatches: mismatches.map(mismatchSaid) };
      default:
        throw new UserError('the mock has POST /_mock/states and GET /_mock/mismatches');
    }
  };

  // One after the other: what a call depends on is what the calls before it left.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  const take = async (request: IncomingMessage, reply: ServerResponse) => {
    const { method = '', url: target = '', headers } = request;
    const call = { method, target, headers, body: await readBytes(request) };
    if (!target.startsWith(CONTROL)) {
      const { status, headers: sent, body } = await inTurn(() => answer(call));
      reply.writeHead(status, endToEnd(sent)).end(body);
      return;
    }
    const json = await inTurn(() => controlled(call));
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  };

  const server = createServer((request, reply) => {
    take(request, reply).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const status = error instanceof UserError ? 400 : 500;
      reply.writeHead(status, { 'content-type': 'application/json' });
      reply.end(JSON.stringify({ message }));
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await serving.close();
    const { code } = error as NodeJS.ErrnoException;
    throw new UnavailableError(
      `the mock cannot listen on port ${port} (${code}): stop what listens there or choose another port`,
    );
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    provider: serving.provider,
    mismatches,
    refusals,
    get used() {
      return [...used.values()];
    },
    setState: (state) => inTurn(() => setState(state)),
    pact: ({ consumer, provider }) => ({
      ...serving.pactMembers,
      consumer: { name: consumer },
      provider: { name: provider },
      interactions: [...used.values()].map(({ interaction }) => interaction),
    }),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await serving.close();
    },
  };
}

/** @throws UserError for a body of another form than Pact's. */
function stateIn(body: Buffer): WrittenState {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    json = null;
  }
  const { state, params } = isObject(json) ? json : {};
  if (typeof state !== 'string' || (params !== undefined && params !== null && !isObject(params))) {
    throw new UserError('a provider state is {"state": "a name", "params": {…}}');
  }
  return { name: state, ...(isObject(params) && { params }) };
}

function isBefore(one: Used, other: Used | undefined): boolean {
  return other === undefined || JSON.stringify(one) < JSON.stringify(other);
}

function refused({ call, status, error, text }: Refusal): Mismatch {
  const difference = {
    where: 'the answer',
    expected: 'no refusal',
    came: `${status} ${error}: ${text}`,
  };
  return { call, nearest: null, differences: [difference], isRefusal: true };
}
