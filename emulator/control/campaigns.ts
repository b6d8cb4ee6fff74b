/** The answers of GET /campaigns and GET /dial-requests. Neither is part of an AWS API. */

import type { DialRequest } from '../../campaigns/records.ts';
import { outcomeOf } from '../../campaigns/told.ts';
import type { CampaignDriver } from '../campaigns/driver.ts';

/** Every campaign with the number of its dial requests in each state, and what was done for all of them. */
export async function campaignsTold(driver: CampaignDriver | null): Promise<unknown> {
  if (!driver) return { campaigns: [] };
  const campaigns = await driver.run((engine) =>
    [...engine.campaigns()].map(({ id, api, name, instanceId, state }) => ({
      id,
      api,
      name,
      instanceId,
      state,
      pending: engine.pending(id),
      dialRequests: engine.counts(id),
    })),
  );
  return { campaigns, ...driver.figures };
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
  const { acceptedAt, expiresAt, contactAt, ringingAt, agentAt, endedAt, ...outcome } =
    outcomeOf(request);
  return `${JSON.stringify({
    type: 'dial-request',
    ...outcome,
    acceptedAt: new Date(acceptedAt),
    expiresAt: new Date(expiresAt),
    contactAt: dateOf(contactAt),
    ringingAt: dateOf(ringingAt),
    agentAt: dateOf(agentAt),
    endedAt: dateOf(endedAt),
  })}\n`;
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
