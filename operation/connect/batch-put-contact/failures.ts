/**
 * The per-item failure codes: one row each, in the order in which they are checked.
 *
 * A row defines its code completely: the emulator decides by `applies`, the generators and contracts
 * provoke it by `provocations`, and load counters, reports and tests are made from the table.
 * Names are documented. Triggers are inferred from names and related operations. Messages and the
 * order are assumed. No contract asserts a message.
 */

import type { FailureRow as ItemFailureRow } from '../../aws/definition/item-failures.ts';
import { assumed, inferred } from '../../aws/provenance.ts';
import { isListed } from '../../aws/shape/enums.ts';
import { hasInvalidAttributeKey, hasOversizeAttributes } from '../attributes.ts';
import { ALLOWED_USER_ACTIONS, ENDPOINT_TYPES, OUTBOUND_STRATEGY_TYPES } from '../enums.ts';
import {
  type Facts,
  INJECTED_NUMBERS,
  type Instance,
  NEVER_AN_ID,
  NEVER_CLAIMED,
} from '../facts.ts';
import { E164 } from '../phone-number.ts';
import { canonicalContact } from './canonical.ts';
import type { ContactDataRequest, Endpoint } from './shapes.ts';

/** The state against which an item is judged. */
export interface ItemContext {
  readonly facts: Facts;
  readonly instance: Instance;
  /** RequestIdentifier -> the first item of this batch with that identifier. */
  readonly earlier: ReadonlyMap<string, ContactDataRequest>;
  /** How many more contacts may be created; null means no limit. */
  readonly room: number | null;
}

export interface FailureRow extends ItemFailureRow<ContactDataRequest, ItemContext> {
  /** FailureReasonMessage. The text is our own (assumed). */
  readonly message: string;
}

/** Failure code -> row. The tests make tables with other rows. */
export type FailureTable = Readonly<Record<string, FailureRow>>;

const QUEUE_ARN =
  /^arn:aws(?:-us-gov)?:connect:([a-z0-9-]+):(\d{12}):instance\/([^/]+)\/queue\/([^/]+)$/;
const NUMBER_ARN = /^arn:aws(?:-us-gov)?:connect:([a-z0-9-]+):(\d{12}):phone-number\/[^/]+$/;

function without(
  contact: ContactDataRequest,
  ...members: (keyof ContactDataRequest)[]
): ContactDataRequest {
  const rest: Partial<Record<keyof ContactDataRequest, unknown>> = { ...contact };
  for (const member of members) delete rest[member];
  return rest as ContactDataRequest;
}

const customer = (good: ContactDataRequest, change: Partial<Endpoint>): ContactDataRequest => ({
  ...good,
  CustomerEndpoint: { ...good.CustomerEndpoint, ...change },
});

const previewWith = (seconds: number, actions: readonly string[]) => ({
  Type: 'AGENT_FIRST',
  Config: {
    AgentFirst: {
      Preview: {
        PostAcceptTimeoutConfig: { DurationInSeconds: seconds },
        AllowedUserActions: actions,
      },
    },
  },
});

