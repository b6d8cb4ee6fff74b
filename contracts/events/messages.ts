/**
 * The contract of contact events: what a handler of a team may rely on. It pins only what AWS documents. Members and
 * values that the emulator had to assume are not in it.
 */

import type { ContactStage } from '../../operation/connect/contact/life.ts';
import {
  type ContactEvent,
  contactEvent,
  type EventSubject,
} from '../../operation/connect/contact-event/event.ts';
import type { Parties } from '../agreement/interaction.ts';
import type { Matchers } from '../pact/pact.ts';

/** The name of the contract. */
export const EVENTS = 'ContactEvents';

export const EVENT_PARTIES: Parties = {
  consumer: 'contact-event-handler',
  provider: 'dialproof-emulator',
};

export const EVENT_NOTE =
  'Events are best effort: a handler must cope with lost, repeated and reordered ones, and ignore members and event types that it does not know.';

/** What becomes of the contact of a message: the provider brings it about. */
export interface ContactFate {
  /** The last two digits of +1 312 555 01NN. */
  readonly number: string;
  readonly detection: boolean;
}

export interface EventMessage {
  readonly description: string;
  /** The provider state. */
  readonly given: string;
  readonly type: ContactStage;
  readonly fate: ContactFate;
  /** Pinned, if the fate decides it. */
  readonly status?: string;
  readonly reason?: string;
}

const SERVED = { number: '01', detection: true };
const BUSY = { number: '05', detection: true };
const served = 'a campaign called a customer, who talked with an agent';

export const EVENT_MESSAGES: readonly EventMessage[] = [
  { description: 'a contact was created', given: served, type: 'INITIATED', fate: SERVED },
  {
    description: 'a call was answered without answering-machine detection',
    given: 'a campaign without answering-machine detection called a customer',
    type: 'AMD_DISABLED',
    fate: { number: '01', detection: false },
  },
  {
    description: 'a human answered',
    given: served,
    type: 'CONNECTED_TO_SYSTEM',
    fate: SERVED,
    status: 'HUMAN_ANSWERED',
  },
  {
    description: 'a number was found busy',
    given: 'a campaign called a number that was busy',
    type: 'CONNECTED_TO_SYSTEM',
    fate: BUSY,
    status: 'SIT_TONE_BUSY',
  },
  { description: 'a customer waits for an agent', given: served, type: 'QUEUED', fate: SERVED },
  {
    description: 'a customer is with an agent',
    given: served,
    type: 'CONNECTED_TO_AGENT',
    fate: SERVED,
  },
  { description: 'a conversation is over', given: served, type: 'DISCONNECTED', fate: SERVED },
  {
    description: 'a call to a busy number is over',
    given: 'a campaign called a number that was busy',
    type: 'DISCONNECTED',
    fate: BUSY,
    reason: 'TELECOM_BUSY',
  },
  {
    description: 'a contact expired before it was called',
    given: 'a dial request expired before its contact was called',
    type: 'DISCONNECTED',
    fate: { number: '16', detection: true },
    reason: 'EXPIRED',
  },
  {
    description: 'the work after a contact is over',
    given: served,
    type: 'COMPLETED',
    fate: SERVED,
  },
  {
    description: 'the attributes of a contact were changed',
    given: 'the attributes of the contact of a campaign were changed',
    type: 'CONTACT_DATA_UPDATED',
    fate: SERVED,
  },
];

const AT = Date.UTC(2026, 0, 1);

