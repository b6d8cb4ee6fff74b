/** The requests of the operations on a contact: every member, path labels included, with its bound. */

import type { MapShape, RequestShape, Shape, TextShape } from '../../aws/shape/shapes.ts';
import { LIMITS } from '../limits.ts';

/** All members of the requests of these operations. */
export interface ContactMembers {
  readonly InstanceId: string;
  readonly ContactId?: string;
  readonly InitialContactId?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly DisconnectReason?: { readonly Code?: string };
}

const TEXT: TextShape = { kind: 'string' };
const INSTANCE: Shape = { kind: 'string', limit: LIMITS.instanceId };
const CONTACT: Shape = { kind: 'string', limit: LIMITS.contactId };
export const ATTRIBUTES: MapShape = {
  kind: 'map',
  key: { kind: 'string', limit: LIMITS.attributeKey },
  value: { kind: 'string', limit: LIMITS.attributeValue },
  bytes: LIMITS.attributesBytes,
};

export const REQUESTS = {
  DescribeContact: {
    kind: 'structure',
    members: { InstanceId: INSTANCE, ContactId: CONTACT },
    required: ['InstanceId', 'ContactId'],
    path: ['InstanceId', 'ContactId'],
  },
  GetContactAttributes: {
    kind: 'structure',
    members: { InstanceId: INSTANCE, InitialContactId: CONTACT },
    required: ['InstanceId', 'InitialContactId'],
    path: ['InstanceId', 'InitialContactId'],
  },
  UpdateContactAttributes: {
    kind: 'structure',
    members: { InitialContactId: CONTACT, InstanceId: INSTANCE, Attributes: ATTRIBUTES },
    required: ['InitialContactId', 'InstanceId', 'Attributes'],
  },
  StopContact: {
    kind: 'structure',
    members: {
      ContactId: CONTACT,
      InstanceId: INSTANCE,
      DisconnectReason: { kind: 'structure', members: { Code: TEXT } },
    },
    required: ['ContactId', 'InstanceId'],
  },
} as const satisfies Record<string, RequestShape>;

/** An operation on a contact that BatchPutContact created. */
export type ContactOperationName = keyof typeof REQUESTS;

/** The parts of a request that the steps use, in the same form for every operation. */
export interface ContactRequest {
  /** Id or ARN of the instance, as sent. */
  readonly instanceId: string;
  readonly contactId: string;
  /** UpdateContactAttributes: the attributes to add or change. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** StopContact: DisconnectReason.Code; undefined if no DisconnectReason is given. */
  readonly disconnectReason?: string;
}

export function contactRequestOf({
  InstanceId,
  ContactId,
  InitialContactId,
  Attributes,
  DisconnectReason,
}: ContactMembers): ContactRequest {
  return {
    instanceId: InstanceId,
    contactId: ContactId ?? InitialContactId ?? '',
    ...(Attributes && { attributes: Attributes }),
    ...(DisconnectReason && { disconnectReason: DisconnectReason.Code ?? '' }),
  };
}
