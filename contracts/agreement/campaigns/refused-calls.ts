/** Interactions of calls that the front door refuses: every operation of the service alike. */

import type { Choices } from '../../../operation/connect/choices.ts';
import { type Interaction, refusedWith } from '../interaction.ts';
import { type Caller, type Given, ordinaryDay } from '../states.ts';
import { campaignIn, interaction } from './claims.ts';
import { requestOf } from './dial-requests.ts';
import { dialItem } from './examples.ts';
import { type CampaignVersion, operationOf } from './version.ts';

/** The body limit in the interaction, in bytes. A small limit keeps the pact readable. */
const SMALL_BODY_LIMIT = 1_024;

export function refusedCallInteractions(version: CampaignVersion): Interaction[] {
  const { put } = version;
  const refused = (name: string, how: string, given: readonly Given[], change: Change = {}) => {
    const { operation = put, request = requestOf(version, [dialItem(1)]), choices = {} } = change;
    const answer = refusedWith(operation, name);
    const row = operation.refusals[name];
    return interaction({
      description: `a call refused with ${name}: ${how}`,
      pins: name,
      operation,
      given: [ordinaryDay(choices), campaignIn(version, 'Running'), ...given],
      request,
      answer,
      provenance: row ? [{ what: `${answer.status} ${name}`, ...row.provenance }] : [],
    });
  };
  const item = dialItem(1);
  return [
    refused('RequestEntityTooLargeException', 'a body over the limit, here lowered', [], {
      choices: { maxBodyBytes: SMALL_BODY_LIMIT },
      request: requestOf(version, [
        { ...item, attributes: { note: 'x'.repeat(SMALL_BODY_LIMIT) } },
      ]),
    }),
    refused('UnrecognizedClientException', 'an access key that nobody has', by('unknown key')),
    refused('InvalidSignatureException', 'a wrong secret key', by('wrong secret')),
    refused('AccessDeniedException', 'a caller whose policies allow nothing', by('denied')),
    refused('ThrottlingException', 'an empty token bucket', [
      { name: 'the token bucket is empty', params: {} },
    ]),
    refused('SerializationException', 'a fraction where the model has an integer', [], {
      operation: operationOf(version, 'ListCampaigns'),
      request: { maxResults: 1.5 },
    }),
    refused('InternalServerException', 'a failing service', [
      { name: 'the service is failing', params: { outage: 'InternalServiceException' } },
    ]),
    refused('ServiceUnavailable', 'a service that is down', [
      { name: 'the service is failing', params: { outage: 'ServiceUnavailable' } },
    ]),
  ];
}

interface Change {
  readonly operation?: Interaction['operation'];
  readonly request?: object;
  readonly choices?: Partial<Choices>;
}

function by(caller: Caller): Given[] {
  return [{ name: 'the caller is', params: { caller } }];
}
