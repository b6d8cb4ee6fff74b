/**
 * Moments in a pact. A verifier replaces each moment in a request by one that is as far from the time of the
 * verification: a `DateTime` generator of Pact's specification says how far.
 */

import { secondsOf } from '../agreement/moment.ts';

/** RFC 3339. */
export const MOMENT = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$';

/** A member of a request body that matches any moment. Pact's own writer takes this form; its matchers have none. */
export function anyMoment(example: string) {
  const seconds = secondsOf(example);
  return {
    'pact:matcher:type': 'regex',
    regex: MOMENT,
    value: example,
    'pact:generator:type': 'DateTime',
    format: "yyyy-MM-dd'T'HH:mm:ssXXX",
    expression: `@${seconds < 0 ? '-' : '+'}${Math.abs(seconds)} seconds`,
  };
}
