/** The request as data: every member with its type and bound. */

import { bodyOf, type RequestShape, type Shape, type TextShape } from '../../aws/shape/shapes.ts';
import { ENUMS } from '../enums.ts';
import { LIMITS } from '../limits.ts';

const text = (limit?: TextShape['limit']): TextShape =>
  limit ? { kind: 'string', limit } : { kind: 'string' };

/** An enum value that is not listed fails its item, not the whole call. */
const listed = (name: keyof typeof ENUMS): TextShape => ({
  kind: 'string',
  enum: ENUMS[name],
  judgedBy: 'item',
});

const ENDPOINT: Shape = {
  kind: 'structure',
  members: { Type: listed('EndpointType'), Address: text(LIMITS.endpointAddress) },
};

const PREVIEW: Shape = {
  kind: 'structure',
  members: {
    PostAcceptTimeoutConfig: {
      kind: 'structure',
      members: {
        DurationInSeconds: { kind: 'integer', range: LIMITS.previewSeconds, judgedBy: 'item' },
      },
      required: ['DurationInSeconds'],
    },
    AllowedUserActions: { kind: 'list', of: listed('AllowedUserAction') },
  },
  required: ['PostAcceptTimeoutConfig', 'AllowedUserActions'],
};

/** One contact. */
export const CONTACT_SHAPE = {
  kind: 'structure',
  members: {
    SystemEndpoint: ENDPOINT,
    CustomerEndpoint: ENDPOINT,
    RequestIdentifier: text(LIMITS.requestIdentifier),
    QueueId: text(),
    Attributes: {
      kind: 'map',
      key: text(LIMITS.attributeKey),
      value: text(LIMITS.attributeValue),
      bytes: LIMITS.attributesBytes,
    },
    Campaign: { kind: 'structure', members: { CampaignId: text(LIMITS.campaignId) } },
    OutboundStrategy: {
      kind: 'structure',
      members: {
        Type: listed('OutboundStrategyType'),
        Config: {
          kind: 'structure',
          members: { AgentFirst: { kind: 'structure', members: { Preview: PREVIEW } } },
        },
      },
      required: ['Type'],
    },
  },
} as const satisfies Shape;

export const REQUEST_SHAPE: RequestShape = {
  kind: 'structure',
  members: {
    InstanceId: { kind: 'string', limit: LIMITS.instanceId },
    ClientToken: { kind: 'string', limit: LIMITS.clientToken, traits: ['idempotencyToken'] },
    ContactDataRequestList: { kind: 'list', of: CONTACT_SHAPE, limit: LIMITS.contacts },
  },
  required: ['InstanceId', 'ContactDataRequestList'],
  path: ['InstanceId'],
};

export const BODY_SHAPE = bodyOf(REQUEST_SHAPE);
