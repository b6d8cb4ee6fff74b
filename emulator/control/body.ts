/** The members of a control call's body. */

import { exactly, type Structure } from '../../system/read.ts';

/**
 * A reader of the body of a call that has these members.
 *
 * @returns throws UserError where the body is no JSON object, or has a member that the call does not know.
 */
export function bodyOf<T>(members: Structure<T>): (body: unknown) => T {
  const read = exactly(members, 'the body of this control call');
  return (body) => read(body, '');
}
