/** The answers of GET /campaigns and GET /dial-requests. Neither is part of an AWS API. */

import { outcomeOf } from '../../campaigns/course/told.ts';
import type { DialRequest } from '../../campaigns/records.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import type { CampaignDriver } from '../campaigns/driver.ts';

/** Every campaign with the number of its dial requests in each state, and what was done for all of them. */
export async function campaignsTold(
  driver: CampaignDriver | null,
  choices: CampaignChoices,
): Promise<unknown> {
  if (!driver) return { campaigns: [], queues: [] };
  const told = await driver.run((engine, now) => ({
    now: new Date(now),
    since: new Date(driver.since),
    campaigns: [...engine.campaigns()].map(({ id, api, name, instanceId, state }) => ({
      id,
      api,
      name,
      instanceId,
      state,
      pending: engine.pending(id),
      dialRequests: engine.counts(id),
      calls: engine.figures(id),
    })),
    queues: engine.queues(now),
  }));
  return { ...told, ...driver.figures, choices };
}

const LINES_PER_CHUNK = 500;

/** Every dial request with its contact, as NDJSON. */
export async function dialRequestLines(driver: CampaignDriver | null): Promise<Iterable<string>> {
  const requests = (await driver?.run((engine) => [...engine.requests()])) ?? [];
  return chunksOf(requests);
}

function* chunksOf(requests: readonly DialRequest[]): Generator<string> {
  for (let at = 0; at < requests.length; at += LINES_PER_CHUNK) {
    yield requests
      .slice(at, at + LINES_PER_CHUNK)
      .map(lineOf)
      .join('');
  }
}

function lineOf(request: DialRequest): string {
  const outcome = outcomeOf(request);
  const moments = Object.entries(outcome).filter(([name]) => name.endsWith('At'));
  const dated = moments.map(([name, at]) => [name, typeof at === 'number' ? new Date(at) : null]);
  return `${JSON.stringify({ type: 'dial-request', ...outcome, ...Object.fromEntries(dated) })}\n`;
}
