/** The page's colours, light and dark. Text colours keep a contrast of 4.5 on both grounds. */

export interface Palette {
  readonly ground: string;
  /** Set-off ground: boxes and the rows of failures. */
  readonly raised: string;
  readonly ink: string;
  readonly quiet: string;
  /** Hairlines; carries no text. */
  readonly rule: string;
  /** Links, focus and the main line of a chart. */
  readonly accent: string;
  readonly pass: string;
  readonly fail: string;
  /** Not exercised, not decidable. */
  readonly open: string;
}

export const LIGHT: Palette = {
  ground: '#fdfdfb',
  raised: '#f4f3ee',
  ink: '#1d1d1b',
  quiet: '#5d5c57',
  rule: '#dcdad2',
  accent: '#1f5a8c',
  pass: '#1d6a3a',
  fail: '#b3201a',
  open: '#7d5700',
};

export const DARK: Palette = {
  ground: '#171816',
  raised: '#22231f',
  ink: '#eceae3',
  quiet: '#a9a79e',
  rule: '#3b3c37',
  accent: '#7db8ea',
  pass: '#7cc795',
  fail: '#ff8f85',
  open: '#e0b352',
};

/** The colours as properties of CSS, such as `--ink`. */
export function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}
