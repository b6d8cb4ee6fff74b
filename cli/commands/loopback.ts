/** Endpoints that load may be put on. */

import { UserError } from '../../errors.ts';
import { isLoopback, readUrl } from './read-option.ts';

/** Load goes to this machine only: nobody else's endpoint is put under load by mistake. */
export function loopbackOrigin(text: string): string {
  const url = readUrl(text);
  if (!isLoopback(url)) {
    throw new UserError(
      `${url.hostname} is not on loopback: this version puts load on 127.0.0.1, localhost and [::1] only`,
    );
  }
  return url.origin;
}
