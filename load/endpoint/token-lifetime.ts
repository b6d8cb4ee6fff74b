/** How long an emulator remembers a ClientToken. */

import { numberFrom, structure } from '../../system/read.ts';
import { askControl } from './endpoint-figures.ts';

const facts = structure<{ choices: { tokenLifetimeSeconds: number } }>({
  choices: structure({ tokenLifetimeSeconds: numberFrom(0) }),
});

/** Seconds, as the emulator's control door says. */
export async function tokenLifetimeAt(controlUrl: string): Promise<number> {
  const response = await askControl(controlUrl, '/facts');
  return facts(await response.json(), '').choices.tokenLifetimeSeconds;
}
