/** A created contact as DescribeContact shows it: one row for each member of the model's Contact. */

import { assumed, documented, inferred, type Provenance } from '../../aws/provenance.ts';
import type { Shape, StructureShape } from '../../aws/shape/shapes.ts';
import { timestampAt } from '../../aws/shape/timestamp.ts';
import { CONTACT_SHAPE } from '../batch-put-contact/request-shape.ts';
import type { ContactDataRequest } from '../batch-put-contact/shapes.ts';
import { LIMITS } from '../limits.ts';
import { type ContactLife, describedDetection } from './life.ts';
import type { ContactState } from './rules.ts';

/** A contact with everything that the emulator knows about it. Moments are epoch milliseconds. */
export interface Contact extends ContactState {
  readonly account: string;
  readonly region: string;
  /** Bare id. */
  readonly instanceId: string;
  readonly id: string;
  /** The item of BatchPutContact that created the contact. */
  readonly item: ContactDataRequest;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly disconnectReason: string | undefined;
  /** What became of a contact that a campaign made; undefined for any other contact. */
  readonly life?: ContactLife;
  /** User id of the agent; undefined without one. */
  readonly agentId?: string;
}

interface MemberRow {
  readonly shape: Shape;
  readonly provenance: Provenance;
  /** The value of the member; undefined leaves the member out. */
  readonly of: (contact: Contact) => unknown;
}

const TEXT: Shape = { kind: 'string' };
const MOMENT: Shape = { kind: 'timestamp', format: 'epoch-seconds' };

const listed = (name: string, ...values: string[]): Shape => ({
  kind: 'string',
  enum: { name, values: values.map((value) => ({ value })) },
});

const item = CONTACT_SHAPE.members;

const itemOf = documented('model; that the item is shown unchanged is inferred');

