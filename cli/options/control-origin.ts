/** Reads the URL of a control door, which is on this machine or in a private network. */

import { UserError } from '../../system/errors.ts';
import { isPrivateHost } from '../../system/private-host.ts';
import { readUrl } from './read-option.ts';

/**
 * @returns the origin of the URL, such as `http://127.0.0.1:8080`.
 * @throws UserError where the text is not a URL, or no control door answers to its host.
 */
export function controlOrigin(text: string): string {
  const url = readUrl(text);
  if (!isPrivateHost(url.hostname)) {
    throw new UserError(
      `${url.hostname} is not on this machine, and no control door answers to that name: give its IP address, or forward its port to 127.0.0.1`,
    );
  }
  return url.origin;
}
