/** --live: serves a page that shows the run while it goes on. */

import { UserError } from '../../system/errors.ts';
import type { EngineOptions } from '../options/load-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type LiveCampaign, openLiveCampaign } from './campaign.ts';
import { type Live, openLive } from './load.ts';

/**
 * Opens the live page where --live asks for it, and prints its address.
 *
 * @throws UserError where the engine is k6.
 */
export async function liveFor(
  terminal: Terminal,
  { live: port, engine }: EngineOptions,
): Promise<Live | null> {
  if (port === undefined) return null;
  if (engine === 'k6') {
    throw new UserError(
      '--live works only with the embedded engine: with k6, set K6_WEB_DASHBOARD=true',
    );
  }
  const live = await openLive(port);
  terminal.warn(`live: ${live.url}`);
  return live;
}

/** Opens the live page of a campaign where --live asks for it, and prints its address. */
export async function liveCampaignFor(
  terminal: Terminal,
  port: number | undefined,
  name: string,
  contacts: number,
): Promise<LiveCampaign | null> {
  if (port === undefined) return null;
  const live = await openLiveCampaign(port, name, contacts);
  terminal.warn(`live: ${live.url}`);
  return live;
}
