/**
 * Contact events, as Amazon Connect gives them to EventBridge: the envelope, and one row for each member of the
 * detail. Events are best effort: AWS may lose, repeat and reorder them (documented).
 */

import { assumed, documented, inferred, type Provenance } from '../../aws/provenance.ts';
import { type ContactLife, type ContactStage, reachedAt } from '../contact/life.ts';

export const CONTACT_EVENT = {
  version: '0',
  'detail-type': 'Amazon Connect Contact Event',
  source: 'aws.connect',
} as const;

/** The members that `dialproof` writes. AWS may write more, and says that consumers must ignore what they do not know. */
export interface ContactEvent {
  readonly version: '0';
  /** The same in every repetition of an event. */
  readonly id: string;
  readonly 'detail-type': 'Amazon Connect Contact Event';
  readonly source: 'aws.connect';
  readonly account: string;
  /** In seconds, such as `2026-11-29T09:00:00Z`. */
  readonly time: string;
  readonly region: string;
  /** The ARNs of the contact and of its instance. */
  readonly resources: readonly [string, string];
  readonly detail: ContactEventDetail;
}

/** Moments are texts such as `2026-11-29T09:00:00.000Z`. */
export interface ContactEventDetail {
  readonly eventType: ContactStage;
  readonly contactId: string;
  readonly channel: 'VOICE';
  readonly instanceArn: string;
  readonly initiationMethod: 'API';
  readonly initiationTimestamp: string;
  readonly connectedToSystemTimestamp?: string;
  readonly disconnectTimestamp?: string;
  readonly disconnectReason?: string;
  readonly answeringMachineDetectionStatus?: string;
  readonly queueInfo?: {
    readonly queueArn?: string;
    readonly queueType: 'STANDARD';
    readonly enqueueTimestamp: string;
  };
  readonly agentInfo?: {
    readonly agentArn: string;
    readonly connectedToAgentTimestamp?: string;
    readonly acceptedByAgentTimestamp?: string;
    readonly previewEndTimestamp?: string;
    readonly afterContactWorkStartTimestamp?: string;
    readonly afterContactWorkEndTimestamp?: string;
    /** Seconds. */
    readonly afterContactWorkDuration?: number;
  };
  readonly campaign: { readonly campaignId: string };
  readonly outboundStrategy?: { readonly type: 'AGENT_FIRST' };
  readonly systemEndpoint?: { readonly type: 'TELEPHONE_NUMBER'; readonly address: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly updatedProperties?: readonly string[];
}

/** The contact that an event tells of. */
export interface EventSubject {
  readonly account: string;
  readonly region: string;
  /** Bare id. */
  readonly instanceId: string;
  readonly contactId: string;
  readonly campaignId: string;
  /** Bare id of the queue whose agents take the call; null without one. */
  readonly queueId: string | null;
  /** The number that is called from; null for that of the queue. */
  readonly systemNumber: string | null;
  readonly isPreviewed: boolean;
  /** User id of the agent; null without one. */
  readonly agentId: string | null;
  readonly life: ContactLife;
}

export interface DetailRow {
  readonly provenance: Provenance;
  readonly meaning: string;
  /** The value of the member; undefined leaves it out. */
  readonly of: (subject: EventSubject, has: (stage: ContactStage) => boolean) => unknown;
}

const moment = (at: number | null | undefined) => (at == null ? undefined : instant(at));

export const DETAIL_MEMBERS = {
  eventType: {
    provenance: documented('contact events'),
    meaning: 'what happened',
    of: () => undefined,
  },
  contactId: {
    provenance: documented('contact events'),
    meaning: 'the ContactId of BatchPutContact',
    of: ({ contactId }) => contactId,
  },
  channel: {
    provenance: inferred('a campaign makes voice calls; samples of AWS also write `Voice`'),
    meaning: 'always VOICE',
    of: () => 'VOICE',
  },
  instanceArn: {
    provenance: documented('contact events'),
    meaning: 'the ARN of the instance',
    of: arnOfInstance,
  },
  initiationMethod: {
    provenance: assumed('nothing says which method a campaign contact has'),
    meaning: 'always API, as DescribeContact',
    of: () => 'API',
  },
  initiationTimestamp: {
    provenance: documented('the creation, which the start of the call replaces for campaigns'),
    meaning: 'the creation of the contact, and after the dial the dial',
    of: ({ life }) => moment(life.dialledAt ?? life.createdAt),
  },
  connectedToSystemTimestamp: {
    provenance: inferred('ConnectedToSystemTimestamp of the model'),
    meaning: 'when the detection gave its status',
    of: ({ life }, has) => (has('CONNECTED_TO_SYSTEM') ? moment(life.detected?.at) : undefined),
  },
  answeringMachineDetectionStatus: {
    provenance: documented('contact events: the twelve values'),
    meaning: 'what the detection found. Without detection: AMD_NOT_APPLICABLE',
    of: ({ life }, has) => (has('AMD_DISABLED') ? life.detected?.status : undefined),
  },
  queueInfo: {
    provenance: documented('contact events; that queueType is STANDARD is assumed'),
    meaning: 'the queue, from QUEUED on',
    of: (subject, has) =>
      has('QUEUED') && subject.life.queuedAt !== null
        ? {
            ...(subject.queueId !== null && {
              queueArn: arnOf(subject, `queue/${subject.queueId}`),
            }),
            queueType: 'STANDARD',
            enqueueTimestamp: moment(subject.life.queuedAt),
          }
        : undefined,
  },
  agentInfo: {
    provenance: documented(
      'contact events; the names of the members of after-contact work are inferred from the model',
    ),
    meaning: 'the agent, once connected or during a preview, and the work after the contact',
    of: agentInfo,
  },
  disconnectReason: {
    provenance: documented('contact events: voice and outbound campaigns'),
    meaning: 'why the contact ended',
    of: ({ life }, has) => (has('DISCONNECTED') ? life.ended?.reason : undefined),
  },
  disconnectTimestamp: {
    provenance: documented('contact events'),
    meaning: 'when the contact ended',
    of: ({ life }, has) => (has('DISCONNECTED') ? moment(life.ended?.at) : undefined),
  },
  campaign: {
    provenance: documented('contact events'),
    meaning: 'the campaign',
    of: ({ campaignId }) => ({ campaignId }),
  },
  outboundStrategy: {
    provenance: documented('contact events name it; its form is inferred from the model'),
    meaning: 'in the mode preview',
    of: ({ isPreviewed }) => (isPreviewed ? { type: 'AGENT_FIRST' } : undefined),
  },
  systemEndpoint: {
    provenance: documented('contact events name it; its form is inferred from the model'),
    meaning: 'the number that is called from, if the campaign names one',
    of: ({ systemNumber }) =>
      systemNumber === null ? undefined : { type: 'TELEPHONE_NUMBER', address: systemNumber },
  },
  tags: {
    provenance: documented('contact events: the two system tags'),
    meaning: 'system tags',
    of: ({ instanceId, systemNumber }) => ({
      'aws:connect:instanceId': instanceId,
      ...(systemNumber !== null && { 'aws:connect:systemEndpoint': systemNumber }),
    }),
  },
  updatedProperties: {
    provenance: documented(
      'contact events name it; that it has the name ContactAttributes is assumed',
    ),
    meaning: 'of CONTACT_DATA_UPDATED',
    of: () => undefined,
  },
} as const satisfies Record<keyof ContactEventDetail, DetailRow>;

/** By event type: when it comes, and the source of that. */
export const EVENT_TYPES = {
  INITIATED: {
    meaning: 'the contact was created. Nobody was called yet',
    provenance: inferred('from the rule of initiationTimestamp'),
  },
  AMD_DISABLED: {
    meaning: 'the call was answered, and the campaign does not detect answering machines',
    provenance: documented('contact events name it; when it comes is inferred'),
  },
  CONNECTED_TO_SYSTEM: {
    meaning: 'the detection gave a status. SIT tones and calls that nobody answers have one too',
    provenance: documented('contact events: outbound, once the detection gives a status'),
  },
  QUEUED: {
    meaning: 'the customer waits for an agent',
    provenance: documented('contact events'),
  },
  CONNECTED_TO_AGENT: {
    meaning: 'the customer is with an agent',
    provenance: documented('contact events'),
  },
  DISCONNECTED: {
    meaning: 'the contact is over, whether it was dialled or not',
    provenance: documented('contact events: EXPIRED and DISCARDED are reasons of it'),
  },
  COMPLETED: {
    meaning:
      'the work after the contact is over. Without an agent it comes right after DISCONNECTED',
    provenance: documented('contact events'),
  },
  CONTACT_DATA_UPDATED: {
    meaning: 'UpdateContactAttributes changed the attributes. The event does not say to what',
    provenance: documented('contact events'),
  },
} as const satisfies Record<ContactStage, { meaning: string; provenance: Provenance }>;

const RANK: Readonly<Record<ContactStage, number>> = {
  INITIATED: 0,
  AMD_DISABLED: 1,
  CONNECTED_TO_SYSTEM: 2,
  QUEUED: 3,
  CONNECTED_TO_AGENT: 4,
  DISCONNECTED: 5,
  COMPLETED: 6,
  // It tells all that has happened.
  CONTACT_DATA_UPDATED: 7,
};

/**
 * @param at epoch milliseconds of the event.
 * @param id the same for every repetition of the event.
 */
export function contactEvent(
  type: ContactStage,
  at: number,
  id: string,
  subject: EventSubject,
): ContactEvent {
  const { account, region, contactId, life } = subject;
  // An event tells what happened up to it, although more may have happened in the same step.
  const has = (stage: ContactStage) => RANK[stage] <= RANK[type] && wasReached(life, stage);
  const detail: Record<string, unknown> = { eventType: type };
  for (const [name, { of }] of Object.entries(DETAIL_MEMBERS) as [string, DetailRow][]) {
    const value = of(subject, has);
    if (value !== undefined) detail[name] = value;
  }
  if (type === 'CONTACT_DATA_UPDATED') detail.updatedProperties = ['ContactAttributes'];
  return {
    version: CONTACT_EVENT.version,
    id,
    'detail-type': CONTACT_EVENT['detail-type'],
    source: CONTACT_EVENT.source,
    account,
    time: `${instant(at).slice(0, 19)}Z`,
    region,
    resources: [arnOf(subject, `contact/${contactId}`), arnOfInstance(subject)],
    detail: detail as unknown as ContactEventDetail,
  };
}

/** AMD_DISABLED stands for the detection as a whole: its status is there, whatever it is. */
function wasReached(life: ContactLife, stage: ContactStage): boolean {
  return stage === 'AMD_DISABLED' ? life.detected !== null : reachedAt(life, stage) !== null;
}

function agentInfo(
  { life, agentId, ...subject }: EventSubject,
  has: (stage: ContactStage) => boolean,
) {
  const { agent, ended, completedAt } = life;
  if (agent === null || agentId === null) return undefined;
  const connectedAt = has('CONNECTED_TO_AGENT') ? agent.connectedAt : null;
  if (connectedAt === null && agent.previewedAt === null) return undefined;
  const isAfter = has('DISCONNECTED') && connectedAt !== null && ended !== null;
  const isDone = isAfter && has('COMPLETED') && completedAt !== null;
  return withoutUndefined({
    agentArn: arnOf(subject, `agent/${agentId}`),
    connectedToAgentTimestamp: moment(connectedAt),
    acceptedByAgentTimestamp: moment(agent.previewedAt),
    previewEndTimestamp: moment(agent.previewEndsAt),
    afterContactWorkStartTimestamp: isAfter ? moment(ended.at) : undefined,
    afterContactWorkEndTimestamp: isDone ? moment(completedAt) : undefined,
    afterContactWorkDuration: isDone ? Math.round((completedAt - ended.at) / 1_000) : undefined,
  });
}

function withoutUndefined(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function arnOfInstance(subject: Pick<EventSubject, 'region' | 'account' | 'instanceId'>): string {
  return arnOf(subject, '').slice(0, -1);
}

function arnOf(
  { region, account, instanceId }: Pick<EventSubject, 'region' | 'account' | 'instanceId'>,
  resource: string,
): string {
  return `arn:aws:connect:${region}:${account}:instance/${instanceId}/${resource}`;
}

/** With milliseconds, always (documented: the form of moments in events). */
function instant(at: number): string {
  return new Date(at).toISOString();
}
