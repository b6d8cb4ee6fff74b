/** Control doors: always on this machine. */

import { isLoopback } from '../../load/engine/http/loopback.ts';
import { UserError } from '../../system/errors.ts';
import { readUrl } from './read-option.ts';

export function loopbackOrigin(text: string): string {
  const url = readUrl(text);
  if (!isLoopback(url.hostname)) {
    throw new UserError(
      `${url.hostname} is not on this machine: a control door listens on 127.0.0.1 only`,
    );
  }
  return url.origin;
}
