/** Interactions of PutDialRequestBatch, and of PutOutboundRequestBatch in version 2. */

import { assumed } from '../../../operation/aws/provenance.ts';
import { campaignArn } from '../../../operation/campaigns/arn.ts';
import { chooseCampaigns } from '../../../operation/campaigns/choices.ts';
import {
  DIAL_FAILURES,
  type DialFailureCode,
  type DialItem,
  decideDials,
  INJECTED_DIALS,
} from '../../../operation/campaigns/failures.ts';
import { ordinaryFacts } from '../../../operation/connect/facts.ts';
import { type Expected, someId, Unordered } from '../expected.ts';
import type { Claim, Group, Interaction, ResultAnswer } from '../interaction.ts';
import { epochOf, inSeconds, SENT_AT } from '../moment.ts';
import type { Given } from '../states.ts';
import { CLAIMS, campaignIn, interaction, refusedBy, shapeOf } from './claims.ts';
import {
  CAMPAIGN_ID,
  campaignMembers,
  dialItem,
  exampleDialId,
  NO_CAMPAIGN_ID,
  SCHEDULED,
} from './examples.ts';
import type { CampaignVersion } from './version.ts';

const MOST = 25;

export function dialRequestInteractions(version: CampaignVersion): Interaction[] {
  return [
    ...taken(version),
    ...known(version),
    everyCode(version),
    ...asked(version),
    ...failing(version),
    ...full(version),
    ...notRunning(version),
    refusedBy('unknownCampaign', {
      description: 'dial requests for a campaign that does not exist',
      operation: version.put,
      request: requestOf(version, [dialItem(1)], NO_CAMPAIGN_ID),
    }),
    ...(version.number === 2 ? [sourced(version)] : []),
  ];
}

/** Makes the request for these dial requests. */
export function requestOf(
  { items, itemOf }: CampaignVersion,
  dials: readonly DialItem[],
  id = CAMPAIGN_ID,
): object {
  return { id, [items]: dials.map(itemOf) };
}

interface Occasion {
  /** Whether a campaign has room for more. */
  readonly room?: number;
  /** Dial requests that were accepted before. Their ids are then exact. */
  readonly known?: readonly DialItem[];
  /** Phone number -> the code that the state asks for. */
  readonly failing?: Readonly<Record<string, DialFailureCode>>;
}

/** Makes the answer that the definition gives for a call at `SENT_AT`. */
export function decidedAnswer(
  { number }: CampaignVersion,
  dials: readonly DialItem[],
  { room = 1_000, known = [], failing: injected = INJECTED_DIALS }: Occasion = {},
): ResultAnswer {
  const before = new Map(known.map((item, i) => [item.clientToken, exampleDialId(i + 1)]));
  const verdicts = decideDials(
    dials,
    {
      api: number === 1 ? 'v1' : 'v2',
      now: epochOf(SENT_AT),
      choices: chooseCampaigns(),
      room,
      injected,
    },
    (token) => {
      const id = before.get(token);
      const item = known.find(({ clientToken }) => clientToken === token);
      return id === undefined || !item ? undefined : { ...item, id };
    },
  );
  const succeeded: Expected[] = [];
  const failed: Expected[] = [];
  verdicts.forEach((verdict, i) => {
    const { clientToken = '' } = dials[i] ?? {};
    if (verdict.kind === 'failed') failed.push({ clientToken, failureCode: verdict.code });
    else if (verdict.kind === 'known') succeeded.push({ clientToken, id: verdict.id });
    else succeeded.push({ clientToken, id: someId(exampleDialId(i + 1)) });
  });
  return {
    kind: 'result',
    body: {
      ...(succeeded.length > 0 && { successfulRequests: new Unordered(succeeded) }),
      ...(failed.length > 0 && { failedRequests: new Unordered(failed) }),
    },
  };
}

interface Batch extends Occasion {
  readonly description: string;
  readonly dials: readonly DialItem[];
  readonly pins?: string;
  readonly group?: Group;
  readonly given?: readonly Given[];
  readonly claims?: readonly Claim[];
  /** In place of the request that `dials` makes. */
  readonly request?: object;
}

