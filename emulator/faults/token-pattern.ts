/**
 * Regular expressions of fault plans. Their time grows with the length of the text only: a plan is written by hand,
 * and the texts come from callers, so that the engine of JavaScript could be kept busy for ever.
 */

import { UserError } from '../../system/errors.ts';
import { described, filledText } from '../../system/read.ts';

/** Reads the text of a pattern. */
export const tokenPattern = described('a regular expression as text', (value, at): string => {
  const source = filledText(value, at);
  try {
    compile(source);
  } catch (error) {
    throw new UserError(
      `${at} must be a regular expression in the syntax of RE2, without lookahead, lookbehind and backreference, which '${source}' is not (${(error as Error).message})`,
    );
  }
  return source;
});

/** @param source one that `tokenPattern` has read. */
export function tokenTest(source: string): (token: string) => boolean {
  const compiled = compile(source);
  return (token) => compiled.matcher(token).find();
}

function compile(source: string) {
  // Loaded where it is asked for: few plans look at tokens. Required, for jest cannot import.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  // Takes what JavaScript writes in another way, such as \u escapes.
  return RE2JS.compile(RE2JS.translateRegExp(source));
}
