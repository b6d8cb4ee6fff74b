/** The store in this process's memory. */

import type { Commit, ItemResult, Store, TokenRecord } from './store.ts';

export function createMemoryStore(): Store {
  const tokens = new Map<string, TokenRecord>();
  // Batches rather than contacts: a batch shares its results with its token record.
  const batches: { clientToken: string | null; results: readonly ItemResult[] }[] = [];

  return {
    async find(key) {
      return tokens.get(key);
    },
    async commit({ token, clientToken, results }: Commit) {
      if (token) tokens.set(token.key, token.record);
      batches.push({ clientToken, results });
    },
    async countReplay(key) {
      const record = tokens.get(key);
      if (record) tokens.set(key, { ...record, requests: record.requests + 1 });
    },
    async *tokens() {
      yield* tokens.values();
    },
    async *contacts() {
      for (const { clientToken, results } of batches) {
        for (const result of results) {
          if ('contactId' in result) {
            const { contactId, requestIdentifier } = result;
            yield { contactId, clientToken, requestIdentifier };
          }
        }
      }
    },
    async clear() {
      tokens.clear();
      batches.length = 0;
    },
    async close() {},
  };
}
