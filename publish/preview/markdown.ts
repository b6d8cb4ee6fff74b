/** A comment drawn by the package marked, which reads GitHub's dialect of Markdown. */

import { needPackages } from '../../system/packages.ts';
import { previewPage } from './page.ts';

const STYLE = `
.comment{border:1px solid var(--rule);border-radius:6px;padding:1rem}
.comment table{border-collapse:collapse;display:block;overflow-x:auto;margin:0 0 1rem}
.comment th,.comment td{border:1px solid var(--rule);padding:.35rem .75rem;text-align:left;vertical-align:top;overflow-wrap:normal;min-width:5rem}
.comment tr:nth-child(2n) td{background:var(--raised)}
.comment pre{background:var(--raised);padding:.75rem;overflow-x:auto}
.comment blockquote{margin:0 0 1rem;padding:0 1rem;border-left:.25rem solid var(--rule);color:var(--quiet)}
.comment>:first-child{margin-top:0}
`;

/** @throws UnavailableError where the renderer is not installed. */
export async function markdownPage(text: string): Promise<string> {
  needPackages('drawing the comment', ['marked']);
  // Loaded when a picture is drawn: publishing does not need it.
  const { marked } = await import('marked');
  return previewPage(
    'Comment',
    'Drawn by the package marked. GitHub and GitLab have styles of their own.',
    `<div class="comment">${await marked.parse(text, { gfm: true })}</div>`,
    { style: STYLE },
  );
}
