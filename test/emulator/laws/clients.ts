/** Emulators as the laws see them. */

import type { RunningEmulator } from '../../../emulator/emulator.ts';
import { control, send } from '../fixtures.ts';
import type { Client } from './law.ts';
import { WORLD } from './world.ts';

/** An emulator that keeps its account and Region. */
export function clientOf(
  emulator: RunningEmulator,
  { account, region }: Pick<Client, 'account' | 'region'> = WORLD.facts,
): Client {
  return {
    account,
    region,
    host: new URL(emulator.url).host,
    send: (call) => send(emulator, { region, ...call }),
  };
}

/** An emulator that is put into an account and Region before each call. */
export function clientAs(
  emulator: RunningEmulator,
  where: Pick<Client, 'account' | 'region'>,
): Client {
  const client = clientOf(emulator, where);
  const { account, region } = client;
  return {
    ...client,
    async send(call) {
      await control(emulator, 'PUT', '/facts', { account, region });
      return client.send(call);
    },
  };
}
