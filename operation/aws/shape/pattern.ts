/** Patterns of a model. */

/** Makes a regular expression that must match a whole text. */
export function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
