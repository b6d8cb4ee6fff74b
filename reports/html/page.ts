/** The frame of a page: one HTML file without an external request, and without a script or with our one. */

import { Markup, markup, type Value } from './markup.ts';
import { SCRIPT, SCRIPT_HASH } from './script.ts';
import { STYLE } from './style.ts';

/** Nothing may be fetched or run, even if hostile text were to get past the escaping. */
export const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The same, but for the script whose hash this is. */
const WITH_SCRIPT = `${POLICY}; script-src '${SCRIPT_HASH}'`;

export interface PageParts {
  readonly title: string;
  readonly opening: readonly Value[];
  readonly details: Value;
  /** Whether long tables get a box to search them, and all is unfolded on paper. */
  readonly script?: true;
}

export function renderPage({ title, opening, details, script }: PageParts): string {
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${script ? WITH_SCRIPT : POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${STYLE}</head>
<body><a class="skip" href="#details">Skip to the details</a><div class="sheet">
${opening.map(
  (part) => markup`${part}
`,
)}<main id="details">${details}</main>
</div>${script ? SCRIPT : null}</body></html>
`.html;
}
