/** HTML as a tagged template that escapes every value, so that no value can be left unescaped. */

import { visible } from '../../system/visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is already HTML. Only this module makes it. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** A value in a template: text is escaped, markup stands as it is, lists are joined, null is nothing. */
export type Value = string | number | Markup | null | readonly Value[];

/** Builds markup. Values are safe as text and inside quoted attributes, nowhere else. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(
    strings.reduce((built, literal, i) => built + render(values[i - 1] ?? null) + literal),
  );
}

/** Escapes text for HTML and XML, in content and in quoted attributes. */
export function escapeText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

function render(value: Value): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map(render).join('');
  return escapeText(String(value));
}
