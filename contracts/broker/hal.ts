/** The Broker's documented HAL API: its index, its links, JSON in and out. */

import { RefusedError } from '../../errors.ts';
import { authorization, type Broker, oneLine, refused } from './broker.ts';

export interface HalResource {
  readonly _links: Readonly<Record<string, { readonly href: string } | readonly unknown[]>>;
}

export interface HalCall {
  readonly broker: Broker;
  /** What is done, for the sentence of a refusal: "publish the pact". */
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

const TIME_LIMIT_MS = 30_000;

/**
 * The Broker's index: shows that a Broker is there, knows the caller, and links to itself.
 *
 * @throws RefusedError where not.
 */
export async function brokerIndex(call: HalCall): Promise<HalResource> {
  const { url } = call.broker;
  const index = await halCall(call, `${url}/`).catch((error: unknown) => {
    if (error instanceof NotHal) throw notBroker(url);
    throw error;
  });
  if (!('pb:publish-contracts' in index._links)) throw notBroker(url);
  linkOf(call.broker, index, 'pb:publish-contracts');
  return index;
}

/**
 * Where a link leads, its `{names}` filled in.
 *
 * @throws RefusedError where there is none, or it leads to another server, which must not get the login.
 */
export function linkOf(
  broker: Broker,
  resource: HalResource,
  relation: string,
  names: Readonly<Record<string, string>> = {},
): string {
  const link = resource._links[relation];
  if (link === undefined || !('href' in link)) {
    throw new RefusedError(
      `The Pact Broker at ${broker.url} has no ${relation}: update it to a version that has.`,
    );
  }
  const href = link.href.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ''),
  );
  const { origin } = new URL(href, `${broker.url}/`);
  if (origin !== new URL(broker.url).origin) {
    throw new RefusedError(
      `The Pact Broker at ${broker.url} links to ${origin}, where its login is not sent: set ` +
        "the Broker's PACT_BROKER_BASE_URL, or call it by that address.",
    );
  }
  return new URL(href, `${broker.url}/`).href;
}

/** An answer that is no HAL. */
class NotHal extends RefusedError {}

/**
 * GET, or POST where there is a body.
 *
 * @throws RefusedError for any answer but a HAL resource with a status of success.
 */
export async function halCall(
  { broker, doing, signal }: HalCall,
  href: string,
  body?: unknown,
): Promise<HalResource> {
  const { status, text } = await answerOf(broker, href, body, signal);
  const json = parsed(text);
  if (status >= 400) throw refused(broker, doing, status, reasonIn(json));
  if (status >= 300 || typeof (json as HalResource | null)?._links !== 'object') {
    throw new NotHal(
      `The Pact Broker at ${broker.url} answers ${status} without HAL when asked to ${doing}: ` +
        'check the address.',
    );
  }
  return json as HalResource;
}

async function answerOf(
  broker: Broker,
  href: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<{ status: number; text: string }> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  try {
    const answer = await fetch(href, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        accept: 'application/hal+json, application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...authorization(broker),
      },
      // A redirect could take the login elsewhere.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    const why = limit.aborted ? 'no answer in 30 s' : (cause?.code ?? cause?.message ?? message);
    throw new RefusedError(
      `The Pact Broker at ${broker.url} cannot be reached (${oneLine(broker, why)}): ` +
        'check the address and the network.',
    );
  }
}

function notBroker(url: string): RefusedError {
  return new RefusedError(
    `What answers at ${url} is not a Pact Broker of today (no pb:publish-contracts in its index): ` +
      'give the address of its index page.',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** A Broker's reason: in `notices`, in `errors` by member, in `error.message`, or in `error`. */
function reasonIn(json: unknown): string | null {
  const { notices, errors, error } = (json ?? {}) as {
    notices?: { text: string }[];
    errors?: Record<string, string[]>;
    error?: string | { message?: string };
  };
  if (notices?.length) return notices.map(({ text }) => text).join('; ');
  if (errors) {
    return Object.entries(errors)
      .map(([member, texts]) => `${member} ${[texts].flat().join(', ')}`)
      .join('; ');
  }
  return (typeof error === 'object' ? error.message : error) ?? null;
}