const MEMBERS = {
  Arn: {
    shape: TEXT,
    provenance: documented('ARN form of a contact in the service authorization reference'),
    of: ({ account, region, instanceId, id }) =>
      `arn:aws:connect:${region}:${account}:instance/${instanceId}/contact/${id}`,
  },
  Id: {
    shape: { kind: 'string', limit: LIMITS.contactId },
    provenance: documented('model'),
    of: ({ id }) => id,
  },
  InitiationMethod: {
    shape: listed(
      'ContactInitiationMethod',
      'INBOUND',
      'OUTBOUND',
      'TRANSFER',
      'QUEUE_TRANSFER',
      'CALLBACK',
      'API',
      'DISCONNECT',
      'MONITOR',
      'EXTERNAL_OUTBOUND',
      'WEBRTC_API',
      'AGENT_REPLY',
      'FLOW',
    ),
    provenance: assumed('nothing says which method a campaign contact has'),
    of: () => 'API',
  },
  Channel: {
    shape: listed('Channel', 'VOICE', 'CHAT', 'TASK', 'EMAIL'),
    provenance: inferred('a voice call bears the same ContactId'),
    of: () => 'VOICE',
  },
  QueueInfo: {
    shape: { kind: 'structure', members: { Id: TEXT, EnqueueTimestamp: MOMENT } },
    provenance: inferred('the queue of the item; no EnqueueTimestamp before it is queued'),
    of: ({ item: { QueueId }, life }) =>
      QueueId && {
        Id: QueueId.slice(QueueId.lastIndexOf('/') + 1),
        EnqueueTimestamp: moment(life?.queuedAt),
      },
  },
  AgentInfo: {
    shape: {
      kind: 'structure',
      members: {
        Id: { kind: 'string', limit: LIMITS.agentId },
        AcceptedByAgentTimestamp: MOMENT,
        PreviewEndTimestamp: MOMENT,
        ConnectedToAgentTimestamp: MOMENT,
        AfterContactWorkDuration: { kind: 'integer', range: LIMITS.seconds },
        AfterContactWorkStartTimestamp: MOMENT,
        AfterContactWorkEndTimestamp: MOMENT,
      },
    },
    provenance: documented('model; which agent, and how long, is invented'),
    of: ({ agentId, life }) => agentId && life && agentInfo(agentId, life),
  },
  InitiationTimestamp: {
    shape: MOMENT,
    provenance: documented('model: for API, when the request arrived'),
    of: ({ createdAt }) => timestampAt(createdAt, 'epoch-seconds'),
  },
  RingStartTimestamp: {
    shape: MOMENT,
    provenance: documented('model: when the phone rang, for campaigns'),
    of: ({ life }) => moment(life?.ringsAt),
  },
  ConnectedToSystemTimestamp: {
    shape: MOMENT,
    provenance: documented('contact events: for outbound, once the detection gives a status'),
    of: ({ life }) => moment(life?.detected?.at),
  },
  AnsweringMachineDetectionStatus: {
    shape: listed(
      'AnsweringMachineDetectionStatus',
      'ANSWERED',
      'UNDETECTED',
      'ERROR',
      'HUMAN_ANSWERED',
      'SIT_TONE_DETECTED',
      'SIT_TONE_BUSY',
      'SIT_TONE_INVALID_NUMBER',
      'FAX_MACHINE_DETECTED',
      'VOICEMAIL_BEEP',
      'VOICEMAIL_NO_BEEP',
      'AMD_UNRESOLVED',
      'AMD_UNANSWERED',
      'AMD_ERROR',
      'AMD_NOT_APPLICABLE',
    ),
    provenance: inferred('the status of the events; AMD_UNRESOLVED_SILENCE is not in this enum'),
    of: ({ life }) => (life?.detected ? describedDetection(life.detected.status) : undefined),
  },
  DisconnectTimestamp: {
    shape: MOMENT,
    provenance: inferred('the moment of StopContact, for a contact that was never connected'),
    of: ({ disconnectedAt }) =>
      disconnectedAt === undefined ? undefined : timestampAt(disconnectedAt, 'epoch-seconds'),
  },
  LastUpdateTimestamp: {
    shape: MOMENT,
    provenance: documented('model: when the contact was last updated'),
    of: ({ updatedAt }) => timestampAt(updatedAt, 'epoch-seconds'),
  },
  CustomerEndpoint: {
    shape: item.CustomerEndpoint,
    provenance: itemOf,
    of: ({ item }) => item.CustomerEndpoint,
  },
  SystemEndpoint: {
    shape: item.SystemEndpoint,
    provenance: itemOf,
    of: ({ item }) => item.SystemEndpoint,
  },
  Campaign: { shape: item.Campaign, provenance: itemOf, of: ({ item }) => item.Campaign },
  DisconnectReason: {
    shape: TEXT,
    provenance: inferred(
      'DisconnectReason.Code of StopContact; API where none is given is assumed',
    ),
    of: ({ disconnectedAt, disconnectReason }) =>
      disconnectedAt === undefined ? undefined : disconnectReason || 'API',
  },
  OutboundStrategy: {
    shape: item.OutboundStrategy,
    provenance: itemOf,
    of: ({ item }) => item.OutboundStrategy,
  },
  Attributes: {
    shape: item.Attributes,
    provenance: documented('model; an empty map where there are none is assumed'),
    of: ({ attributes }) => attributes,
  },
} as const satisfies Record<string, MemberRow>;

function moment(at: number | null | undefined): number | undefined {
  return at == null ? undefined : timestampAt(at, 'epoch-seconds');
}

function agentInfo(Id: string, { agent, ended, completedAt }: ContactLife) {
  if (!agent) return undefined;
  const worked = agent.connectedAt !== null && ended ? { from: ended.at, to: completedAt } : null;
  return {
    Id,
    AcceptedByAgentTimestamp: moment(agent.previewedAt),
    PreviewEndTimestamp: moment(agent.previewEndsAt),
    ConnectedToAgentTimestamp: moment(agent.connectedAt),
    AfterContactWorkDuration:
      worked?.to == null ? undefined : Math.round((worked.to - worked.from) / 1_000),
    AfterContactWorkStartTimestamp: moment(worked?.from),
    AfterContactWorkEndTimestamp: moment(worked?.to),
  };
}

/** The table. A member without a row is never shown. */
export const CONTACT_MEMBERS: Readonly<Record<keyof typeof MEMBERS, MemberRow>> = MEMBERS;

/** The answer of DescribeContact. */
export const DESCRIBED: StructureShape = {
  kind: 'structure',
  members: {
    Contact: {
      kind: 'structure',
      members: Object.fromEntries(
        Object.entries(CONTACT_MEMBERS).map(([name, { shape }]) => [name, shape]),
      ),
    },
  },
};

/** The `Contact` of DescribeContact's answer, for JSON. Members without a value are left out. */
export function describedContact(contact: Contact): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(CONTACT_MEMBERS).map(([name, { of }]) => [name, of(contact)]),
  );
}
