/** The ids that a provider gave so far. No two calls may get the same. */

import { isObject } from '../../operation/aws/json.ts';
import { type Exchange, madeIn, madeMember } from './laws.ts';

export interface Seen {
  /** @returns a sentence for each id that an earlier call got. */
  add(exchange: Exchange): string[];
  /** Forgets what was made: the provider begins anew, and may count from the start again. */
  forget(): void;
}

const REQUEST_ID = 'x-amzn-requestid';

export function createSeen(): Seen {
  /** Id -> the token of the call that made it. */
  const made = new Map<string, string | null>();
  const requestIds = new Set<string>();
  return {
    add(exchange) {
      const { operation, request, answer } = exchange;
      const token = tokenOf(request);
      const ids = madeIn(exchange);
      // A call that is sent again with its token is answered with the ids of the first.
      const again = ids.filter((id) => made.has(id) && (token === null || made.get(id) !== token));
      for (const id of ids) if (!made.has(id)) made.set(id, token);
      const requestId = answer.headers[REQUEST_ID];
      const known = typeof requestId === 'string' && requestIds.has(requestId);
      if (typeof requestId === 'string') requestIds.add(requestId);
      return [
        ...[...new Set(again)].map(
          (id) => `${madeMember(operation)} "${id}" is that of an item of an earlier call`,
        ),
        ...(known ? [`x-amzn-RequestId "${String(requestId)}" is that of an earlier call`] : []),
      ];
    },
    forget() {
      made.clear();
      requestIds.clear();
    },
  };
}

/** Dial requests have a token each, so that an id may come again. The laws of one answer hold those apart. */
function tokenOf(request: unknown): string | null {
  if (!isObject(request)) return null;
  const { ClientToken: token } = request;
  if (typeof token === 'string' && token !== '') return token;
  const items = request.dialRequests ?? request.outboundRequests;
  if (!Array.isArray(items)) return null;
  return JSON.stringify(items.map((item) => (isObject(item) ? item.clientToken : null)));
}
