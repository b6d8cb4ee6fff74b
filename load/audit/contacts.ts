/**
 * Checks that no ContactId belongs to two ClientTokens, in the answers and in the ledger.
 *
 * Each contact becomes a line, sorted by the digest of its id into parts of bounded size.
 */

import { hash } from 'node:crypto';
import { stampIn } from '../../operation/corpus/stamp.ts';
import type { LedgerContact } from '../endpoint/ledger.ts';
import { type Attempt, contactDigest, contactDigests } from '../lib/history-line.ts';
import { Spill } from './spill.ts';
import type { Tallies } from './tallies.ts';
import { inOneField } from './token-lines.ts';

const NAME = 'contacts are unique';

/** Bytes of lines for a byte of the history. */
const EXPANSION = 2;

export class Contacts {
  readonly #spill: Spill;
  /** Whether anything named contacts. Lines of version `dp1` do not. */
  named = false;

  constructor(historyBytes: number) {
    this.#spill = new Spill(historyBytes * EXPANSION);
  }

  addAnswer({ token, seen }: Attempt): void {
    if (!seen) return;
    this.named = true;
    for (const digest of contactDigests(seen.contacts)) this.#add(digest, token);
  }

  /** A contact without a ClientToken belongs to the batch whose stamp its identifier has. */
  addKept({ contactId, clientToken, requestIdentifier = '' }: LedgerContact): void {
    this.named = true;
    const owner = clientToken ?? stampIn(requestIdentifier) ?? '';
    this.#add(contactDigest(hash('sha256', contactId, 'base64url')), inOneField(owner));
  }

  #add(digest: string, token: string): void {
    this.#spill.add(digest, `${digest}\t${token}`);
  }

  judge(tallies: Tallies): void {
    for (const part of this.#spill.parts()) judgePart(part, tallies);
  }

  /** Removes its files. */
  close(): void {
    this.#spill.close();
  }
}

function judgePart(lines: readonly string[], tallies: Tallies): void {
  /** Digest of a contact -> the first of its tokens. */
  const owners = new Map<string, string>();
  /** Lines of contacts that have a second token. */
  const others = new Set<string>();
  for (const line of lines) {
    const [digest = '', token = ''] = line.split('\t');
    const first = owners.get(digest);
    if (first === undefined) owners.set(digest, token);
    else if (first !== token) others.add(line);
  }
  tallies.hold(NAME, owners.size);
  for (const line of others) {
    const [contact = '', token = ''] = line.split('\t');
    const first = owners.get(contact) ?? '';
    tallies.check(NAME, false, () => ({ kind: 'contact reused', contact, token, first }));
  }
}
