/** Judges the contacts of a batch and commits the results at once. */

import { decide } from '../../../operation/connect/batch-put-contact/decide.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import type { Facts, Instance } from '../../../operation/connect/facts.ts';
import type { BatchRecord, Commit, ItemResult } from '../../stores/store.ts';
import { canRerun } from '../../stores/tokens.ts';
import type { Service } from '../service.ts';

export interface Batch {
  readonly instance: Instance;
  readonly contacts: readonly ContactDataRequest[];
  /** The body that the contacts were read from. */
  readonly body: Uint8Array;
  /** The facts that the call arrived to. */
  readonly facts: Facts;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The token under which a batch is committed. */
export interface TokenUse {
  readonly key: string;
  readonly clientToken: string;
}

/**
 * Judges every item and commits contacts and token together.
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
  const { instance, contacts, body, facts, now } = batch;
  const results = judge(service, batch, contacts, newContactId);
  const record: BatchRecord = {
    account: facts.account,
    region: facts.region,
    instanceId: instance.id,
    clientToken: token?.clientToken ?? null,
    committedAt: now,
    body,
    results,
    requests: 1,
  };
  await commit(service, { key: token?.key ?? null, record, rerun: false, now }, created(results));
  return results;
}

/** Runs the retryable items of a recorded batch again; all the others keep their results. */
export async function rerunContacts(
  service: Service,
  batch: Batch,
  key: string,
  record: BatchRecord,
): Promise<readonly ItemResult[]> {
  const again = batch.contacts.filter((_, i) => canRerun(record.results[i] as ItemResult));
  const fresh = judge(service, batch, again, service.newContactId);
  const next = fresh.values();
  const results = record.results.map((result) =>
    canRerun(result) ? (next.next().value as ItemResult) : result,
  );
  const changed = { ...record, results, requests: record.requests + 1 };
  await commit(service, { key, record: changed, rerun: true, now: batch.now }, created(fresh));
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
  const results = verdicts.map(
    (verdict): ItemResult =>
      verdict === 'CREATED' ? { contactId: newContactId() } : { code: verdict },
  );
  changeRoom(service, -created(results));
  return results;
}

/** @param contacts how many are new; what they took of the room comes back if nothing is committed. */
async function commit(service: Service, change: Commit, contacts: number): Promise<void> {
  try {
    if (service.gate.closed) await service.gate.pass();
    await service.store.commit(change);
  } catch (error) {
    changeRoom(service, contacts);
    throw error;
  }
  service.stats.contacts += contacts;
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
