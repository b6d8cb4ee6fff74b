/** Reads the members of a control call's body. */

import { exactly, type Structure } from '../../system/read.ts';

/**
 * Makes a reader of the body of a call. The reader throws UserError if the body is not a JSON object, has an
 * unknown member, or lacks a required one.
 */
export function bodyOf<T>(members: Structure<T>): (body: unknown) => T {
  const read = exactly(members, 'the body of this control call');
  return (body) => read(body, '');
}
