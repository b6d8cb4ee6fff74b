/** Sends a request, and tries again with a growing pause where that can help. */

import { setTimeout as sleep } from 'node:timers/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { isLoopback } from '../../system/loopback.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /**
   * Whether it may be sent again although it may have been carried out. A second POST may make a second message, so
   * it is sent again only if it certainly was not carried out.
   */
  readonly repeatable: boolean;
}

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

export interface Patience {
  /** How often it is sent at most. */
  readonly tries: number;
  /** The first pause, milliseconds. Each further one is twice as long. */
  readonly pauseMs: number;
  /** A longer Retry-After is not waited for. */
  readonly longestPauseMs: number;
  /** How long one try may take, milliseconds. */
  readonly timeoutMs: number;
}

export const PATIENCE: Patience = {
  tries: 4,
  pauseMs: 1_000,
  longestPauseMs: 60_000,
  timeoutMs: 20_000,
};

export type Send = (request: Request) => Promise<Answer>;

/** What has certainly not reached a server. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Answers that say so too: too many requests, or no server behind the gateway. */
const NOT_DONE = [429, 503];

/**
 * Makes a sender. It does not follow redirects, which could take a secret to another server.
 *
 * @param what the receiver, as the subject of a sentence without any secret.
 * @returns the last answer, whatever its status.
 * The sender throws UnavailableError if no answer came.
 */
export function senderTo(what: string, patience = PATIENCE, signal?: AbortSignal): Send {
  return async (request) => {
    for (let tried = 1; ; tried += 1) {
      const outcome = await once(request, patience.timeoutMs, signal);
      const pause = pauseBefore(outcome, request, tried, patience);
      if (pause === null) {
        if (!('error' in outcome)) return outcome;
        signal?.throwIfAborted();
        throw new UnavailableError(`${what} cannot be reached (${outcome.error})`);
      }
      await sleep(pause, undefined, signal ? { signal } : {});
    }
  };
}

type Outcome = Answer | { readonly error: string };

async function once(request: Request, timeoutMs: number, signal?: AbortSignal): Promise<Outcome> {
  const { method, url, headers, body } = request;
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { 'user-agent': 'dialproof', ...headers },
      ...(body === undefined ? {} : { body }),
      ...proxy(),
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
    const text = await response.text();
    return { status: response.status, header: (name) => response.headers.get(name), text };
  } catch (error) {
    // The message of an error may have the URL, and a URL may be a secret.
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return { error: limit.aborted ? 'no answer in time' : (cause?.code ?? name) };
  }
}

let agent: EnvHttpProxyAgent | undefined;

/** Node's own fetch does not read the variables of a proxy. */
function proxy(): { readonly dispatcher?: EnvHttpProxyAgent } {
  const { env } = process;
  if (!(env.HTTPS_PROXY ?? env.https_proxy ?? env.HTTP_PROXY ?? env.http_proxy)) return {};
  agent ??= new EnvHttpProxyAgent();
  return { dispatcher: agent };
}

/** Milliseconds until the next try; null where there is none. */
function pauseBefore(
  outcome: Outcome,
  { repeatable }: Request,
  tried: number,
  { tries, pauseMs, longestPauseMs }: Patience,
): number | null {
  if (tried >= tries) return null;
  const backoff = pauseMs * 2 ** (tried - 1) * (0.75 + Math.random() / 2);
  if ('error' in outcome) {
    return repeatable || NOT_SENT.includes(outcome.error) ? backoff : null;
  }
  const { status } = outcome;
  const asked = secondsAsked(outcome.header('retry-after'));
  // GitHub's secondary rate limit is a 403 with a Retry-After.
  const limited = NOT_DONE.includes(status) || (status === 403 && asked !== null);
  if (!limited && !(repeatable && status >= 500)) return null;
  if (asked === null) return backoff;
  return asked * 1_000 > longestPauseMs ? null : asked * 1_000;
}

/** Retry-After has seconds or a date. */
function secondsAsked(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+(?:\.\d+)?$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, (at - Date.now()) / 1_000);
}

/** The first line of what a server said about a refusal. */
export function whySaid({ status, text }: Answer): string {
  const said = messageIn(text).replace(/\s+/g, ' ').trim().slice(0, 200);
  return said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
}

function messageIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    if (typeof message === 'string') return message;
    if (message !== undefined) return JSON.stringify(message);
    return typeof error === 'string' ? error : text;
  } catch {
    return text.replace(/<[^>]*>/g, ' ');
  }
}

/** @throws UserError where a server refused, with what it said. */
export function needOk(what: string, answer: Answer, advice = ''): void {
  if (answer.status >= 200 && answer.status < 300) return;
  throw new UserError(`${what} refused (${whySaid(answer)})${advice === '' ? '' : `: ${advice}`}`);
}

/**
 * Reads a URL from a variable, without ever naming its value.
 *
 * @throws UserError if it is missing, no URL, or a secret that would go over a line that others can read.
 */
export function urlFrom(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  purpose: string,
): string {
  const url = env[name]?.trim();
  if (!url) throw new UserError(`${purpose} needs its URL in ${name}: set it in the environment`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UserError(`${name} is not a URL that begins with https://: copy it again`);
  }
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    throw new UserError(`${name} begins with http://, so that others could read it: use https://`);
  }
  return url;
}
