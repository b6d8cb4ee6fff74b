/** Interactions of calls that the front door refuses: every operation of the service alike. */

import { documented } from '../../../operation/aws/provenance.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import type { AnyOperation } from '../../../operation/operations.ts';
import { type Group, type Interaction, refusedWith } from '../interaction.ts';
import type { Caller, Given } from '../states.ts';
import { campaignIn, interaction } from './claims.ts';
import { requestOf } from './dial-requests.ts';
import { CAMPAIGN_NAME, campaignMembers, dialItem } from './examples.ts';
import { type CampaignVersion, operationOf } from './version.ts';

/** The body limit in the interaction, in bytes. A small limit keeps the pact readable. */
const SMALL_BODY_LIMIT = 1_024;

export function refusedCallInteractions(version: CampaignVersion): Interaction[] {
  const { put } = version;
  const refused = (
    name: string,
    how: string,
    group: Group,
    given: readonly Given[],
    { operation = put, request = requestOf(version, [dialItem(1)]) }: Change = {},
  ) => {
    const answer = refusedWith(operation, name);
    const row = operation.refusals[name];
    return interaction({
      description: `a call refused with ${name}: ${how}`,
      pins: name,
      group,
      operation,
      given: [campaignIn(version, 'Running'), ...given],
      request,
      answer,
      provenance: row
        ? [
            { what: `${answer.status} ${name}`, ...row.provenance },
            { what: `what gives ${name}`, ...(row.trigger ?? row.provenance) },
          ]
        : [],
    });
  };
  const item = dialItem(1);
  return [
    ...askedErrors(version),
    refused(
      'RequestEntityTooLargeException',
      'a body over the limit, here lowered',
      'refusals',
      [{ name: 'the largest body is', params: { bytes: SMALL_BODY_LIMIT } }],
      {
        request: requestOf(version, [
          { ...item, attributes: { note: 'x'.repeat(SMALL_BODY_LIMIT) } },
        ]),
      },
    ),
    ...(
      [
        ['UnrecognizedClientException', 'an access key that nobody has', 'unknown key'],
        ['InvalidSignatureException', 'a wrong secret key', 'wrong secret'],
        ['ExpiredTokenException', 'a session token that has expired', 'expired token'],
      ] as const
    ).map(([name, how, caller]) => refused(name, how, 'signatures', by(caller))),
    refused(
      'AccessDeniedException',
      'a caller whose policies allow nothing',
      'callers',
      by('denied'),
    ),
    refused('ThrottlingException', 'a call over the quota', 'throttling', [
      { name: 'calls are throttled', params: { error: 'ThrottlingException' } },
    ]),
    refused('SerializationException', 'a fraction where the model has an integer', 'bounds', [], {
      operation: operationOf(version, 'ListCampaigns'),
      request: { maxResults: 1.5 },
    }),
  ];
}

/** Errors that have a member besides their text: another interaction provokes them. */
const WITH_MEMBERS: readonly string[] = ['InvalidCampaignStateException'];

/** Good calls that get an error because the state says so: they assert the name, the status and the form only. */
function askedErrors(version: CampaignVersion): Interaction[] {
  const { put, number, model } = version;
  const create = operationOf(version, 'CreateCampaign');
  const creation = {
    name: CAMPAIGN_NAME,
    connectInstanceId: ORDINARY_INSTANCE.id,
    ...campaignMembers(number),
  };
  const one = (
    operation: AnyOperation,
    error: string,
    request: object,
    given: readonly Given[],
  ) => {
    const answer = refusedWith(operation, error);
    const { status } = answer;
    return interaction({
      description: `a call that gets ${error}, as the state asks`,
      pins: error,
      group: 'errors',
      operation,
      given: [...given, { name: 'the call fails', params: { error, status } }],
      request,
      answer,
      provenance: [
        {
          what: `${status} ${error}`,
          ...(Object.hasOwn(operation.errors, error)
            ? model
            : (operation.refusals[error]?.provenance ?? documented('model'))),
        },
      ],
    });
  };
  const ofPut = [...Object.keys(put.errors), 'ServiceUnavailable'].filter(
    (error) => !WITH_MEMBERS.includes(error),
  );
  const ofCreate = Object.keys(create.errors).filter((error) => !Object.hasOwn(put.errors, error));
  return [
    ...ofPut.map((error) =>
      one(put, error, requestOf(version, [dialItem(1)]), [campaignIn(version, 'Running')]),
    ),
    ...ofCreate.map((error) => one(create, error, creation, [])),
  ];
}

interface Change {
  readonly operation?: Interaction['operation'];
  readonly request?: object;
}

function by(caller: Caller): Given[] {
  return [{ name: 'the caller is', params: { caller } }];
}
