/** Files that a test compares with what is made now; UPDATE_GOLDEN=1 writes them, for a look at the difference. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @returns the text of the file as committed; with UPDATE_GOLDEN=1 `text`, which is then written. */
export function goldenText(path: string, text: string): string {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

export function expectGolden(path: string, text: string): void {
  expect(text).toBe(goldenText(path, text));
}
