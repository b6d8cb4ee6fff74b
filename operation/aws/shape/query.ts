/** The parameters of a query -> values of their members. */

import type { Shape } from './shapes.ts';

/**
 * What a parameter says, as the JSON that a member of that shape would have: all its values for a list, else
 * the first one; a number or boolean as its text says, or the text itself where it says none.
 *
 * @param query as sent, without `?`.
 * @returns undefined where the parameter is not there.
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

/** What is not well encoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
