/** A batch's contacts -> results, and the one commit that makes them last. */

import { hash } from 'node:crypto';
import { canonicalPayload } from '../operation/canonical.ts';
import { decide } from '../operation/decide.ts';
import type { Facts, Instance } from '../operation/facts.ts';
import type { ContactDataRequest } from '../operation/shapes.ts';
import { canRerun } from './ledger.ts';
import type { Service } from './service.ts';
import type { Commit, ItemResult, TokenRecord } from './store.ts';

export interface Batch {
  readonly instance: Instance;
  readonly contacts: readonly ContactDataRequest[];
  /** The facts that the call arrived to. */
  readonly facts: Facts;
}

/** The token under which a batch is committed. */
export interface TokenUse {
  readonly key: string;
  readonly clientToken: string;
  readonly payloadHash: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What is compared when a ClientToken comes again. An instance's ARN and id are the same instance. */
export function payloadHashOf({ instance, contacts }: Batch): string {
  return hash('sha256', canonicalPayload(instance.id, contacts));
}

/**
 * Judges every item and commits contacts and token record together.
 *
 * @param token null for a call without ClientToken.
 * @param newContactId instead of the service's own.
 * @returns one result per item, in the items' order. Rejects if the commit does: nothing is changed then.
 */
export async function putContacts(
  service: Service,
  batch: Batch,
  token: TokenUse | null,
  newContactId = service.newContactId,
): Promise<readonly ItemResult[]> {
  const results = judge(service, batch, batch.contacts, newContactId);
  const { account, region } = batch.facts;
  await commit(service, {
    token: token && {
      key: token.key,
      record: {
        account,
        region,
        clientToken: token.clientToken,
        instanceId: batch.instance.id,
        payloadHash: token.payloadHash,
        committedAt: token.now,
        results,
        requests: 1,
      },
    },
    clientToken: token?.clientToken ?? null,
    results,
  });
  return results;
}

/** Runs the retryable items of a recorded batch again; all the others keep their results. */
export async function rerunContacts(
  service: Service,
  batch: Batch,
  key: string,
  record: TokenRecord,
): Promise<readonly ItemResult[]> {
  const again = batch.contacts.filter((_, i) => canRerun(record.results[i] as ItemResult));
  const fresh = judge(service, batch, again, service.newContactId);
  const next = fresh.values();
  const results = record.results.map((result) =>
    canRerun(result) ? (next.next().value as ItemResult) : result,
  );
  await commit(service, {
    token: { key, record: { ...record, results, requests: record.requests + 1 } },
    clientToken: record.clientToken,
    results: fresh,
  });
  return results;
}

function judge(
  service: Service,
  { instance, facts }: Batch,
  contacts: readonly ContactDataRequest[],
  newContactId: () => string,
): ItemResult[] {
  // The room is the present one, and is taken at once: other calls may be judged before this one's commit.
  const { pendingRoom } = service.facts;
  const verdicts = decide(contacts, { ...facts, pendingRoom }, instance);
  const results = verdicts.map((verdict, i): ItemResult => {
    const requestIdentifier = contacts[i]?.RequestIdentifier;
    return verdict === 'CREATED'
      ? { requestIdentifier, contactId: newContactId() }
      : { requestIdentifier, code: verdict };
  });
  changeRoom(service, -created(results));
  return results;
}

async function commit(service: Service, change: Commit): Promise<void> {
  try {
    if (service.gate.closed) await service.gate.pass();
    await service.store.commit(change);
  } catch (error) {
    changeRoom(service, created(change.results));
    throw error;
  }
  service.stats.contacts += created(change.results);
}

function created(results: readonly ItemResult[]): number {
  let count = 0;
  for (const result of results) if ('contactId' in result) count += 1;
  return count;
}

function changeRoom(service: Service, by: number): void {
  const { pendingRoom } = service.facts;
  if (pendingRoom === null || by === 0) return;
  service.facts = { ...service.facts, pendingRoom: pendingRoom + by };
}
