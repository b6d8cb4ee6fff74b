/** The contacts of a campaign: drawn from a seed, or those of a list that `dialproof generate --for …` wrote. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CALL } from '../../feeders/sending/feeder.ts';
import { dialItemSource } from '../../generators/dial-batch.ts';
import type { DialItem } from '../../operation/campaigns/failures.ts';
import { UserError } from '../../system/errors.ts';
import { list, Mismatch, optional, parseJson, record, structure, text } from '../../system/read.ts';

export type Contact = Pick<DialItem, 'phoneNumber' | 'attributes'>;

export interface ContactList {
  readonly contacts: number;
  contact(index: number): Contact;
}

/** People and numbers of a seed. Their numbers ask for nothing. */
export function drawnContacts(seed: number, contacts: number): ContactList {
  const source = dialItemSource('v2', { seed, now: new Date(), requestsPerBatch: CALL });
  let last = { index: -1, items: [] as readonly DialItem[] };
  return {
    contacts,
    contact(index) {
      const batch = Math.floor(index / CALL);
      if (last.index !== batch) last = { index: batch, items: source.batch(batch).items };
      return last.items[index % CALL] as DialItem;
    },
  };
}

const REQUESTS = 'requests.ndjson';
const attributes = optional(record(text), {});

/** A line of the file: the body of a call of either version. */
const body = structure({
  dialRequests: optional(list(structure({ phoneNumber: text, attributes })), []),
  outboundRequests: optional(
    list(
      structure({
        channelSubtypeParameters: structure({
          telephony: structure({ destinationPhoneNumber: text, attributes }),
        }),
      }),
    ),
    [],
  ),
});

/**
 * Reads requests.ndjson, or the folder that it is in. Tokens and expirationTimes are not taken: they are those of the
 * time at which the list was made.
 *
 * @throws UserError if it is not there, is no such list, or is empty.
 */
export function listedContacts(path: string): ContactList {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, REQUESTS) : path;
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new UserError(
      `cannot read the list ${file} (${(error as NodeJS.ErrnoException).code}): make one with "dialproof generate --for PutDialRequestBatch"`,
    );
  }
  const contacts = lines.flatMap((line, i) =>
    line.trim() === '' ? [] : contactsIn(line, file, i + 1),
  );
  if (contacts.length === 0) throw new UserError(`the list ${file} has no dial requests`);
  return { contacts: contacts.length, contact: (index) => contacts[index] as Contact };
}

function contactsIn(line: string, file: string, number: number): readonly Contact[] {
  try {
    const { dialRequests, outboundRequests } = body(parseJson(line, 'the line'), '');
    return [
      ...dialRequests,
      ...outboundRequests.map(({ channelSubtypeParameters: { telephony } }) => ({
        phoneNumber: telephony.destinationPhoneNumber,
        attributes: telephony.attributes,
      })),
    ];
  } catch (error) {
    if (!(error instanceof Mismatch || error instanceof UserError)) throw error;
    // What a line has instead is of a customer: it is not repeated.
    const why = error instanceof Mismatch ? error.message.replace(/, not .*$/s, '') : 'no JSON';
    throw new UserError(
      `${file}, line ${number} is not the body of a call with dial requests: ${why}`,
    );
  }
}
