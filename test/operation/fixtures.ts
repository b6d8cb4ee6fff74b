/** One ordinary contact and call, with nothing random in them. */

import { pathOf } from '../../operation/connect/address.ts';
import type { Arrival } from '../../operation/connect/batch-put-contact/refusals.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

export function goodContact(requestIdentifier: string): ContactDataRequest {
  return {
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550123' },
    RequestIdentifier: requestIdentifier,
    QueueId: ORDINARY_INSTANCE.queues[0].id,
    Attributes: { firstName: 'Ada', language: 'en-US' },
    Campaign: { CampaignId: 'spring-renewals' },
  };
}

export const GOOD_ARRIVAL: Arrival = {
  method: 'PUT',
  path: pathOf(ORDINARY_INSTANCE.id),
  bodyBytes: 700,
  signature: {
    ok: true,
    principalArn: 'arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForConnectCampaigns_x/s',
    servicePrincipal: true,
  },
  bucketTokens: 15,
  body: { ok: true, request: { ContactDataRequestList: [goodContact('a')] } },
  token: 'new',
};
