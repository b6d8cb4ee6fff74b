/** The journal of an endpoint: the calls that it got and the contacts that it created. */

import type { WireReply, WireRequest } from '../emulator/emulator.ts';
import { contactsIn } from '../emulator/stores/payload.ts';
import type { BatchRecord, Commit, Store } from '../emulator/stores/store.ts';
import { headerOf } from '../emulator/wire/reply.ts';
import { isObject } from '../operation/aws/json.ts';
import type { ContactDataRequest } from '../operation/connect/batch-put-contact/shapes.ts';
import { operationAt } from '../operation/operations.ts';
import { maskNumbers } from '../system/mask-numbers.ts';
import { Waiters, type WaitOptions } from './waiters.ts';

/** The answer for one contact of a batch. */
export interface CallItem {
  readonly requestIdentifier: string | null;
  /** Null if the contact was not created. */
  readonly contactId: string | null;
  /** The FailureReasonCode; null if the contact was created. */
  readonly code: string | null;
}

/** The answer for one dial request of a batch. */
export interface CallDialRequest {
  readonly clientToken: string;
  /** Null if it was not accepted. */
  readonly dialRequestId: string | null;
  /** The failureCode; null if it was accepted. */
  readonly code: string | null;
  /** Why it failed, or what is odd about it. AWS tells it in CloudTrail only. */
  readonly reason: string | null;
}

/** Why a signature did not match. */
export interface CallMismatch {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** The cause as far as it can be told, or how to find it. */
  readonly hint: string;
}

/** One call, answered or refused. */
export interface Call {
  /** Counted from 1 since the start or the last reset. */
  readonly number: number;
  /** The name of the operation in the AWS API; null for a path that belongs to no operation. */
  readonly operation: string | null;
  /** The HTTP status; 0 if the connection was closed without an answer. */
  readonly status: number;
  /** Name of the error, null for a success. */
  readonly error: string | null;
  /** The message of the error. */
  readonly message: string | null;
  readonly accessKeyId: string | null;
  readonly clientToken: string | null;
  /** Whether the answer repeats an earlier answer to the same ClientToken. */
  readonly replayed: boolean;
  /** The parsed JSON of the request; undefined for a body that is not JSON. */
  readonly request: unknown;
  /** The results of an answered BatchPutContact: the successes, then the failures. */
  readonly items: readonly CallItem[];
  /** What became of each dial request of a call of PutDialRequestBatch or PutOutboundRequestBatch, in its order. */
  readonly dialRequests: readonly CallDialRequest[];
  /**
   * What the client should have signed, if its signature did not match, with a hint at the cause. Session token and
   * phone numbers are masked.
   */
  readonly mismatch: CallMismatch | null;
  /** Whether the whole answer was sent. A fault can drop or cut it. */
  readonly delivered: boolean;
}

/** One contact, as it was created. */
export interface Contact {
  readonly contactId: string;
  readonly requestIdentifier: string | null;
  readonly clientToken: string | null;
  readonly instanceId: string;
  readonly campaignId: string | null;
  /** The customer's address. */
  readonly address: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** The item of the batch from which the contact was created. */
  readonly request: ContactDataRequest;
  /** The time by the virtual clock of the endpoint. */
  readonly createdAt: Date;
}

/** Members that must be equal. */
export type CallFilter = Partial<
  Pick<Call, 'operation' | 'status' | 'error' | 'accessKeyId' | 'clientToken' | 'replayed'>
>;

/** Members that must be equal. */
export type ContactFilter = Partial<
  Pick<Contact, 'contactId' | 'requestIdentifier' | 'clientToken' | 'instanceId' | 'campaignId'>
>;

export interface Journal {
  /** The finished calls in the order of their answers. The last 10,000 are kept. */
  calls(filter?: CallFilter): readonly Call[];
  /** The created contacts, even if the client got no answer. The last 250,000 are kept. */
  contacts(filter?: ContactFilter): readonly Contact[];
  /** The number of batches committed under a ClientToken. More than one means a defect or an expired token. */
  batches(clientToken: string): number;
  /**
   * Waits until `predicate` returns a truthy value, and returns that value. It is called at once, then after each
   * call and each batch of contacts.
   *
   * @param options `timeoutMs`: default 5,000.
   * @throws Error, with the last calls, if the time is over or the endpoint closes.
   */
  waitFor<T>(predicate: (journal: Journal) => T, options?: WaitOptions): Promise<NonNullable<T>>;
}

/** The writing side of the journal. */
export interface JournalWriter {
  readonly journal: Journal;
  /** Records a call that has its reply. */
  call(accessKeyId: string | null, request: WireRequest, reply: WireReply): void;
  /** Wraps a store so that every commit is recorded. */
  watched(store: Store): Store;
  clear(): void;
  /** Rejects every pending wait. */
  close(): void;
}

const KEPT_CALLS = 10_000;
const KEPT_CONTACTS = 250_000;
const SHOWN_CALLS = 5;

