/**
 * A message as an Adaptive Card, in the envelope that a Teams Workflow takes.
 *
 * Teams refuses about 28 KB, everything counted; the message stays below 24 KB. What a run says stands in text runs,
 * which Teams does not read as Markdown.
 */

import type { RunVerdict } from '../../run/run.ts';
import { clip } from '../../system/visible.ts';
import { type Cut, longestOf, moreSaid } from '../message/fit.ts';
import type { Message } from '../message/message.ts';

export const TEAMS_BYTES = 24_000;

/** In a chat, the first words of a detail are enough. */
const DETAIL = 160;

type Colour = 'good' | 'attention' | 'warning' | 'default';

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'bolder';
  readonly color?: Colour;
  readonly isSubtle?: boolean;
  readonly italic?: boolean;
}

export interface CardElement {
  readonly type: 'TextBlock' | 'RichTextBlock';
  readonly text?: string;
  readonly inlines?: readonly TextRun[];
  readonly [more: string]: unknown;
}

export interface AdaptiveCard {
  readonly $schema: string;
  readonly type: 'AdaptiveCard';
  readonly version: string;
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly CardElement[];
  readonly actions: readonly {
    readonly type: 'Action.OpenUrl';
    readonly title: string;
    readonly url: string;
  }[];
}

export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly {
    readonly contentType: 'application/vnd.microsoft.card.adaptive';
    readonly contentUrl: null;
    readonly content: AdaptiveCard;
  }[];
}

export function teamsMessage(message: Message): TeamsMessage {
  return longestOf(
    message,
    envelope,
    (made) => Buffer.byteLength(JSON.stringify(made)) <= TEAMS_BYTES,
  );
}

function envelope(cut: Cut): TeamsMessage {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: card(cut),
      },
    ],
  };
}

const COLOURS: Readonly<Record<RunVerdict, Colour>> = {
  pass: 'good',
  fail: 'attention',
  'not valid': 'warning',
  'not exercised': 'warning',
};

function card(cut: Cut): AdaptiveCard {
  const { verdict, more } = cut;
  const place = [cut.branch, cut.commit?.slice(0, 10)].filter((one) => one != null).join(' ');
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    // The newest version that every Teams client shows.
    version: '1.4',
    fallbackText: `dialproof: ${verdict}`,
    msteams: { width: 'Full' },
    body: [
      {
        type: 'TextBlock',
        text: `dialproof: ${verdict}`,
        size: 'large',
        weight: 'bolder',
        color: COLOURS[verdict],
        wrap: true,
      },
      ...(place === '' ? [] : [rich([{ type: 'TextRun', text: place, weight: 'bolder' }], 'none')]),
      rich([quiet(cut.about)], 'none'),
      ...cut.bugs.map((bug) =>
        rich([
          bold(`SEEDED BUG ${bug}: `, 'attention'),
          plain('the emulator was told to misbehave.'),
        ]),
      ),
      ...note(more.bugs),
      ...cut.reasons.map((reason) => rich([plain(reason)])),
      ...note(more.reasons),
      ...(cut.failures.length + more.failures > 0 ? [heading('What broke')] : []),
      ...cut.failures.map(({ cause, what, detail }) =>
        rich([
          bold(what, 'attention'),
          ...(detail === '' ? [] : [plain(` – ${clip(detail, DETAIL)}`)]),
          quiet(` ${cause}`),
        ]),
      ),
      ...note(more.failures),
      heading('Parts'),
      ...cut.parts.map(({ name, verdict: of, said }) =>
        rich(
          [bold(`${name} `), bold(of, COLOURS[of]), ...(said === '' ? [] : [quiet(` ${said}`)])],
          'none',
        ),
      ),
      ...note(more.parts),
      ...unexercised(cut),
    ],
    actions: cut.links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
  };
}

function unexercised({ unexercised: names, more }: Cut): readonly CardElement[] {
  const said = moreSaid(more.unexercised);
  const rows = [...names, ...(said === null ? [] : [said])];
  return rows.length === 0 ? [] : [rich([quiet(`Not exercised: ${rows.join(', ')}.`)])];
}

function heading(text: string): CardElement {
  return {
    type: 'TextBlock',
    text,
    weight: 'bolder',
    wrap: true,
    separator: true,
    spacing: 'medium',
  };
}

function rich(inlines: readonly TextRun[], spacing = 'small'): CardElement {
  return { type: 'RichTextBlock', spacing, inlines };
}

function note(n: number): readonly CardElement[] {
  const said = moreSaid(n);
  return said === null ? [] : [rich([{ ...quiet(said), italic: true }])];
}

const plain = (text: string): TextRun => ({ type: 'TextRun', text });
const quiet = (text: string): TextRun => ({ type: 'TextRun', text, isSubtle: true });
const bold = (text: string, color: Colour = 'default'): TextRun => ({
  type: 'TextRun',
  text,
  weight: 'bolder',
  color,
});
