/** Makes text safe to print: shows invisible characters and those that control a terminal or a parser. */

const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Replaces control characters, bidirectional overrides, lone surrogates and non-characters.
 * Tab and line feed stay. The result is also a legal XML 1.0 character sequence.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, (char) => {
    const code = char.charCodeAt(0);
    // C0 controls and DEL have pictures of their own; nothing else does.
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\n\t]+/g, ' ');
}

/** Lines that GitHub takes for commands, and the beginnings that Azure Pipelines and TeamCity do. */
const CI_COMMANDS = /^(\s*):(?=:)|##(?=vso\[|\[|teamcity\[)/gm;

/** Visible, and without commands to CI systems: `::error::x` becomes `: :error::x`. */
export function harmless(text: string): string {
  return visible(text).replace(CI_COMMANDS, (found) => (found === '##' ? '# #' : `${found} `));
}

/** The same with the colours of a script's own text. */
export function harmlessInColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin the sequences that it keeps
  const parts = text.split(/(\u001b\[[\d;]*m)/);
  return parts.map((part, i) => (i % 2 === 1 ? part : harmless(part))).join('');
}

/** At most `length` UTF-16 units, the cut marked; never half a surrogate pair. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
