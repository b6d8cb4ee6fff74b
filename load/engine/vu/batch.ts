/** http.batch: sends several requests at once, with a limit in total and per host. */

import type { HttpPlan } from '../http/plan.ts';
import { HttpUrl, prepare } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { HttpClient } from './client.ts';
import { later, type TaskHolder } from './open-tasks.ts';

type Prepared = ReturnType<typeof prepare>;

export interface Batch {
  /** The requests. Each has the key of its answer. */
  readonly entries: readonly (readonly [key: string, request: Prepared])[];
  readonly isList: boolean;
}

/**
 * @param requests an array, or an object. The answers to an object's requests get the same keys.
 * @throws Error if a request is invalid.
 */
export function prepareBatch(plan: HttpPlan, requests: unknown): Batch {
  if (typeof requests !== 'object' || requests === null) {
    throw new Error('http.batch() takes an array or an object of requests');
  }
  return {
    entries: Object.entries(requests).map(([key, request]) => [
      key,
      preparedOf(plan, key, request),
    ]),
    isList: Array.isArray(requests),
  };
}

/** Sends the requests, at most `plan.batch` at a time and `plan.batchPerHost` to one host. */
export function sendBatch(
  holder: TaskHolder,
  client: HttpClient,
  plan: HttpPlan,
  { entries, isList }: Batch,
  settler: { resolve(answers: unknown): void; reject(reason: Error): void },
): void {
  const answers = (isList ? [] : {}) as Record<string, Response>;
  for (const [key] of entries) answers[key] = undefined as never;
  if (entries.length === 0) {
    later(holder, () => settler.resolve(answers));
    return;
  }

  const waiting = [...entries];
  const perHost = new Map<string, number>();
  let open = 0;
  let answered = 0;
  let failure: Error | null = null;
  const startNext = (): boolean => {
    if (open >= plan.batch) return false;
    const at = waiting.findIndex(
      ([, { outgoing }]) => (perHost.get(outgoing.target.host) ?? 0) < plan.batchPerHost,
    );
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) return false;
    const [key, prepared] = next;
    const { host } = prepared.outgoing.target;
    open += 1;
    perHost.set(host, (perHost.get(host) ?? 0) + 1);
    const over = () => {
      open -= 1;
      perHost.set(host, (perHost.get(host) ?? 1) - 1);
      answered += 1;
      if (answered < entries.length) startAll();
      else if (failure) settler.reject(failure);
      else settler.resolve(answers);
    };
    client.send(prepared, {
      resolve(response) {
        answers[key] = response;
        over();
      },
      reject(reason) {
        failure ??= reason;
        over();
      },
    });
    return true;
  };
  const startAll = () => {
    while (startNext());
  };
  startAll();
}

/** A URL, an array `[method, url, body, params]` or an object of those names. */
function preparedOf(plan: HttpPlan, key: string, request: unknown): Prepared {
  if (Array.isArray(request)) {
    if (request.length < 2) throw new Error(`request ${key} of http.batch() has no method and URL`);
    const [method, url, body, params] = request;
    return prepare(plan, method, url, body, params);
  }
  if (typeof request !== 'object' || request === null || request instanceof HttpUrl) {
    return prepare(plan, 'GET', request, null, null);
  }
  const { method = 'GET', url, body, params } = request as Record<string, unknown>;
  if (url === undefined) throw new Error(`request ${key} of http.batch() has no url`);
  const hasBody = !/^(get|head)$/i.test(String(method));
  return prepare(plan, String(method), url, hasBody ? body : null, params);
}
