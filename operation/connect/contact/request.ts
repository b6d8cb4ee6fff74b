/** The requests of the operations on a contact: every member, path labels included, with its bound. */

import type { ContactOperationName } from '../../operations.ts';
import { type ReadAs, readAs } from '../batch-put-contact/read-request.ts';
import type { Shape } from '../batch-put-contact/request-shape.ts';
import { LIMITS } from '../limits.ts';

/** What is asked, whichever member of the operation's request names the contact. */
export interface ContactRequest {
  /** Id or ARN, as sent. */
  readonly instanceId: string;
  readonly contactId: string;
  /** UpdateContactAttributes: the attributes to add or change. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** StopContact: DisconnectReason.Code; undefined where no DisconnectReason is given. */
  readonly disconnectReason?: string;
}

interface Members {
  readonly InstanceId: string;
  readonly ContactId?: string;
  readonly InitialContactId?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly DisconnectReason?: { readonly Code?: string };
}

const INSTANCE: Shape = { kind: 'string', limit: LIMITS.instanceId };
const CONTACT: Shape = { kind: 'string', limit: LIMITS.contactId };

const SHAPES: Readonly<Record<ContactOperationName, Shape>> = {
  DescribeContact: {
    kind: 'structure',
    members: { InstanceId: INSTANCE, ContactId: CONTACT },
    required: ['InstanceId', 'ContactId'],
  },
  GetContactAttributes: {
    kind: 'structure',
    members: { InstanceId: INSTANCE, InitialContactId: CONTACT },
    required: ['InstanceId', 'InitialContactId'],
  },
  UpdateContactAttributes: {
    kind: 'structure',
    members: {
      InitialContactId: CONTACT,
      InstanceId: INSTANCE,
      Attributes: { kind: 'map', key: LIMITS.attributeKey, value: LIMITS.attributeValue },
    },
    required: ['InitialContactId', 'InstanceId', 'Attributes'],
  },
  StopContact: {
    kind: 'structure',
    members: {
      ContactId: CONTACT,
      InstanceId: INSTANCE,
      DisconnectReason: { kind: 'structure', members: { Code: { kind: 'string' } } },
    },
    required: ['ContactId', 'InstanceId'],
  },
};

/** @param json the members of path and body together, as parsed. */
export function readContactRequest(
  operation: ContactOperationName,
  json: unknown,
): ReadAs<ContactRequest> {
  const read = readAs<Members>(json, SHAPES[operation]);
  if (!read.ok) return read;
  const { InstanceId, ContactId, InitialContactId, Attributes, DisconnectReason } = read.request;
  const request: ContactRequest = {
    instanceId: InstanceId,
    contactId: ContactId ?? InitialContactId ?? '',
    ...(Attributes && { attributes: Attributes }),
    ...(DisconnectReason && { disconnectReason: DisconnectReason.Code ?? '' }),
  };
  return { ok: true, request };
}
