/** The page around the picture of a message. */

import { Markup, markup } from '../../reports/html/markup.ts';
import { DARK, LIGHT, variables } from '../../reports/html/palette.ts';

const STYLE = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.what{color:var(--quiet);font-size:.875rem;border-bottom:1px solid var(--rule);padding-bottom:.6rem;margin:0 0 1rem}
a{color:var(--accent)}
code{font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
`;

/**
 * @param what one line about how the picture was made.
 * @param picture HTML, as a renderer made it.
 * @param more style and scripts of the picture.
 */
export function previewPage(
  title: string,
  what: string,
  picture: string,
  more: { readonly style?: string; readonly script?: string } = {},
): string {
  const scripts = more.script === undefined ? "'none'" : "'unsafe-inline'";
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scripts}; img-src data:; base-uri 'none'; form-action 'none'`;
  const style = new Markup(`<style>${STYLE}${more.style ?? ''}</style>`);
  const script = more.script === undefined ? null : new Markup(more.script);
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${style}</head>
<body><main><p class="what">${what}</p>
${new Markup(picture)}
</main>${script}</body></html>
`.html;
}
