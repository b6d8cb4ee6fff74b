/** A file that is no pact is refused in one sentence. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPact } from '../../contracts/pact/pact-file.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';

test.each([
  ['', 'is not JSON'],
  ['null', 'must be an object, not null'],
  ['[]', 'must be an object, not a list'],
  ['{}', 'is not a pact: it has no interactions'],
  ['{"interactions": {}}', 'is not a pact: it has no interactions'],
])('%j', (text, sentence) => {
  const file = join(tempDir(), 'pact.json');
  writeFileSync(file, text);
  expect(() => readPact(file)).toThrow(UserError);
  expect(() => readPact(file)).toThrow(sentence);
});
