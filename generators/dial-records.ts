/** Reads the records of a dial list, for an audit: what each dial request says, and what it must be answered. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialRecordLayout } from '../operation/corpus/dial-record.ts';
import type { DialListManifest } from './dial-list.ts';

/** A dial request of a record, as it was generated. */
export interface RecordedDial {
  readonly phoneNumber: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds from its sending to its expirationTime. */
  readonly expiresIn: number;
}

export interface DialRecords {
  /** Predicted letters of a record's items; undefined past the end of the list. */
  lettersOf(record: number): string | undefined;
  /** Undefined past the end of the list or of the record. */
  dialOf(record: number, place: number): RecordedDial | undefined;
}

interface ListRecord {
  readonly letters: string;
  readonly dials: readonly RecordedDial[];
}

/** A request of either version, as it is in a body. */
interface Written {
  readonly phoneNumber?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly channelSubtypeParameters?: {
    readonly telephony: {
      readonly destinationPhoneNumber: string;
      readonly attributes: Readonly<Record<string, string>>;
    };
  };
}

/** The list is held in memory: about 1 kB for each dial request. */
export async function readDialRecords(
  dir: string,
  { requestsPerBatch, recordBytes }: Pick<DialListManifest, 'requestsPerBatch' | 'recordBytes'>,
): Promise<DialRecords> {
  return dialRecordsIn(await readFile(join(dir, 'batches.bin')), requestsPerBatch, recordBytes);
}

export function dialRecordsIn(bytes: Buffer, requests: number, recordBytes: number): DialRecords {
  const layout = dialRecordLayout(requests);
  const known = new Map<number, ListRecord>();
  const recordOf = (number: number): ListRecord | undefined => {
    const from = number * recordBytes;
    if (from + recordBytes > bytes.length) return undefined;
    const found = known.get(number);
    if (found) return found;
    const record = bytes.subarray(from, from + recordBytes);
    const end = layout.body + record.readUInt32LE(layout.bodyLength);
    const body = JSON.parse(record.toString('utf8', layout.body, end)) as Record<string, Written[]>;
    const [items = []] = Object.values(body);
    const read = {
      letters: record.toString('latin1', layout.letters, layout.letters + requests),
      dials: items.map(({ phoneNumber, attributes, channelSubtypeParameters: channel }, i) => ({
        phoneNumber: phoneNumber ?? channel?.telephony.destinationPhoneNumber ?? '',
        attributes: attributes ?? channel?.telephony.attributes ?? {},
        expiresIn: record.readInt32LE(layout.expiresIn(i)),
      })),
    };
    known.set(number, read);
    return read;
  };
  return {
    lettersOf: (record) => recordOf(record)?.letters,
    dialOf: (record, place) => recordOf(record)?.dials[place],
  };
}
