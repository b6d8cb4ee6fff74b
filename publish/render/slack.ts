/**
 * A message as blocks of Slack's Block Kit.
 *
 * Documented limits: 50 blocks, 150 characters in a header, 3,000 in a section. Undocumented: about 13,200 characters
 * in all. The message stays below 45 blocks and 12,000 characters.
 */

import type { RunVerdict } from '../../run/run.ts';
import { clip } from '../../system/visible.ts';
import { type Cut, longestOf, moreSaid } from '../message/fit.ts';
import type { Failure, Message } from '../message/message.ts';

export const SLACK_LIMITS = {
  blocks: 45,
  characters: 12_000,
  section: 3_000,
  header: 150,
} as const;

/** In a chat, the first words of a detail are enough. */
const DETAIL = 160;

export interface SlackText {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
  readonly verbatim?: boolean;
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: SlackText }
  | { readonly type: 'section'; readonly text: SlackText }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] }
  | { readonly type: 'divider' };

export interface SlackMessage {
  /** For notifications, and for clients that do not show blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export function slackMessage(message: Message): SlackMessage {
  return longestOf(
    message,
    compose,
    (made) =>
      made.blocks.length <= SLACK_LIMITS.blocks &&
      JSON.stringify(made).length <= SLACK_LIMITS.characters,
  );
}

export const SLACK_MARKS: Readonly<Record<RunVerdict, string>> = {
  pass: ':white_check_mark:',
  fail: ':x:',
  'not valid': ':warning:',
  'not exercised': ':warning:',
};

function compose(cut: Cut): SlackMessage {
  const { verdict, more } = cut;
  const mark = SLACK_MARKS[verdict];
  const place = [cut.branch, cut.commit?.slice(0, 10)].filter((one) => one != null).join(' ');
  const title = `dialproof: ${verdict}${place === '' ? '' : ` — ${place}`}`;
  const links = cut.links.map(({ label, url }) => `<${address(url)}|${label}>`);
  return {
    text: clip(
      escaped([`dialproof: ${verdict}`, ...cut.reasons.slice(0, 1)].join(' – ')),
      SLACK_LIMITS.header,
    ),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: clip(title, SLACK_LIMITS.header) } },
      ...sections([
        ...cut.bugs.map(
          (bug) =>
            `:rotating_light: *SEEDED BUG* ${plain(bug)}: the emulator was told to misbehave.`,
        ),
        ...note(more.bugs),
        ...(cut.reasons.length > 0 ? cut.reasons : [`The run came to: ${verdict}.`]).map(
          (reason) => `${mark} ${plain(reason)}`,
        ),
        ...note(more.reasons),
      ]),
      ...(cut.failures.length + more.failures > 0 ? ([{ type: 'divider' }] as const) : []),
      ...sections([...cut.failures.map(failureText), ...note(more.failures)]),
      { type: 'divider' },
      ...sections([
        ...cut.parts.map(
          (part) =>
            `${SLACK_MARKS[part.verdict]} *${plain(part.name)}* ${part.verdict}${part.said === '' ? '' : ` – ${plain(part.said)}`}`,
        ),
        ...note(more.parts),
      ]),
      ...sections(unexercised(cut)),
      ...sections(links.length > 0 ? [links.join('  ·  ')] : []),
      { type: 'context', elements: [mrkdwn(plain(cut.about))] },
    ],
  };
}

function failureText({ cause, what, detail }: Failure): string {
  return `*${plain(what)}*${detail === '' ? '' : `\n> ${plain(clip(detail, DETAIL))}`}\n> ${plain(cause)}`;
}

function unexercised({ unexercised: names, more }: Cut): readonly string[] {
  const rows = [...names.map(plain), ...note(more.unexercised)];
  return rows.length === 0
    ? []
    : [clip(`Not exercised: ${rows.join(', ')}.`, SLACK_LIMITS.section)];
}

/** As few sections as the rows need. No row is divided. */
function sections(rows: readonly string[]): readonly SlackBlock[] {
  const texts: string[] = [];
  for (const row of rows) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + row.length <= SLACK_LIMITS.section) {
      texts[texts.length - 1] = `${last}\n${row}`;
    } else {
      texts.push(row);
    }
  }
  return texts.map((text) => ({ type: 'section', text: mrkdwn(text) }));
}

function note(n: number): readonly string[] {
  const said = moreSaid(n);
  return said === null ? [] : [`_${said}_`];
}

/** `verbatim`: Slack makes no links and mentions of the text. */
function mrkdwn(text: string): SlackText {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Slack asks for these three to be escaped, and for no other. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text that is only text. Slack has no escape for its signs of format: a space without width parts them from words. */
function plain(text: string): string {
  return escaped(text).replace(/[*_~`]/g, '\u200b$&\u200b');
}

/** A URL within `<…|…>`. */
function address(url: string): string {
  return escaped(url.replaceAll('|', '%7C'));
}
