/** Reads the URL of a control door, which must be on this machine. */

import { isLoopback } from '../../load/engine/http/loopback.ts';
import { UserError } from '../../system/errors.ts';
import { readUrl } from './read-option.ts';

/**
 * @returns the origin of the URL, such as `http://127.0.0.1:8080`.
 * @throws UserError where the text is not a URL, or its host is not this machine.
 */
export function loopbackOrigin(text: string): string {
  const url = readUrl(text);
  if (!isLoopback(url.hostname)) {
    throw new UserError(
      `${url.hostname} is not on this machine: a control door listens on 127.0.0.1 only`,
    );
  }
  return url.origin;
}