const ROWS = {
  MISSING_CUSTOMER_ENDPOINT: {
    message: 'The contact has no customer endpoint address.',
    retryable: false,
    provenance: inferred('the name of the code'),
    applies: (item) => !item.CustomerEndpoint?.Address,
    provocations: [
      { how: 'no CustomerEndpoint', make: (good) => without(good, 'CustomerEndpoint') },
      { how: 'empty Address', make: (good) => customer(good, { Address: '' }) },
    ],
  },
  INVALID_CUSTOMER_ENDPOINT: {
    message: 'The customer endpoint is not a phone number that can be dialled.',
    retryable: false,
    provenance: inferred('PhoneNumber pattern of the Connect model'),
    applies: ({ CustomerEndpoint: endpoint }, { facts }) => {
      const type = endpoint?.Type;
      if (!facts.choices.diallableTypes.some((diallable) => diallable === type)) return true;
      return type === 'TELEPHONE_NUMBER' && !E164.test(endpoint?.Address ?? '');
    },
    // Only the form is broken, not the range: a broken number must not become a real person's number.
    provocations: [
      {
        how: 'no leading +',
        make: (good) =>
          customer(good, { Address: good.CustomerEndpoint?.Address?.slice(1) ?? '0' }),
      },
      {
        how: 'letters in the number',
        make: (good) => customer(good, { Address: `${good.CustomerEndpoint?.Address}x9` }),
      },
      {
        how: 'sixteen digits',
        make: (good) =>
          customer(good, { Address: good.CustomerEndpoint?.Address?.padEnd(17, '0') ?? '+' }),
      },
      { how: 'unlisted Type', make: (good) => customer(good, { Type: 'CARRIER_PIGEON' }) },
      {
        how: 'no Type',
        make: (good) => ({
          ...good,
          CustomerEndpoint: { Address: good.CustomerEndpoint?.Address ?? '' },
        }),
      },
    ],
  },
  MISSING_CAMPAIGN: {
    message: 'The contact belongs to no campaign.',
    retryable: false,
    provenance: inferred('the name of the code; the operation exists for campaigns'),
    applies: (item, { instance }) => {
      const id = item.Campaign?.CampaignId;
      return !id || (instance.campaigns !== null && !instance.campaigns.includes(id));
    },
    provocations: [
      { how: 'no Campaign', make: (good) => without(good, 'Campaign') },
      { how: 'no CampaignId', make: (good) => ({ ...good, Campaign: {} }) },
    ],
  },
  MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT: {
    message: 'The contact has neither a queue nor a system endpoint.',
    retryable: false,
    provenance: inferred('the name; StartOutboundVoiceContact takes a queue or a source number'),
    applies: (item) => item.QueueId === undefined && item.SystemEndpoint === undefined,
    provocations: [
      {
        how: 'neither QueueId nor SystemEndpoint',
        make: (good) => without(good, 'QueueId', 'SystemEndpoint'),
      },
    ],
  },
  INVALID_QUEUE: {
    message: 'The queue does not exist in this instance or is disabled.',
    retryable: false,
    provenance: inferred('the name of the code'),
    applies: (item, context) => item.QueueId !== undefined && !isOpenQueue(item.QueueId, context),
    provocations: [
      { how: 'unknown queue id', make: (good) => ({ ...good, QueueId: NEVER_AN_ID }) },
      { how: 'empty queue id', make: (good) => ({ ...good, QueueId: '' }) },
    ],
  },
  INVALID_SYSTEM_ENDPOINT: {
    message: 'The system endpoint is not a phone number claimed to this instance.',
    retryable: false,
    provenance: inferred('source-number rule of StartOutboundVoiceContact'),
    applies: (item, context) =>
      item.SystemEndpoint !== undefined && !isClaimed(item.SystemEndpoint, context),
    provocations: [
      {
        how: 'number not claimed to the instance',
        make: (good) => ({
          ...good,
          SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: NEVER_CLAIMED },
        }),
      },
      {
        how: 'unlisted Type',
        make: (good) => ({ ...good, SystemEndpoint: { Type: 'FAX', Address: '+12065550100' } }),
      },
      {
        how: 'empty Address',
        make: (good) => ({ ...good, SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '' } }),
      },
    ],
  },
  INVALID_ATTRIBUTE_KEY: {
    message: 'An attribute key has a character other than letters, digits, _ and -.',
    retryable: false,
    provenance: inferred('attribute key rule of StartOutboundVoiceContact and of campaigns'),
    applies: (item, { facts }) => {
      if (hasInvalidAttributeKey(item.Attributes)) return true;
      return (
        facts.choices.oversizeAttributes === 'fail-item' && hasOversizeAttributes(item.Attributes)
      );
    },
    provocations: [
      {
        how: 'a space in a key',
        make: (good) => ({ ...good, Attributes: { ...good.Attributes, 'first name': 'Ada' } }),
      },
      {
        how: 'a letter outside ASCII in a key',
        make: (good) => ({ ...good, Attributes: { ...good.Attributes, größe: 'L' } }),
      },
    ],
  },
  INVALID_OUTBOUND_STRATEGY: {
    message: 'The outbound strategy is unknown or its preview settings are not usable.',
    retryable: false,
    provenance: inferred('model of OutboundStrategy and the preview-mode text'),
    applies: (item) => item.OutboundStrategy !== undefined && !isUsable(item.OutboundStrategy),
    provocations: [
      {
        how: 'unlisted Type',
        make: (good) => ({ ...good, OutboundStrategy: { Type: 'ROBOT_FIRST' } }),
      },
      {
        how: 'no Preview',
        make: (good) => ({ ...good, OutboundStrategy: { Type: 'AGENT_FIRST' } }),
      },
      {
        how: 'no allowed action',
        make: (good) => ({ ...good, OutboundStrategy: previewWith(30, []) }),
      },
      {
        how: 'unlisted action',
        make: (good) => ({ ...good, OutboundStrategy: previewWith(30, ['SHOUT']) }),
      },
      {
        how: 'negative seconds',
        make: (good) => ({ ...good, OutboundStrategy: previewWith(-1, ['CALL']) }),
      },
    ],
  },
  IDEMPOTENCY_EXCEPTION: {
    message: 'The batch has another contact with the same RequestIdentifier.',
    retryable: false,
    provenance: assumed('the name of the code; nothing else is published'),
    needsPrevious: true,
    applies: (item, { facts, earlier }) => {
      if (!item.RequestIdentifier) return false;
      const first = earlier.get(item.RequestIdentifier);
      if (first === undefined) return false;
      if (facts.choices.equalDuplicates === 'fail') return true;
      return canonicalContact(first) !== canonicalContact(item);
    },
    provocations: [
      {
        how: 'the identifier of the item before it',
        make: (good, previous) => ({
          ...good,
          RequestIdentifier: previous.RequestIdentifier ?? '',
        }),
      },
    ],
  },
  REQUEST_THROTTLED: {
    message: 'Too many contacts are pending; send the contact again later with a new ClientToken.',
    retryable: true,
    provenance: assumed('campaigns use RequestThrottled while pending requests pile up'),
    applies: (item, { facts, room }) =>
      facts.injected[item.CustomerEndpoint?.Address ?? ''] === 'REQUEST_THROTTLED' || room === 0,
    provocations: [
      {
        how: 'a customer number the emulator throttles',
        make: (good) => customer(good, { Address: INJECTED_NUMBERS.REQUEST_THROTTLED }),
      },
    ],
  },
  INTERNAL_ERROR: {
    message: 'The contact could not be created because of an internal failure.',
    retryable: true,
    provenance: inferred('the name of the code'),
    applies: (item, { facts }) =>
      facts.injected[item.CustomerEndpoint?.Address ?? ''] === 'INTERNAL_ERROR',
    provocations: [
      {
        how: 'a customer number the emulator fails',
        make: (good) => customer(good, { Address: INJECTED_NUMBERS.INTERNAL_ERROR }),
      },
    ],
  },
} as const satisfies Record<string, FailureRow>;

