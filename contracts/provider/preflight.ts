/** Checks that the provider and its control door answer, before anything else runs. */

import { connect } from 'node:net';
import { UnavailableError } from '../../system/errors.ts';
import { shownUrl } from '../../system/shown-url.ts';
import { type ControlDoor, controlDoor } from './control-door.ts';
import type { ProviderAccess } from './provider-door.ts';

const TIMEOUT_MS = 3_000;

/**
 * @returns the control door.
 * @throws UnavailableError naming the address that does not answer.
 */
export async function preflight({
  url,
  controlUrl,
}: Pick<ProviderAccess, 'url' | 'controlUrl'>): Promise<ControlDoor> {
  await reach(url, 'The provider');
  await reach(controlUrl, 'The control door');
  const door = controlDoor(controlUrl);
  await door.health();
  return door;
}

/** @throws UnavailableError if nothing accepts a connection at the address. */
export function reach(address: string, who: string): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url)
    throw new UnavailableError(
      `${who} "${shownUrl(address)}" is not an address: give http://host:port.`,
    );
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      socket.destroy();
      reject(
        new UnavailableError(
          `${who} does not answer at ${shownUrl(address)} (${why}); start it first.`,
        ),
      );
    };
    const socket = connect({ host: url.hostname, port });
    socket.setTimeout(TIMEOUT_MS, () => fail('no connection in three seconds'));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', () => {
      socket.end();
      resolve();
    });
  });
}
