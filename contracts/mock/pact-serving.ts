/** Serves the interactions of a written pact, of whoever, by Pact's own mock server. */

import { isObject, sameJson } from '../../operation/aws/json.ts';
import { operationAt } from '../../operation/operations.ts';
import { UserError } from '../../system/errors.ts';
import type { AnyPact, HttpInteraction } from '../pact/any-pact.ts';
import { bytesOf, MATCHED, type MockServer, openMockOf } from '../pact/mock-server.ts';
import type { NativeMismatch } from '../pact/pact.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { type ServedInteraction, servedInteraction, specificationOf } from '../pact/served.ts';
import { type Answered, forward } from '../provider/forward.ts';
import { jsonOf } from '../provider/read-answer.ts';
import { headersWithout, type MockCall, type Served, type Serving, unserved } from './call.ts';
import type { Difference, Mismatch } from './mismatch.ts';

export interface PactServingOptions {
  /**
   * Requests match as the pact has them, and no further. Otherwise an idempotency token that the pact does not have may
   * be there, because every AWS SDK adds one, and interactions without a state of their own come first.
   */
  readonly literal: boolean;
}

/** @throws UnavailableError if Pact is not installed, or has no library for this platform. */
export function serveByPact(pact: AnyPact, { literal }: PactServingOptions): Serving {
  const specification = specificationOf(pact);
  const http = pact.interactions.filter((one) => one.kind === 'http');
  const served = new Map(http.map((one) => [one, servedInteraction(one, specification)]));
  const servers = new Map<string, Opened>();
  let asked: readonly WrittenState[] = [];

  const opened = (interactions: readonly HttpInteraction[]): Opened => {
    const key = interactions.map((one) => http.indexOf(one)).join(' ');
    const before = servers.get(key);
    if (before) return before;
    const declared = interactions.flatMap((one) => served.get(one) ?? []);
    const server = { interactions, mock: openMockOf(declared) };
    servers.set(key, server);
    return server;
  };

  /** The interactions that a call may match, the nearer ones first. */
  const candidates = ({ body }: MockCall): readonly Opened[] => {
    const all = http.filter((one) => {
      const bytes = bytesOf(served.get(one) as ServedInteraction);
      return (!bytes || bytes.equals(body)) && asked.every((state) => hasState(one, state));
    });
    if (literal || asked.length > 0) return [opened(all)];
    const plain = all.filter(({ states }) => states.every(({ name }) => name === DAY));
    return plain.length === 0 ? [opened(all)] : [opened(plain), opened(all)];
  };

  const serve = async (call: MockCall): Promise<Served> => {
    const calls = literal ? [call] : [call, ...withoutToken(call)];
    const opens = candidates(call);
    for (const { interactions, mock } of opens) {
      for (const one of calls) {
        const answer = await pass(mock, one);
        const matched = interactions[Number(answer.headers[MATCHED] ?? Number.NaN)];
        if (matched) return used(answer, matched);
      }
    }
    const last = opens.at(-1) as Opened;
    // The call itself is not the last that this server got, if it was sent again without its token.
    await pass(last.mock, call);
    return unserved(mismatchOf(call, last, http));
  };

  opened(http);
  return {
    serve,
    async setState(state) {
      if (state.name === DAY) {
        asked = [];
        return;
      }
      const more = [...asked, state];
      if (!http.some((one) => more.every((wanted) => hasState(one, wanted)))) {
        const known = [...new Set(http.flatMap(({ states }) => states.map(({ name }) => name)))];
        throw new UserError(
          `the pact has no interaction with the state "${state.name}"; its states are ${known.map((name) => `"${name}"`).join(', ') || 'none'}`,
        );
      }
      asked = more;
    },
    provider: pact.provider,
    notes: pact.interactions.flatMap((one) =>
      one.kind === 'http'
        ? []
        : [`"${one.description}" is not served: it is ${one.what}, which HTTP does not carry`],
    ),
    pactMembers: pact.rest,
    async close() {
      for (const { mock } of servers.values()) mock.close();
    },
  };
}

interface Opened {
  readonly interactions: readonly HttpInteraction[];
  readonly mock: MockServer;
}

const DAY = 'an ordinary day';

function hasState({ states }: HttpInteraction, { name, params = {} }: WrittenState): boolean {
  return states.some(
    (one) =>
      one.name === name && (Object.keys(params).length === 0 || sameJson(one.params ?? {}, params)),
  );
}

function used(answer: Answered, { description, raw }: HttpInteraction): Served {
  const { [MATCHED]: _, ...headers } = answer.headers;
  return {
    answer: { ...answer, headers },
    mismatch: null,
    refusal: null,
    used: { description, interaction: raw },
    notRecorded: null,
  };
}

const OF_CONNECTION = /^(host|connection|keep-alive|expect|content-length|transfer-encoding)$/;

function pass({ url }: MockServer, call: MockCall): Promise<Answered> {
  return forward(url, { ...call, headers: headersWithout(call, OF_CONNECTION) });
}

/** The call without its idempotency token; none if it has no such token. */
function withoutToken(call: MockCall): MockCall[] {
  const { operation } = operationAt(call.method, call.target.split('?')[0] ?? '') ?? {};
  const json = jsonOf(call.body);
  if (!operation || !isObject(json)) return [];
  const { members } = operation.input;
  const others = Object.entries(json).filter(
    ([name]) => !members[name]?.traits?.includes('idempotencyToken'),
  );
  if (others.length === Object.keys(json).length) return [];
  return [{ ...call, body: Buffer.from(JSON.stringify(Object.fromEntries(others))) }];
}

/** What Pact says of the last call that matched nothing. @param all also what was left out for the bytes of its body. */
function mismatchOf(
  { method, target, body }: MockCall,
  { mock }: Opened,
  all: readonly HttpInteraction[],
): Mismatch {
  const call = `${method} ${target}`;
  const [path = ''] = target.split('?');
  const [nearest] = all.filter((one) => one.method === method && one.path === path);
  const said = mock
    .mismatches()
    .findLast(
      (one) => one.type !== 'missing-request' && one.method === method && one.path === path,
    );
  const rows = said?.mismatches?.map(differenceOf) ?? [];
  if (rows.length > 0) return { call, nearest: nearest?.description ?? null, differences: rows };
  if (nearest) {
    const came = `${body.length} others`;
    const difference = { where: 'the body', expected: 'the bytes of the pact', came };
    return { call, nearest: nearest.description, differences: [difference] };
  }
  const known = [...new Set(all.map((one) => `${one.method} ${one.path}`))];
  const expected = known.length > MOST ? `one of ${known.length} calls` : known.join(' or ');
  return { call, nearest: null, differences: [{ where: 'method and path', expected, came: call }] };
}

/** The most calls that a mismatch lists. */
const MOST = 10;

function differenceOf({
  type,
  path,
  key,
  parameter,
  expected,
  actual,
  mismatch,
}: NonNullable<NativeMismatch['mismatches']>[number]): Difference {
  const where =
    type === 'HeaderMismatch'
      ? `the header ${key}`
      : type === 'QueryMismatch'
        ? `the query parameter ${parameter}`
        : (path ?? type);
  return {
    where,
    expected: text(expected),
    came: `${text(actual)}${mismatch === undefined ? '' : ` (${mismatch})`}`,
  };
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
