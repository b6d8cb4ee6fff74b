/**
 * Takes a call through its stages. Each stage gets what the stages before it found, and returns what is known
 * after it, or how the call ends. The rows of the operation's definition decide whether a stage refuses a call.
 */

import { FRONT_DOOR } from '../../../operation/aws/definition/front-door.ts';
import type {
  Authenticated,
  KnownAt,
  Metered,
  Parsed,
  Read,
  Received,
  Routed,
  Signed,
  Sought,
} from '../../../operation/aws/definition/known.ts';
import {
  byStage,
  type Refusal,
  refusalAt,
  type Stage,
} from '../../../operation/aws/definition/refusals.ts';
import type { Facts } from '../../../operation/connect/facts.ts';
import { operationAt } from '../../../operation/operations.ts';
import { faultRefusal, skewOf } from '../../faults/in-service.ts';
import { headersOf } from '../../identity/headers.ts';
import { exampleSignature } from '../example-signature.ts';
import type { End, Ended, Known, Of, Road } from '../road.ts';
import { settle } from '../steps/steps.ts';
import { storeRefusal } from '../store-refusal.ts';
import { takeToken } from '../take-token.ts';
import { readCall } from './read-call.ts';

type Passage<Next> = Next | Ended | Promise<Next | Ended>;

type Step<Before, After> = (known: Before, road: Road) => Passage<After>;

/** The types reject stages in the wrong order. */
export function inTurn<A, B, C, D>(
  ...steps: [
    Step<Received, A>,
    Step<A, B>,
    Step<B, C>,
    Step<C, D>,
    (known: D, road: Road) => Ended | Promise<Ended>,
  ]
): readonly Step<Known, Known>[] {
  return steps as unknown as readonly Step<Known, Known>[];
}

const ROAD = inTurn(route, authenticate, admit, read, settle);

/**
 * Takes a call through all stages.
 *
 * @throws Error only for a defect of the emulator; the call then changed nothing.
 */
export async function frontDoor(road: Road): Promise<Ended> {
  let known: Known = receive(road);
  let at = road;
  try {
    for (const step of ROAD) {
      const passage = step(known, at);
      const next = passage instanceof Promise ? await passage : passage;
      if ('end' in next) return next;
      known = next;
      at = asCaller(at, known);
    }
  } catch (error) {
    return { end: { refusal: storeRefusal(error, known.operation ?? null) }, known };
  }
  throw new Error(`a call of ${known.method} ${known.path} came to no end`);
}

/** The road with the caller's account. What the endpoint has, it has in every account. */
function asCaller(road: Road, { signature }: Known): Road {
  const { facts } = road;
  const account = signature?.ok ? signature.account : undefined;
  if (account === undefined || account === facts.account) return road;
  return { ...road, facts: { ...facts, account } };
}

function receive({ wire: { method, target, bodyBytes } }: Road): Received {
  const cut = target.indexOf('?');
  const path = cut < 0 ? target : target.slice(0, cut);
  return { method, path, query: target.slice(path.length + 1), bodyBytes };
}

/** The refusals of a path that belongs to no operation. */
const NOBODYS = byStage<Facts>(FRONT_DOOR);

function route(received: Received, { facts }: Road): Of<Routed> | Ended {
  const found = operationAt(received.method, received.path);
  const { operation, labels } = found ?? { operation: null, labels: null };
  const sought: Sought & Known = { ...received, operation, labels };
  const refusal = refusalAt(operation?.refusalsAt ?? NOBODYS, 'route', sought, facts);
  if (refusal) return { end: { refusal }, known: sought };
  if (!isRouted(sought)) throw new Error(`${received.path} is no operation's, yet let in`);
  return refused('size', sought, facts) ?? sought;
}

function authenticate(routed: Of<Routed>, road: Road): Of<Authenticated> | Ended {
  const { wire, service, facts, selected } = road;
  const { method, path, query, operation } = routed;
  const { body, httpVersion } = wire;
  const headers = headersOf(wire.headers);
  const parts = { method, path, query, headers, body, ...(httpVersion && { httpVersion }) };
  const at = service.clock.now() + skewOf(selected);
  const { caller } = service.asked;
  const signature =
    (caller && exampleSignature(caller, parts.headers, facts.account)) ??
    service.verify(parts, operation.service.signingName, facts, at);
  const signed = { ...routed, signature };
  const unsigned = refused('signature', signed, facts);
  if (unsigned) return unsigned;
  if (!isAuthenticated(signed)) throw new Error('a signature that is no good was let in');
  return refused('caller', signed, asCaller(road, signed).facts) ?? signed;
}

async function admit(
  authenticated: Of<Authenticated>,
  { service, facts, now, selected }: Road,
): Promise<Of<Metered> | Ended> {
  const bucketTokens = selected?.apply('throttle')
    ? 0
    : await takeToken(service, authenticated.operation, facts, now);
  const metered = { ...authenticated, bucketTokens };
  return (
    refused('rate', metered, facts) ??
    ended(selected && faultRefusal(selected, 'limit-exceeded', metered, facts), metered) ??
    metered
  );
}

function read(metered: Of<Metered>, { wire, facts, selected, service }: Road): Of<Read> | Ended {
  const parsed = { ...metered, body: readCall(metered, wire.body, facts) };
  const unread = refused('body', parsed, facts);
  if (unread) return unread;
  if (!isRead(parsed)) throw new Error('a request that cannot be read was let in');
  return (
    refused('resource', parsed, facts) ??
    refused('service', parsed, facts) ??
    ended(selected && faultRefusal(selected, 'service-unavailable', parsed, facts), parsed) ??
    ended(askedRefusal(service), parsed) ??
    parsed
  );
}

/** The error that a provider state asks for. */
function askedRefusal({ asked: { error } }: Road['service']): Refusal | null {
  return error && { ...error, message: 'The provider state asks for this error.' };
}

// The rows of a stage have refused whatever is none of these: of an operation that has such rows.
const isRouted = (known: Sought & Known): known is Of<Routed> =>
  known.operation !== null && known.labels !== null;
const isAuthenticated = (known: Of<Signed>): known is Of<Authenticated> => known.signature.ok;
const isRead = (known: Of<Parsed>): known is Of<Read> => known.body.ok;

function refused<S extends Exclude<Stage, 'route'>>(
  stage: S,
  known: Of<KnownAt[S]>,
  facts: Facts,
): Ended | null {
  return ended(refusalAt(known.operation.refusalsAt, stage, known, facts), known);
}

function ended(
  refusal: Extract<End, { refusal: unknown }>['refusal'] | null,
  known: Ended['known'],
): Ended | null {
  return refusal && { end: { refusal }, known };
}