export type FailureReasonCode = keyof typeof ROWS;

/** The table. Iterating it gives the order of checks (assumed). */
export const FAILURES: Readonly<Record<FailureReasonCode, FailureRow>> = ROWS;

export const FAILURE_CODES = Object.keys(ROWS) as readonly FailureReasonCode[];

function isOpenQueue(idOrArn: string, { facts, instance }: ItemContext): boolean {
  const arn = QUEUE_ARN.exec(idOrArn);
  if (arn && (arn[1] !== facts.region || arn[2] !== facts.account || arn[3] !== instance.id)) {
    return false;
  }
  const id = arn ? arn[4] : idOrArn;
  return instance.queues.some((queue) => queue.id === id && queue.enabled);
}

function isClaimed(endpoint: Endpoint, { facts, instance }: ItemContext): boolean {
  const address = endpoint.Address ?? '';
  if (endpoint.Type === 'CONNECT_PHONENUMBER_ARN') {
    const arn = NUMBER_ARN.exec(address);
    return arn !== null && arn[1] === facts.region && arn[2] === facts.account;
  }
  if (endpoint.Type === 'TELEPHONE_NUMBER') return instance.numbers.includes(address);
  return isListed(ENDPOINT_TYPES, endpoint.Type) && address !== '';
}

function isUsable(strategy: NonNullable<ContactDataRequest['OutboundStrategy']>): boolean {
  if (!isListed(OUTBOUND_STRATEGY_TYPES, strategy.Type)) return false;
  const preview = strategy.Config?.AgentFirst?.Preview;
  if (!preview) return false;
  const { DurationInSeconds: seconds } = preview.PostAcceptTimeoutConfig;
  const actions = preview.AllowedUserActions;
  return (
    seconds >= 0 &&
    actions.length > 0 &&
    actions.every((action) => isListed(ALLOWED_USER_ACTIONS, action))
  );
}
