/** The members of a control call's body. */

import { UserError } from '../../errors.ts';

/** @throws UserError where it is no JSON object. */
export function members(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  throw new UserError('the body of this control call must be a JSON object');
}
