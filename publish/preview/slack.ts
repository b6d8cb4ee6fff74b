/** An approximation of how Slack shows a message. Slack publishes no renderer. */

import type { SlackBlock, SlackMessage, SlackText } from '../render/slack.ts';
import { previewPage } from './page.ts';

/** Name of an emoji -> class of the dot that stands for it: not every machine has a font with emoji. */
const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: 'pass',
  x: 'fail',
  warning: 'open',
  rotating_light: 'fail',
};

const STYLE = `
.slack h1{font:600 1.125rem/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;margin:0 0 .5rem}
.slack p{margin:0 0 .5rem}
.slack hr{border:0;border-top:1px solid var(--rule);margin:.75rem 0}
.slack .context{color:var(--quiet);font-size:.8125rem}
.slack .dot{display:inline-block;width:.7em;height:.7em;border-radius:50%}
.slack .pass{background:var(--pass)}
.slack .fail{background:var(--fail)}
.slack .open{background:var(--open)}
.slack .q{border-left:4px solid var(--rule);padding-left:.6rem;display:inline-block}
`;

export function slackPage({ blocks }: SlackMessage): string {
  return previewPage(
    'Slack message',
    'An approximation: Slack publishes no renderer, so that fonts, widths and folding differ. Dots stand for emoji.',
    `<div class="slack">${blocks.map(block).join('\n')}</div>`,
    { style: STYLE },
  );
}

function block(one: SlackBlock): string {
  switch (one.type) {
    case 'header':
      return `<h1>${escaped(one.text.text)}</h1>`;
    case 'section':
      return `<p>${drawn(one.text)}</p>`;
    case 'context':
      return `<p class="context">${one.elements.map(drawn).join(' ')}</p>`;
    case 'divider':
      return '<hr>';
  }
}

/** mrkdwn escapes `&`, `<` and `>` as HTML does, so that it is HTML but for its signs. */
function drawn({ type, text }: SlackText): string {
  if (type === 'plain_text') return escaped(text);
  return text
    .replaceAll('"', '&quot;')
    .replace(/<([^|<>]+)\|([^<>]*)>/g, (_, url: string, label: string) =>
      /^https?:/.test(url) ? `<a href="${url}">${label}</a>` : label,
    )
    .replace(/(?<![\w\u200b])\*([^*\n]+)\*(?!\u200b)/g, '<b>$1</b>')
    .replace(/(?<![\w\u200b])_([^_\n]+)_(?![\w\u200b])/g, '<i>$1</i>')
    .replace(/:([a-z_]+):/g, (all, name: string) =>
      EMOJI[name] === undefined ? all : `<span class="dot ${EMOJI[name]}" title="${name}"></span>`,
    )
    .split('\n')
    .map((line) => line.replace(/^> (.*)$/, '<span class="q">$1</span>'))
    .join('<br>');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
