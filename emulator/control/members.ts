/** The members of a control call's body. */

import { object, unknownMember } from '../read-json.ts';

/**
 * @param known the names that the call has.
 * @throws UserError where it is no JSON object, or has a member that the call does not know.
 */
export function members<Name extends string>(
  body: unknown,
  ...known: Name[]
): Partial<Record<Name, unknown>> {
  const where = 'the body of this control call';
  const given = object(body, where);
  for (const name of Object.keys(given)) {
    if (!known.some((one) => one === name)) throw unknownMember(where, name, known);
  }
  return given as Partial<Record<Name, unknown>>;
}
