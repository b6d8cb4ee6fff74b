/** Rows of a ledger: what is read, and what is refused in one sentence. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LedgerRow, readLedgerFile } from '../../load/endpoint/ledger.ts';
import { tempDir } from '../support/temp-dir.ts';

const file = join(tempDir(), 'ledger.ndjson');

async function rowsOf(text: string): Promise<LedgerRow[]> {
  writeFileSync(file, text);
  const rows: LedgerRow[] = [];
  for await (const row of readLedgerFile(file)) rows.push(row);
  return rows;
}

it('reads tokens and contacts, and passes over members that it does not know', async () => {
  const token = {
    type: 'token',
    clientToken: 't',
    items: [{ contactId: 'c', requestIdentifier: 'r' }, { code: 'INVALID_QUEUE' }],
  };
  const contact = { type: 'contact', contactId: 'c', clientToken: null, requestIdentifier: 'r' };
  const text = [{ ...token, account: '1' }, contact].map((row) => JSON.stringify(row)).join('\r\n');
  expect(await rowsOf(`\uFEFF${text}\n\n`)).toEqual([token, contact]);
});

it.each([
  ['{"type":"contact"', 'is not JSON: {"type":"contact"'],
  ['null', 'it must be an object, not null'],
  ['[]', 'it must be an object, not a list'],
  ['{}', 'type must be "token" or "contact", not missing'],
  ['{"type":"call"}', 'type must be "token" or "contact", not "call"'],
  ['{"type":"token","items":[]}', 'clientToken must be a text that is not empty, not missing'],
  ['{"type":"token","clientToken":"t"}', 'items must be a list, not missing'],
  ['{"type":"token","clientToken":"t","items":{}}', 'items must be a list, not an object'],
  [
    '{"type":"token","clientToken":"t","items":[{}]}',
    'items[0].contactId must be a text that is not empty, not missing',
  ],
  ['{"type":"token","clientToken":"t","items":["c"]}', 'items[0] must be an object, not "c"'],
  [
    '{"type":"contact","contactId":7,"clientToken":null}',
    'contactId must be a text that is not empty, not 7',
  ],
  ['{"type":"contact","contactId":"c","clientToken":7}', 'clientToken must be null or a text'],
  [
    '{"type":"contact","contactId":"c","clientToken":null,"requestIdentifier":7}',
    'requestIdentifier must be a text, not 7',
  ],
])('refuses the row %s', async (row, sentence) => {
  const good = '{"type":"contact","contactId":"c","clientToken":null}';
  const refusal = rowsOf(`${good}\n${row}\n`);
  await expect(refusal).rejects.toThrow(`line 2 of the ledger ${file} is not `);
  await expect(refusal).rejects.toThrow(sentence);
  await expect(refusal).rejects.toMatchObject({ name: 'UserError' });
});
