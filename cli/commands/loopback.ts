/** Endpoints that load may be put on. */

import { UserError } from '../../errors.ts';

/** Load goes to this machine only: nobody else's endpoint is put under load by mistake. */
export function loopbackOrigin(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UserError(`"${text}" is not a URL: write http://127.0.0.1:PORT`);
  }
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new UserError(
      `${url.hostname} is not on loopback: this version puts load on 127.0.0.1, localhost and [::1] only`,
    );
  }
  return url.origin;
}
