import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialBatchSource } from '../../generators/dial-batch.ts';
import { DIAL_OPERATIONS, type DialOperation, writeDialList } from '../../generators/dial-list.ts';
import { encodeDialRecord } from '../../generators/dial-record.ts';
import { DIAL_CODES, everyDialCode } from '../../generators/mix.ts';
import { chooseCampaigns } from '../../operation/campaigns/choices.ts';
import { type DialItem, decideDials, INJECTED_DIALS } from '../../operation/campaigns/failures.ts';
import { dialItemOf } from '../../operation/connect-campaigns-v2/operations.ts';
import {
  dialLetterOf,
  dialRecordLayout,
  expirationText,
} from '../../operation/corpus/dial-record.ts';
import { identifierOf, stampOf } from '../../operation/corpus/stamp.ts';
import { tempDir } from '../support/temp-dir.ts';

const MADE = new Date('2026-03-01T12:00:00Z');
const SIZE = 5;
const options = { seed: 9, now: MADE, requestsPerBatch: SIZE, locales: ['fr_FR'] as const };
const dir = tempDir();

/** Reads a record as a load script does: with the stamp and the times of the moment at which it is sent. */
function splice(record: Buffer, stamp: string, now: number) {
  const layout = dialRecordLayout(SIZE);
  for (let i = 0; i < SIZE; i += 1) {
    record.write(stamp, layout.body + record.readUInt32LE(layout.stamp(i)), 'latin1');
    const expiration = expirationText(now + record.readInt32LE(layout.expiresIn(i)));
    record.write(expiration, layout.body + record.readUInt32LE(layout.expiration(i)), 'latin1');
  }
  const length = record.readUInt32LE(layout.bodyLength);
  return {
    body: JSON.parse(record.toString('utf8', layout.body, layout.body + length)),
    letters: record.toString('latin1', layout.letters, layout.letters + SIZE),
  };
}

function judged(operation: DialOperation, items: readonly DialItem[], now: number): string {
  const api = operation === 'PutDialRequestBatch' ? 'v1' : 'v2';
  const injected = INJECTED_DIALS;
  const context = { api, now, choices: chooseCampaigns(), room: 1_000, injected } as const;
  return decideDials(items, context, () => undefined)
    .map((verdict) => dialLetterOf(verdict.kind === 'failed' ? verdict.code : null))
    .join('');
}

it.each(DIAL_OPERATIONS)(
  'records of %s are as predicted, whenever they are sent',
  async (operation) => {
    const out = join(dir, operation);
    const batches = 40;
    const { recordBytes } = await writeDialList(out, {
      ...options,
      operation,
      batches,
      mix: everyDialCode(0.6),
      formats: ['records'],
    });
    const file = readFileSync(join(out, 'batches.bin'));
    expect(file).toHaveLength(batches * recordBytes);
    const source = dialBatchSource({ ...options, mix: everyDialCode(0.6) });
    const now = Date.parse('2027-12-31T23:58:59.999Z');
    const seen = new Set<string>();
    for (let index = 0; index < batches; index += 1) {
      const stamp = stampOf('run00001', index);
      const record = file.subarray(index * recordBytes, (index + 1) * recordBytes);
      const { body, letters } = splice(record, stamp, now);
      const items: DialItem[] = body.dialRequests ?? body.outboundRequests.map(dialItemOf);
      expect(judged(operation, items, now)).toBe(letters);
      expect(items.map(({ clientToken }) => clientToken)).toEqual(
        [0, 1, 2, 3, 4].map((slot) => identifierOf(stamp, slot)),
      );
      expect(items.map(({ phoneNumber, attributes }) => ({ phoneNumber, attributes }))).toEqual(
        source
          .batch(index)
          .dialRequests.map(({ phoneNumber, attributes }) => ({ phoneNumber, attributes })),
      );
      for (const letter of letters) seen.add(letter);
    }
    expect([...seen].sort()).toEqual(['.', ...DIAL_CODES.map(dialLetterOf)]);
  },
);

it('a batch that does not fit into its record is an error', () => {
  const item: DialItem = {
    clientToken: 't',
    phoneNumber: '+12025550100',
    attributes: { long: 'x'.repeat(2_000) },
    expirationTime: expirationText(MADE.getTime()),
  };
  expect(() =>
    encodeDialRecord({ items: [item], predicted: ['Accepted'] }, { dialRequests: [item] }, 0),
  ).toThrow('a batch of 1 dial requests needs more than');
});
