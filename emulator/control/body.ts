/** The members of a control call's body. */

import { object, refuseUnknown } from '../../system/read-json.ts';

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
  refuseUnknown(given, where, known);
  return given as Partial<Record<Name, unknown>>;
}
