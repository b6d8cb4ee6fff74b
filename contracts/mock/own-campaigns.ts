/** A consumer's own outbound campaigns: one is there, and Running, once a call hands dial requests to it. */

import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { campaignMembers } from '../agreement/campaigns/examples.ts';
import type { Given } from '../agreement/states.ts';
import type { ReadCall } from './call.ts';
import { isOfCampaigns } from './earlier.ts';
import { isOpen } from './world.ts';

export interface OwnCampaigns {
  /** The campaign that a call needs and that was not there until now; null if there is none. */
  neededBy(call: ReadCall): Promise<Given | null>;
  /** Remembers what a call that succeeded took away. */
  after(call: ReadCall): void;
  forget(): void;
}

/** @param list the parsed answer of the control door on campaigns. */
export function createOwnCampaigns(list: () => Promise<unknown>): OwnCampaigns {
  /** Ids that are there or were. */
  const known = new Set<string>();
  return {
    async neededBy({ operation, labels: { id = '' } }) {
      if (!operation.lists || !isOfCampaigns(operation) || !isOpen(id) || known.has(id)) {
        return null;
      }
      known.add(id);
      const { campaigns } = (await list()) as { campaigns: readonly { id: string }[] };
      if (campaigns.some((one) => one.id === id)) return null;
      const version = operation.uri.startsWith('/v2/') ? 2 : 1;
      const params = {
        version,
        id,
        name: `campaign ${id}`,
        instanceId: ORDINARY_INSTANCE.id,
        state: 'Running',
        members: campaignMembers(version),
      } as const;
      return { name: 'a campaign exists', params };
    },
    after({ operation, labels: { id = '' } }) {
      if (operation.name === 'DeleteCampaign') known.add(id);
    },
    forget: () => known.clear(),
  };
}