/** A call for a running campaign, with the answer that the definition gives. */
export function batch(version: CampaignVersion, the: Batch): Interaction {
  const { description, dials, pins, group, given = [], claims = [], request } = the;
  return interaction({
    description,
    operation: version.put,
    ...(pins !== undefined && { pins }),
    ...(group !== undefined && { group }),
    given: [campaignIn(version, 'Running'), ...given],
    request: request ?? requestOf(version, dials),
    answer: decidedAnswer(version, dials, the),
    provenance: [shapeOf(version), ...claims],
  });
}

function taken(version: CampaignVersion): Interaction[] {
  const [one] = [dialItem(1)];
  const { account, region } = ordinaryFacts();
  const plain = batch(version, { description: 'a dial request that is accepted', dials: [one] });
  return [
    plain,
    batch(version, {
      description: 'dial requests without attributes, and without a token',
      dials: [
        { ...one, attributes: {} },
        { ...dialItem(2), clientToken: '' },
      ],
    }),
    batch(version, {
      description: 'dial requests of a campaign that is named by its ARN',
      dials: [one],
      request: requestOf(version, [one], campaignArn(CAMPAIGN_ID, { account, region })),
      claims: [CLAIMS.arn],
    }),
    ...(version.number === 2 ? [everyMember(version)] : []),
  ];
}

function everyMember(version: CampaignVersion): Interaction {
  const item = dialItem(1);
  const { phoneNumber, attributes, ...rest } = item;
  const telephony = {
    destinationPhoneNumber: phoneNumber,
    attributes,
    connectSourcePhoneNumber: '+12065550101',
    answerMachineDetectionConfig: {
      enableAnswerMachineDetection: true,
      awaitAnswerMachinePrompt: true,
    },
    ringTimeout: 15,
  };
  const { awaitAnswerMachinePrompt: _, ...detection } = telephony.answerMachineDetectionConfig;
  return batch(version, {
    description: 'outbound requests with every member of telephony',
    dials: [item, { ...item, clientToken: 'dial-02' }],
    request: {
      id: CAMPAIGN_ID,
      outboundRequests: [
        { ...rest, channelSubtypeParameters: { telephony } },
        {
          ...rest,
          clientToken: 'dial-02',
          channelSubtypeParameters: {
            telephony: { ...telephony, answerMachineDetectionConfig: detection, ringTimeout: 60 },
          },
        },
      ],
    },
  });
}

function known(version: CampaignVersion): Interaction[] {
  const item = dialItem(1);
  const { clientToken, phoneNumber, attributes } = item;
  const before: Given = {
    name: 'a dial request was accepted before',
    params: {
      campaignId: CAMPAIGN_ID,
      dialRequestId: exampleDialId(1),
      clientToken,
      phoneNumber,
      attributes,
    },
  };
  const again = (description: string, sent: DialItem, claims: readonly Claim[]) =>
    batch(version, {
      description,
      group: 'replays',
      dials: [sent],
      known: [item],
      given: [before],
      claims: [CLAIMS.known, ...claims],
    });
  return [
    again('a dial request sent again with its token: the same id', item, []),
    again(
      'a dial request sent again after it expired: the same id',
      { ...item, expirationTime: inSeconds(-3_600) },
      [CLAIMS.knownFirst],
    ),
  ];
}

/** The state in which the number of an item makes it fail. */
function failsBy({ phoneNumber }: DialItem): Given[] {
  const failureCode = INJECTED_DIALS[phoneNumber];
  if (failureCode === undefined) return [];
  return [{ name: 'dial requests to a number fail', params: { phoneNumber, failureCode } }];
}

/** The codes that an item of a running campaign with room can get, with an item for each way. */
function waysToFail(): [DialFailureCode, readonly { how: string; item: DialItem }[]][] {
  return (Object.keys(DIAL_FAILURES) as DialFailureCode[])
    .filter((code) => code !== 'BufferLimitExceeded')
    .map((code) => [
      code,
      DIAL_FAILURES[code].provocations.map(({ how, make }, i) => ({
        how,
        item: make(dialItem(i + 1), dialItem(i + 1)),
      })),
    ]);
}

