/** The body of BatchPutContact that dial requests become (inferred: members of the same name and type). */

import { dialled } from '../../operation/campaigns/phone-number.ts';
import type {
  BatchPutContactBody,
  ContactDataRequest,
  OutboundStrategy,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import type { Given } from '../records.ts';
import { type DialSettings, sourceOf } from '../settings.ts';

/** Whether BatchPutContact has room for the identifiers of a request. */
export function fitsContact({ id, campaignId }: Given): boolean {
  return fits(id, LIMITS.requestIdentifier.max) && fits(campaignId, LIMITS.campaignId.max);
}

function fits(text: string, characters: number): boolean {
  return text.length <= characters || [...text].length <= characters;
}

export function bodyOf(token: string, requests: readonly Given[], settings: DialSettings): string {
  const body: BatchPutContactBody = {
    ClientToken: token,
    ContactDataRequestList: requests.map((request) => contactOf(request, settings)),
  };
  return JSON.stringify(body);
}

function contactOf(request: Given, settings: DialSettings): ContactDataRequest {
  const source = sourceOf(settings, request);
  const strategy = strategyOf(settings);
  return {
    ...(source === null ? {} : { SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: source } }),
    CustomerEndpoint: {
      Type: 'TELEPHONE_NUMBER',
      Address: dialled(request.phoneNumber),
    },
    RequestIdentifier: request.id,
    ...(settings.queueId === null ? {} : { QueueId: settings.queueId }),
    Attributes: request.attributes,
    Campaign: { CampaignId: request.campaignId },
    ...(strategy === null ? {} : { OutboundStrategy: strategy }),
  };
}

function strategyOf({ preview }: DialSettings): OutboundStrategy | null {
  if (preview === null) return null;
  return {
    Type: 'AGENT_FIRST',
    Config: {
      AgentFirst: {
        Preview: {
          PostAcceptTimeoutConfig: { DurationInSeconds: preview.seconds },
          // An agent may always call. BatchPutContact refuses a list without an action.
          AllowedUserActions: preview.discard ? ['CALL', 'DISCARD'] : ['CALL'],
        },
      },
    },
  };
}
