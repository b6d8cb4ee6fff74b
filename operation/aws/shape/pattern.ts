/** Patterns of a model. */

/** Characters that some models escape, but that JavaScript does not let a pattern escape. */
const NEEDLESSLY_ESCAPED = ':;,@#%&=<>!\'"~`_ ';

/** Makes a regular expression that must match a whole text. */
export function wholly(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)/gu, (escaped, character: string) =>
    NEEDLESSLY_ESCAPED.includes(character) ? character : escaped,
  );
  return new RegExp(`^(?:${source})$`, 'u');
}
