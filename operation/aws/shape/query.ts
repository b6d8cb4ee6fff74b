/** The parameters of a query -> values of their members. */

import type { Shape } from './shapes.ts';

/**
 * Converts a parameter to the JSON of a member of that shape. A list gets all values of the parameter; any other
 * shape gets the first. Text that is not a valid number or boolean stays text.
 *
 * @param query as sent, without `?`.
 * @returns undefined if the query does not have the parameter.
 */
export function queryValues(query: string, parameter: string, shape: Shape): unknown {
  const texts = query.split('&').flatMap((pair) => {
    const cut = pair.indexOf('=');
    const name = cut < 0 ? pair : pair.slice(0, cut);
    return decoded(name) === parameter ? [decoded(cut < 0 ? '' : pair.slice(cut + 1))] : [];
  });
  if (texts.length === 0) return undefined;
  if (shape.kind === 'list') return texts.map((text) => valueIn(text, shape.of));
  return valueIn(texts[0] as string, shape);
}

function valueIn(text: string, { kind }: Shape): unknown {
  if (kind === 'integer' || kind === 'double') {
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  }
  return kind === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** Decodes a text. A text with invalid percent-encoding is returned unchanged. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
