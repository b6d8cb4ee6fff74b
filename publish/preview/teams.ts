/** A card drawn by Microsoft's own renderer, the package adaptivecards. */

import { readFileSync } from 'node:fs';
import { needPackages } from '../../system/packages.ts';
import type { TeamsMessage } from '../render/teams.ts';
import { previewPage } from './page.ts';

const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif';

const colour = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name})` });

/** The renderer's settings that a host chooses; its colours are those of the page. */
const HOST = {
  fontFamily: FONT,
  spacing: { small: 6, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--rule)' },
  containerStyles: {
    default: {
      backgroundColor: 'var(--raised)',
      foregroundColors: {
        default: { default: 'var(--ink)', subtle: 'var(--quiet)' },
        accent: colour('accent'),
        good: colour('pass'),
        attention: colour('fail'),
        warning: colour('open'),
        dark: { default: 'var(--ink)', subtle: 'var(--quiet)' },
        light: { default: 'var(--ink)', subtle: 'var(--quiet)' },
      },
    },
  },
};

const STYLE = `
.card{border:1px solid var(--rule);border-radius:4px}
.ac-pushButton{font:inherit;padding:.35rem .9rem;border:1px solid var(--rule);border-radius:4px;background:var(--ground);color:var(--accent)}
`;

/** @throws UnavailableError where the renderer is not installed. */
export function teamsPage({ attachments }: TeamsMessage): string {
  needPackages('drawing the Teams card', ['adaptivecards']);
  const renderer = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
  const card = JSON.stringify(attachments[0]?.content).replaceAll('<', '\\u003c');
  return previewPage(
    'Teams card',
    'Drawn by the package adaptivecards. Teams has its own fonts and widths.',
    '<div class="card" id="card"></div>',
    {
      style: STYLE,
      script: `<script>${renderer.replaceAll('</script', '<\\/script')}</script>
<script>
// The card has no Markdown: what a run says stands in text runs.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = () => {};
const card = new AdaptiveCards.AdaptiveCard();
card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(HOST)});
card.parse(${card});
document.getElementById('card').append(card.render());
</script>`,
    },
  );
}
