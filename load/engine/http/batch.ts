/** http.batch: several requests at once, limited in all and per host. */

import type { HttpPlan } from '../options.ts';
import type { HttpClient } from './client.ts';
import { prepare } from './request.ts';
import type { Response } from './response.ts';

type Prepared = ReturnType<typeof prepare>;

/**
 * Sends them, at most `plan.batch` at a time and `plan.batchPerHost` to one host.
 *
 * @param requests an array, or an object whose keys the answers get.
 */
export function sendBatch(
  client: HttpClient,
  plan: HttpPlan,
  requests: unknown,
  settler: { resolve(answers: unknown): void; reject(reason: Error): void },
): void {
  if (typeof requests !== 'object' || requests === null) {
    throw new Error('http.batch() takes an array or an object of requests');
  }
  const entries = Object.entries(requests).map(([key, request]): [string, Prepared] => [
    key,
    preparedOf(plan, request),
  ]);
  const answers = (Array.isArray(requests) ? [] : {}) as Record<string, Response>;
  for (const [key] of entries) answers[key] = undefined as never;
  if (entries.length === 0) {
    settler.resolve(answers);
    return;
  }

  const waiting = [...entries];
  const perHost = new Map<string, number>();
  let open = 0;
  let answered = 0;
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
    client.send(prepared, {
      resolve(response) {
        open -= 1;
        perHost.set(host, (perHost.get(host) ?? 1) - 1);
        answers[key] = response;
        answered += 1;
        if (answered === entries.length) settler.resolve(answers);
        else startAll();
      },
      reject: (reason) => settler.reject(reason),
    });
    return true;
  };
  const startAll = () => {
    while (startNext());
  };
  startAll();
}

/** A URL, an array `[method, url, body, params]` or an object of those names. */
function preparedOf(plan: HttpPlan, request: unknown): Prepared {
  if (Array.isArray(request)) {
    const [method, url, body, params] = request;
    return prepare(plan, method, url, body, params);
  }
  if (typeof request === 'object' && request !== null && 'method' in request) {
    const { method, url, body, params } = request as Record<string, unknown>;
    return prepare(plan, String(method), url, body, params);
  }
  return prepare(plan, 'GET', request, null, null);
}
