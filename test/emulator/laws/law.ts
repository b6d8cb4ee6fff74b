/** A law of the operation, asked over the wire: it knows nothing of who answers there. */

import type { Mark } from '../../../operation/aws/provenance.ts';
import { uriEncode } from '../../../operation/aws/uri.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { type Answer, body, type Call } from '../fixtures.ts';

/** An endpoint as one account sees it in one Region. */
export interface Client {
  readonly account: string;
  readonly region: string;
  /** The Host header of its calls. */
  readonly host: string;
  /** Signs for `region` unless the call says otherwise. */
  readonly send: (call: Call) => Promise<Answer>;
}

interface Saying {
  readonly says: string;
  /** How far AWS is known to keep it. */
  readonly mark: Mark;
}

/** Asked of an endpoint that has `world.ts` and no quota. */
export interface Law extends Saying {
  /** One line for every answer that breaks the law. */
  readonly breaches: (client: Client) => Promise<readonly string[]>;
}

/** Asked of two clients that must not feel each other. */
export interface PairLaw extends Saying {
  readonly breaches: (one: Client, other: Client) => Promise<readonly string[]>;
}

/** BatchPutContact. @param instanceId id or ARN. */
export function put(
  client: Client,
  items: readonly ContactDataRequest[],
  token?: string,
  instanceId: string = ORDINARY_INSTANCE.id,
): Promise<Answer> {
  const target = `/contact/batch/${uriEncode(instanceId)}`;
  return client.send({ target, body: body(items, token) });
}

/** What became of a batch, as one text: how many contacts, and the codes of the other items in any order. */
export function outcome({ status, contactIds, codes, error }: Answer): string {
  if (status !== 200) return `${status} ${error}`;
  return [`${contactIds.length} created`, ...[...codes].sort()].join(', ');
}

export interface Case {
  readonly what: string;
  readonly items: readonly ContactDataRequest[];
  /** In the form of `outcome`. */
  readonly due: string;
}

/** The cases of which something else became than was due. */
export async function otherwise(client: Client, cases: readonly Case[]): Promise<string[]> {
  const breaches: string[] = [];
  for (const { what, items, due } of cases) {
    const became = outcome(await put(client, items));
    if (became !== due) breaches.push(`${what}: ${became}, not ${due}`);
  }
  return breaches;
}