export function createJournal(): JournalWriter {
  const calls: Call[] = [];
  const contacts: Contact[] = [];
  const batches = new Map<string, number>();
  const waiters = new Waiters(() => lastCalls(calls));
  let number = 0;

  const journal: Journal = {
    calls: (filter) => calls.filter((call) => meets(call, filter)),
    contacts: (filter) => contacts.filter((contact) => meets(contact, filter)),
    batches: (clientToken) => batches.get(clientToken) ?? 0,
    waitFor: (predicate, options) => waiters.wait(() => predicate(journal), options),
  };

  const commit = ({ record, rerun }: Commit) => {
    const { clientToken } = record;
    if (clientToken !== null && !rerun) {
      batches.set(clientToken, (batches.get(clientToken) ?? 0) + 1);
    }
    // A batch that runs again keeps the contacts that it already has.
    const known = rerun ? new Set(contacts.map(({ contactId }) => contactId)) : null;
    for (const contact of contactsOf(record)) {
      if (!known?.has(contact.contactId)) contacts.push(contact);
    }
    trim(contacts, KEPT_CONTACTS);
    waiters.look();
  };

  return {
    journal,
    call(accessKeyId, request, reply) {
      number += 1;
      calls.push(callOf(number, accessKeyId, request, reply));
      trim(calls, KEPT_CALLS);
      waiters.look();
    },
    watched: (store) => ({
      ...store,
      async commit(change) {
        await store.commit(change);
        commit(change);
      },
    }),
    clear() {
      calls.length = 0;
      contacts.length = 0;
      batches.clear();
      number = 0;
    },
    close: () => waiters.close(),
  };
}

/** A call in one line. */
export function callLine({ number, operation, clientToken, status, error, ...call }: Call): string {
  const token = clientToken === null ? '' : `, token "${maskNumbers(clientToken)}"`;
  const failed = call.items.flatMap(({ code }) => code ?? []);
  const items =
    call.items.length === 0
      ? ''
      : `, ${call.items.length - failed.length} created${failed.length > 0 ? `, ${failed.join(', ')}` : ''}`;
  const answer = status === 0 ? 'no answer' : `${status}${error === null ? '' : ` ${error}`}`;
  const notes = `${call.replayed ? ', replayed' : ''}${call.delivered || status === 0 ? '' : ', cut off'}`;
  const hint = call.mismatch === null ? '' : ` (${call.mismatch.hint})`;
  return `#${number} ${operation ?? 'no operation'}${token}: ${answer}${hint}${items}${notes}`;
}

function lastCalls(calls: readonly Call[]): string {
  if (calls.length === 0) return 'There was no call.';
  return [
    'The last calls:',
    ...calls.slice(-SHOWN_CALLS).map((call) => `  ${callLine(call)}`),
  ].join('\n');
}

function trim(list: unknown[], kept: number): void {
  // The list may grow to one and a half times the limit, because one shift for each entry would be slow.
  if (list.length > kept * 1.5) list.splice(0, list.length - kept);
}

function meets<T extends object>(one: T, filter: Partial<T> = {}): boolean {
  return Object.entries(filter).every(([name, value]) => one[name as keyof T] === value);
}

function callOf(
  number: number,
  accessKeyId: string | null,
  request: WireRequest,
  reply: WireReply,
): Call {
  const [path = ''] = request.target.split('?');
  const body = jsonIn(request.body.toString('utf8'));
  const answer = memberOf(jsonIn(reply.body));
  const error = headerOf(reply, 'x-amzn-errortype');
  const { drop, cutAfterBytes } = reply.wireFault ?? {};
  const found = operationAt(request.method, path);
  return {
    number,
    operation: found?.operation.name ?? null,
    status: reply.status,
    error,
    message: error === null ? null : textOr(answer.Message ?? answer.message),
    accessKeyId,
    clientToken: textOr(memberOf(body).ClientToken),
    replayed: reply.about?.replayed ?? false,
    request: body,
    items: itemsOf(answer),
    dialRequests: dialRequestsOf(reply),
    mismatch: mismatchOf(reply),
    delivered: drop === undefined && cutAfterBytes === undefined,
  };
}

function mismatchOf({ about }: WireReply): CallMismatch | null {
  const signature = about?.known.signature;
  return signature && !signature.ok ? (signature.mismatch ?? null) : null;
}

function itemsOf(answer: Readonly<Record<string, unknown>>): CallItem[] {
  const lists = [answer.SuccessfulRequestList, answer.FailedRequestList];
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map(memberOf)
    .map((item) => ({
      requestIdentifier: textOr(item.RequestIdentifier),
      contactId: textOr(item.ContactId),
      code: textOr(item.FailureReasonCode),
    }));
}

function dialRequestsOf({ about }: WireReply): CallDialRequest[] {
  const { operation, known, dials = [] } = about ?? {};
  const asked =
    known?.body?.ok && operation?.lists ? known.body.request[operation.lists.items] : [];
  const tokens = (asked as readonly { readonly clientToken: string }[]).map(
    ({ clientToken }) => clientToken,
  );
  return dials.map((outcome, i) => {
    const clientToken = tokens[i] ?? '';
    if ('code' in outcome) {
      return { clientToken, dialRequestId: null, code: outcome.code, reason: outcome.why };
    }
    const reason = outcome.otherContent ? 'token reused with other content' : null;
    return { clientToken, dialRequestId: outcome.id, code: null, reason };
  });
}

function* contactsOf({ body, results, ...batch }: BatchRecord): Generator<Contact> {
  const items = contactsIn(body);
  for (const [i, result] of results.entries()) {
    const request = items[i];
    if (!request || !('contactId' in result)) continue;
    yield {
      contactId: result.contactId,
      requestIdentifier: request.RequestIdentifier ?? null,
      clientToken: batch.clientToken,
      instanceId: batch.instanceId,
      campaignId: request.Campaign?.CampaignId ?? null,
      address: request.CustomerEndpoint?.Address ?? null,
      attributes: request.Attributes ?? {},
      request,
      createdAt: new Date(batch.committedAt),
    };
  }
}

/** Parses JSON; undefined for a text that is not JSON. The endpoint judges the body; the journal only records it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
