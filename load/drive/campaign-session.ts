/** What every run of campaigns needs around it: an endpoint, a client of it, the records of its dials, and a verdict. */

import type { CampaignsResult } from '../../run/run.ts';
import { judgeCampaigns } from '../../run/verdict.ts';
import { type CampaignsClient, campaignsClient } from '../endpoint/campaigns-client.ts';
import type { DirectTarget } from '../endpoint/direct-client.ts';
import { type DialSink, openDialSink } from './dial-sink.ts';

export interface CampaignTarget extends DirectTarget {
  readonly controlUrl: string;
}

/** @param dials the URL that takes the dial records. */
export type StartTarget = (dials: string) => Promise<CampaignTarget & { close(): Promise<void> }>;

export interface CampaignSession {
  readonly target: CampaignTarget;
  readonly client: CampaignsClient;
  readonly sink: DialSink;
}

const CONNECTIONS = 2;

/**
 * Starts an endpoint, runs campaigns on it, and closes it, whatever comes.
 *
 * @throws what `start` and `run` throw.
 */
export async function campaignSession(
  start: StartTarget,
  run: (session: CampaignSession) => Promise<Pick<CampaignsResult, 'campaigns' | 'checks'>>,
): Promise<CampaignsResult> {
  const startedAt = new Date();
  const sink = await openDialSink();
  try {
    const target = await start(sink.url);
    const client = campaignsClient(target, CONNECTIONS);
    try {
      const { campaigns, checks } = await run({ target, client, sink });
      const result = {
        startedAt: startedAt.toISOString(),
        durationMs: Date.now() - startedAt.getTime(),
        campaigns,
        checks,
      };
      const { verdict } = judgeCampaigns({ ...result, verdict: 'pass' });
      return { verdict, ...result };
    } finally {
      await client.close();
      await target.close();
    }
  } finally {
    await sink.close();
  }
}