function claimsOf(code: DialFailureCode, { model, number }: CampaignVersion): Claim[] {
  return [
    { what: `the name ${code}`, ...model },
    { what: `what gives ${code}`, ...DIAL_FAILURES[code].provenance },
    ...(number === 2 && code === 'InvalidInput' ? [CLAIMS.expiryOfV2] : []),
    CLAIMS.partial,
  ];
}

function failing(version: CampaignVersion): Interaction[] {
  return waysToFail().flatMap(([code, ways]) => {
    const [first] = ways;
    if (!first) return [];
    const claims = claimsOf(code, version);
    return [
      batch(version, {
        description: `a dial request that fails with ${code}: ${first.how}`,
        group: failsBy(first.item).length > 0 ? 'codes' : 'triggers',
        dials: [first.item],
        given: failsBy(first.item),
        pins: code,
        claims,
      }),
      ...(ways.length > 1
        ? [
            batch(version, {
              group: 'triggers',
              description: `dial requests in which every way to fail with ${code} occurs`,
              dials: ways.map(({ item }) => item),
              claims: [
                ...claims,
                { what: `every cause of ${code}`, ...assumed('no source lists the causes') },
              ],
            }),
          ]
        : []),
    ];
  });
}

function everyCode(version: CampaignVersion): Interaction {
  const failed = waysToFail().map(([, [way]], i) => ({
    ...(way?.item ?? dialItem(1)),
    clientToken: dialItem(i + 1).clientToken,
  }));
  const good = Array.from({ length: MOST - failed.length }, (_, i) =>
    dialItem(failed.length + i + 1),
  );
  return batch(version, {
    description:
      'as many dial requests as a call can have: good ones, and one for each failure code',
    dials: [...failed, ...good],
    given: failed.flatMap(failsBy),
    group: 'triggers',
    claims: waysToFail().flatMap(([code]) => claimsOf(code, version)),
  });
}

/** A dial request that fails because the state says so: it asserts the name and the form only. */
function asked(version: CampaignVersion): Interaction[] {
  const [good, item] = [dialItem(1), dialItem(2)];
  return codesOf(version).map((code) =>
    batch(version, {
      description: `a dial request that fails with ${code}, as the state asks`,
      dials: [good, item],
      pins: code,
      group: 'codes',
      given: [
        {
          name: 'dial requests to a number fail',
          params: { phoneNumber: item.phoneNumber, failureCode: code },
        },
      ],
      failing: { [item.phoneNumber]: code },
      claims: [{ what: `the name ${code}`, ...version.model }, CLAIMS.partial],
    }),
  );
}

function codesOf({ number }: CampaignVersion): DialFailureCode[] {
  return (Object.keys(DIAL_FAILURES) as DialFailureCode[]).filter(
    (code) => number === 2 || !DIAL_FAILURES[code].onlyV2,
  );
}

function full(version: CampaignVersion): Interaction[] {
  const { fullCode: code } = version;
  return [
    batch(version, {
      description: `a dial request for which there is no room fails with ${code}`,
      dials: [dialItem(1)],
      room: 0,
      given: [{ name: 'campaigns take no more dial requests', params: {} }],
      // In version 1, another interaction pins the code by a number.
      ...(version.number === 2 && { pins: code }),
      claims: claimsOf(code, version),
    }),
  ];
}

function notRunning(version: CampaignVersion): Interaction[] {
  return version.standings
    .filter((standing) => standing !== 'Running')
    .map((standing) => {
      const state = standing === 'starting' ? 'Initialized' : standing;
      return refusedBy(
        'wrongState',
        {
          description: `dial requests for a campaign that is ${standing}`,
          operation: version.put,
          given: [campaignIn(version, standing)],
          request: requestOf(version, [dialItem(1)]),
        },
        { state },
      );
    });
}

function sourced(version: CampaignVersion): Interaction {
  const members = { ...campaignMembers(version.number), source: SCHEDULED.source };
  return refusedBy('sourceTakesNoRequests', {
    description: 'outbound requests for a campaign with a source',
    operation: version.put,
    given: [campaignIn(version, 'Running', { members })],
    request: requestOf(version, [dialItem(1)]),
  });
}
