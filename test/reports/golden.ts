/** What a report looked like when somebody last read it. */

import { join } from 'node:path';
import { expectGolden } from '../support/golden.ts';

export function expectGoldenReport(name: string, text: string): void {
  expectGolden(join(__dirname, 'golden', name), text);
}
