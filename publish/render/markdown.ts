/** A message as GitHub-flavoured Markdown, for a comment or a check run. GitLab reads it too. */

import { verdictText } from '../../reports/markdown/room.ts';
import { line, MOST_BYTES, table } from '../../reports/markdown/text.ts';
import { type Cut, longestOf, moreSaid } from '../message/fit.ts';
import type { Message } from '../message/message.ts';

/**
 * Markdown of at most 60,000 bytes.
 *
 * @param head stands before it, and is counted. It is not escaped.
 */
export function messageMarkdown(message: Message, head = ''): string {
  return longestOf(
    message,
    (cut) => head + compose(cut),
    (text) => Buffer.byteLength(text) <= MOST_BYTES,
  );
}

/** The verdict with its mark, for titles. */
export const MARKS = {
  pass: '✅',
  fail: '❌',
  'not valid': '⚠️',
  'not exercised': '⚠️',
} as const;

function compose(cut: Cut): string {
  const { verdict, more } = cut;
  return [
    `**${MARKS[verdict]} dialproof: ${verdict}** — ${text(cut.about)}`,
    ...cut.bugs.map((bug) => `> **SEEDED BUG ${text(bug)}: the emulator was told to misbehave.**`),
    ...note(more.bugs),
    [...cut.reasons.map(text), ...note(more.reasons)].map((row) => `- ${row}`).join('\n'),
    table(
      ['What broke', 'Cause'],
      [
        ...cut.failures.map(({ cause, what, detail }) => [
          detail === '' ? text(what) : `${text(what)}<br><sub>${text(detail)}</sub>`,
          text(cause),
        ]),
        ...note(more.failures).map((row) => [row, '']),
      ],
    ),
    table(
      ['Part', 'Verdict', 'Figures'],
      [
        ...cut.parts.map((one) => [text(one.name), verdictText(one.verdict), text(one.said)]),
        ...note(more.parts).map((row) => [row, '', '']),
      ],
    ),
    unexercised(cut),
    cut.links
      .map(({ label, url }) => `[${label}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`)
      .join(' · '),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function unexercised({ unexercised: names, more }: Cut): string {
  const rows = [...names.map(text), ...note(more.unexercised)];
  return rows.length === 0 ? '' : `Not exercised: ${rows.join(', ')}.`;
}

function note(n: number): readonly string[] {
  const said = moreSaid(n);
  return said === null ? [] : [`*${said}*`];
}

function text(value: string): string {
  // Texts of a message have a length already.
  return line(value, Number.POSITIVE_INFINITY);
}
