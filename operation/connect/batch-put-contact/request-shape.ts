/** The request body as data: every member with its type and bound. The reader is `read-request.ts`. */

import { LIMITS, type Limit } from '../limits.ts';

export type Shape =
  | { readonly kind: 'string'; readonly limit?: Limit }
  | { readonly kind: 'integer'; readonly limit?: Limit }
  | { readonly kind: 'list'; readonly of: Shape; readonly limit?: Limit }
  | { readonly kind: 'map'; readonly key: Limit; readonly value: Limit }
  | {
      readonly kind: 'structure';
      readonly members: Readonly<Record<string, Shape>>;
      readonly required?: readonly string[];
    };

const text = (limit?: Limit): Shape => (limit ? { kind: 'string', limit } : { kind: 'string' });

const ENDPOINT: Shape = {
  kind: 'structure',
  members: { Type: text(), Address: text(LIMITS.endpointAddress) },
};

const PREVIEW: Shape = {
  kind: 'structure',
  members: {
    PostAcceptTimeoutConfig: {
      kind: 'structure',
      // The bound (>= 0) is the item's INVALID_OUTBOUND_STRATEGY, so it is not repeated here.
      members: { DurationInSeconds: { kind: 'integer' } },
      required: ['DurationInSeconds'],
    },
    AllowedUserActions: { kind: 'list', of: text() },
  },
  required: ['PostAcceptTimeoutConfig', 'AllowedUserActions'],
};

/** One contact. Enum membership is not a constraint here: a wrong value fails its item, not the call. */
export const CONTACT_SHAPE: Shape = {
  kind: 'structure',
  members: {
    SystemEndpoint: ENDPOINT,
    CustomerEndpoint: ENDPOINT,
    RequestIdentifier: text(LIMITS.requestIdentifier),
    QueueId: text(),
    Attributes: { kind: 'map', key: LIMITS.attributeKey, value: LIMITS.attributeValue },
    Campaign: { kind: 'structure', members: { CampaignId: text(LIMITS.campaignId) } },
    OutboundStrategy: {
      kind: 'structure',
      members: {
        Type: text(),
        Config: {
          kind: 'structure',
          members: { AgentFirst: { kind: 'structure', members: { Preview: PREVIEW } } },
        },
      },
      required: ['Type'],
    },
  },
};

export const BODY_SHAPE: Shape = {
  kind: 'structure',
  members: {
    ClientToken: text(LIMITS.clientToken),
    ContactDataRequestList: { kind: 'list', of: CONTACT_SHAPE, limit: LIMITS.contacts },
  },
  required: ['ContactDataRequestList'],
};
