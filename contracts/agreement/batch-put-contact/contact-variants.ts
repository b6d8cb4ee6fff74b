/** Interactions that vary the members of a contact. They omit members, use each listed type, and provoke each failure. */

import { assumed } from '../../../operation/aws/provenance.ts';
import type { FailureTable } from '../../../operation/connect/batch-put-contact/failures.ts';
import { CONTACT_SHAPE } from '../../../operation/connect/batch-put-contact/request-shape.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ENDPOINT_TYPES, type EndpointType } from '../../../operation/connect/enums.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../../operation/connect/facts.ts';
import { type Claim, tokenFor } from '../interaction.ts';
import { changedAt, placesIn } from '../places.ts';
import { ordinaryDay } from '../states.ts';
import { type BatchInteraction, ofBatch, requestOf } from './batch.ts';
import { CLAIMS } from './claims.ts';
import { fullContact, ordinaryContact } from './ordinary-contacts.ts';
import { decidedAnswer, failedItem, result } from './result-answer.ts';

/** Makes a batch for each failure code with several causes. The batch has an item for each cause. */
export function everyProvocation(failures: FailureTable): BatchInteraction[] {
  return Object.entries(failures)
    .filter(([, row]) => row.provocations.length > 1)
    .map(([code, row]) => {
      const items = row.provocations.map(({ make }, i) =>
        make(ordinaryContact(i + 2), ordinaryContact(i + 1)),
      );
      return {
        ...batchOf(`a batch in which every way to fail with ${code} occurs`, items, {
          what: `every cause of ${code}`,
          ...assumed('no source lists the causes'),
        }),
        answer: result(
          [],
          items.map((item) => failedItem(item, code)),
        ),
      };
    });
}

/** Makes a batch in which each contact lacks a different member that the model does not require. */
export function membersLeftOut(): BatchInteraction {
  const items = placesIn(CONTACT_SHAPE)
    // Without RequestIdentifier the results could not be matched to items. Another interaction omits it.
    .filter(({ required, path }) => !required && path !== 'RequestIdentifier')
    .map(({ steps }, i) => changedAt(fullContact(i + 1), steps, undefined));
  return batchOf('a batch in which each optional member is left out in turn', items, {
    what: 'which members a contact can do without',
    ...assumed('the names of the failure codes; the model requires none'),
  });
}

/** An address for each type. The compiler requires one for every type in the table. */
const SYSTEM_ADDRESSES: Readonly<Record<EndpointType, string>> = {
  TELEPHONE_NUMBER: ORDINARY_INSTANCE.numbers[0],
  VOIP: 'sip:outbound@example.com',
  CONTACT_FLOW: '6f7b8c9d-0a1b-4c2d-8e3f-4a5b6c7d8e9f',
  CONNECT_PHONENUMBER_ARN: `arn:aws:connect:${ordinaryFacts().region}:${ordinaryFacts().account}:phone-number/9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d`,
  EMAIL_ADDRESS: 'outbound@example.com',
};

/** Makes a batch for each of the two endpoints, with a contact for each listed type. */
export function everyEndpointType(): BatchInteraction[] {
  const typed = (endpoint: 'SystemEndpoint' | 'CustomerEndpoint') =>
    ENDPOINT_TYPES.map(({ value: Type }, i): ContactDataRequest => {
      const contact = ordinaryContact(i + 1);
      const Address =
        endpoint === 'SystemEndpoint'
          ? SYSTEM_ADDRESSES[Type]
          : (contact.CustomerEndpoint?.Address ?? '');
      return { ...contact, [endpoint]: { Type, Address } };
    });
  return [
    batchOf('a batch with a system endpoint of every listed type', typed('SystemEndpoint'), {
      what: 'types that a system endpoint may have',
      ...assumed('all are in the enum'),
    }),
    batchOf('a batch with a customer endpoint of every listed type', typed('CustomerEndpoint'), {
      what: 'types that a customer endpoint may have',
      ...assumed('the default of diallableTypes'),
    }),
  ];
}

function batchOf(
  description: string,
  items: readonly ContactDataRequest[],
  claim: Claim,
): BatchInteraction {
  return ofBatch({
    description,
    pins: null,
    group: 'triggers',
    given: [ordinaryDay()],
    request: requestOf({ ClientToken: tokenFor(description), ContactDataRequestList: items }),
    answer: decidedAnswer(items),
    provenance: [claim, CLAIMS.partial, CLAIMS.contactId, CLAIMS.requestId],
  });
}
