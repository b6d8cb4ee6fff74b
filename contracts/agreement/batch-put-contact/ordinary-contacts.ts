/** Fixed contacts for the examples of the contract. Their phone numbers are reserved for fiction. */

import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ALLOWED_USER_ACTIONS, OUTBOUND_STRATEGY_TYPES } from '../../../operation/connect/enums.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { ORDINARY_CAMPAIGN } from '../states.ts';

const CAMPAIGN = { CampaignId: ORDINARY_CAMPAIGN } as const;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** Returns the nth good contact, with n from 1 to 99. */
export function ordinaryContact(n: number): ContactDataRequest {
  return {
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: `+120655501${twoDigits(n)}` },
    RequestIdentifier: `contact-${twoDigits(n)}`,
    QueueId: ORDINARY_INSTANCE.queues[0].id,
    Attributes: { customer_tier: 'gold' },
    Campaign: CAMPAIGN,
  };
}

/** Returns a contact with every member, and with as many listed enum values as one contact can have. */
export function fullContact(n: number): ContactDataRequest {
  return {
    ...ordinaryContact(n),
    Attributes: { customer_tier: 'gold', 'preferred-language': 'français' },
    OutboundStrategy: {
      Type: OUTBOUND_STRATEGY_TYPES[0].value,
      Config: {
        AgentFirst: {
          Preview: {
            PostAcceptTimeoutConfig: { DurationInSeconds: 30 },
            AllowedUserActions: ALLOWED_USER_ACTIONS.map((action) => action.value),
          },
        },
      },
    },
  };
}

export const FULL_CONTACT = fullContact(1);

/** A contact with the necessary members only. It has no identifier and no attributes, and uses the queue's caller id. */
export const MINIMAL_CONTACT: ContactDataRequest = {
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550101' },
  QueueId: ORDINARY_INSTANCE.queues[0].id,
  Campaign: CAMPAIGN,
};

/** Returns the ContactId of the nth contact in the examples. */
export function exampleContactId(n: number): string {
  return `c0ffee00-0000-4000-8000-0000000000${twoDigits(n)}`;
}
