/** Patterns of a model. */

/** The regular expression that the whole of a text must match. */
export function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