/** The event of a message, as an example. */
export function exampleOf({ type, status, reason, fate }: EventMessage): ContactEvent {
  const isOver = type === 'DISCONNECTED' || type === 'COMPLETED';
  const isCalled = reason !== 'EXPIRED';
  const isTalk = isCalled && fate.number === '01';
  const detected = fate.detection ? (status ?? 'HUMAN_ANSWERED') : 'AMD_NOT_APPLICABLE';
  const subject: EventSubject = {
    account: '123456789012',
    region: 'us-east-1',
    instanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
    contactId: '00000000-0000-4000-8000-000000000001',
    campaignId: '00000000-0000-4000-8000-0000000000ca',
    queueId: '1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01',
    systemNumber: '+12065550100',
    isPreviewed: false,
    agentId: '00000000-0000-4000-8000-0000000000a6',
    life: {
      createdAt: AT,
      dialledAt: isCalled ? AT + 1_000 : null,
      ringsAt: isCalled ? AT + 2_000 : null,
      detected: isCalled
        ? {
            status: (reason === 'TELECOM_BUSY' ? 'SIT_TONE_BUSY' : detected) as never,
            at: AT + 9_000,
          }
        : null,
      queuedAt: isTalk ? AT + 9_000 : null,
      agent: isTalk
        ? {
            queueId: null,
            number: 0,
            previewedAt: null,
            previewEndsAt: null,
            connectedAt: AT + 9_000,
          }
        : null,
      ended: isOver ? { reason: reason ?? 'CUSTOMER_DISCONNECT', at: AT + 99_000 } : null,
      completedAt: type === 'COMPLETED' ? AT + 120_000 : null,
    },
  };
  return contactEvent(type, AT + 100_000, subject.contactId, subject);
}

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const MOMENT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
/** Pact matches a number by its digits, so that a text of any characters would let a number pass. */
const ID = '.*[^0-9].*';
const REASONS = '[A-Z]+(_[A-Z]+)*';
const STATUSES =
  'HUMAN_ANSWERED|VOICEMAIL_BEEP|VOICEMAIL_NO_BEEP|AMD_UNANSWERED|AMD_UNRESOLVED|AMD_UNRESOLVED_SILENCE|AMD_NOT_APPLICABLE|SIT_TONE_BUSY|SIT_TONE_INVALID_NUMBER|SIT_TONE_DETECTED|FAX_MACHINE_DETECTED|AMD_ERROR';
const arn = (resource: string) =>
  `arn:aws[a-z-]*:connect:[a-z0-9-]+:\\d{12}:instance/[^/]+${resource}`;

/** The content of a message, with what a handler may rely on as matchers. */
export function contentOf(message: EventMessage, match: Matchers): object {
  const { detail, ...event } = exampleOf(message);
  const { status, reason, type } = message;
  const whole = (pattern: string, example: string) => match.regex(`^(${pattern})$`, example);
  const moment = (example: string | undefined) => whole(MOMENT, example ?? '');
  const { queueInfo, agentInfo } = detail;
  const isConnected = agentInfo?.connectedToAgentTimestamp !== undefined;
  return {
    version: match.equal(event.version),
    id: whole(UUID, event.id),
    'detail-type': match.equal(event['detail-type']),
    source: match.equal(event.source),
    account: whole('\\d{12}', event.account),
    time: whole('\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ', event.time),
    region: whole('[a-z]{2}(-[a-z]+)+-\\d', event.region),
    resources: [
      whole(arn('/contact/[^/]+'), event.resources[0]),
      whole(arn(''), event.resources[1]),
    ],
    detail: {
      eventType: match.equal(type),
      contactId: whole(ID, detail.contactId),
      instanceArn: whole(arn(''), detail.instanceArn),
      initiationTimestamp: moment(detail.initiationTimestamp),
      campaign: { campaignId: whole(ID, detail.campaign.campaignId) },
      ...(detail.answeringMachineDetectionStatus !== undefined && {
        answeringMachineDetectionStatus: status
          ? match.equal(status)
          : whole(STATUSES, detail.answeringMachineDetectionStatus),
      }),
      ...(queueInfo && {
        queueInfo: {
          queueArn: whole(arn('/queue/[^/]+'), queueInfo.queueArn ?? ''),
          enqueueTimestamp: moment(queueInfo.enqueueTimestamp),
        },
      }),
      ...(isConnected && {
        agentInfo: {
          agentArn: whole(arn('/agent/[^/]+'), agentInfo.agentArn),
          connectedToAgentTimestamp: moment(agentInfo.connectedToAgentTimestamp),
        },
      }),
      ...(detail.disconnectReason !== undefined && {
        disconnectReason: reason ? match.equal(reason) : whole(REASONS, detail.disconnectReason),
        disconnectTimestamp: moment(detail.disconnectTimestamp),
      }),
      ...(detail.updatedProperties && { updatedProperties: match.eachLike(match.string('a')) }),
    },
  };
}
