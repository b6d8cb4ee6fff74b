/** Answers the operations, as AWS's API references describe them. */

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from './form.ts';
import type { Version } from './operations.ts';
import type { Campaign, Day } from './states.ts';

export interface Call {
  readonly version: Version;
  readonly operation: string;
  /** The id or the ARN in the path; empty if the path has none. */
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: its form was checked.
  readonly body: any;
}

const PLACE = 'arn:aws:connect-campaigns:us-east-1:123456789012:campaign/';

/** @throws Refusal. */
export function answer(day: Day, call: Call): object {
  const { version, operation, id, body } = call;
  switch (operation) {
    case 'CreateCampaign':
      return create(day, version, body);
    case 'ListCampaigns':
      return listed(day, version, body);
    case 'GetCampaignStateBatch':
      return states(day, version, body.campaignIds);
  }
  const campaign = day.campaign(version, bare(id));
  if (!campaign) throw new Refusal(404, 'ResourceNotFoundException', `There is no campaign ${id}.`);
  switch (operation) {
    case 'DescribeCampaign':
      return { campaign: { ...identity(campaign), ...campaign.members } };
    case 'GetCampaignState':
      return { state: shown(campaign) };
    case 'DeleteCampaign':
      if (!['Initialized', 'Stopped', 'Failed', 'Completed'].includes(campaign.state)) {
        throw new Refusal(400, 'ValidationException', 'The campaign was not stopped.');
      }
      day.campaigns.splice(day.campaigns.indexOf(campaign), 1);
      return {};
    case 'PutDialRequestBatch':
      return put(day, campaign, body.dialRequests);
    case 'PutOutboundRequestBatch':
      if ('source' in campaign.members) {
        throw new Refusal(400, 'ValidationException', 'The contacts come from the source.');
      }
      return put(day, campaign, body.outboundRequests.map(dialRequestOf));
    default:
      return move(campaign, operation);
  }
}

/** A campaign is named by its id or its ARN. */
function bare(id: string): string {
  return id.startsWith(PLACE) ? id.slice(PLACE.length) : id;
}

function identity({ id, name, connectInstanceId }: Campaign): object {
  return { id, arn: PLACE + id, name, connectInstanceId };
}

function shown({ state }: Campaign): string {
  return state === 'starting' ? 'Initialized' : state;
}

interface Definition {
  readonly name: string;
  readonly connectInstanceId: string;
  readonly tags?: object;
}

/** Idempotent: the same definition gets the campaign that has it. */
function create(day: Day, version: Version, definition: Definition): object {
  const { name, connectInstanceId, ...members } = definition;
  if (!day.instances.has(connectInstanceId)) {
    throw new Refusal(404, 'ResourceNotFoundException', 'There is no such instance.');
  }
  const before = day.campaigns.find(
    (one) =>
      one.version === version && one.name === name && one.connectInstanceId === connectInstanceId,
  );
  if (before && !isDeepStrictEqual(before.members, members)) {
    throw new Refusal(409, 'ConflictException', `The campaign ${name} has other members.`);
  }
  if (!before && day.full.has(connectInstanceId)) {
    throw new Refusal(402, 'ServiceQuotaExceededException', 'The instance has enough campaigns.');
  }
  const id = before?.id ?? randomUUID();
  if (!before) {
    const dialRequests = new Map<string, string>();
    const state = 'Initialized';
    day.campaigns.push({ version, id, name, connectInstanceId, members, state, dialRequests });
  }
  const { tags } = definition;
  return { id, arn: PLACE + id, ...(tags && { tags }) };
}

interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly filters?: { readonly instanceIdFilter?: { readonly value: string } };
}

function listed(day: Day, version: Version, { maxResults = 50, nextToken, filters }: Page): object {
  const instance = filters?.instanceIdFilter?.value;
  const all = day.campaigns.filter(
    (one) =>
      one.version === version && (instance === undefined || one.connectInstanceId === instance),
  );
  const from = nextToken === undefined ? 0 : all.findIndex(({ id }) => id === nextToken);
  if (from < 0) throw new Refusal(400, 'ValidationException', 'There is no such page.');
  const page = all.slice(from, from + maxResults);
  const next = all[from + maxResults];
  const more = version === 2 ? { channelSubtypes: ['TELEPHONY'] } : {};
  return {
    campaignSummaryList: page.map((one) => ({ ...identity(one), ...more })),
    ...(next && { nextToken: next.id }),
  };
}

function states(day: Day, version: Version, ids: readonly string[]): object {
  const found = ids.map((campaignId) => ({
    campaignId,
    campaign: day.campaign(version, bare(campaignId)),
  }));
  return {
    successfulRequests: found.flatMap(({ campaignId, campaign }) =>
      campaign ? [{ campaignId, state: shown(campaign) }] : [],
    ),
    failedRequests: found.flatMap(({ campaignId, campaign }) =>
      campaign ? [] : [{ campaignId, failureCode: 'ResourceNotFound' }],
    ),
  };
}

/** Operation -> the states in which it is allowed, and the next state. */
const MOVES: Readonly<Record<string, readonly [from: readonly string[], to: string]>> = {
  StartCampaign: [['Initialized'], 'Running'],
  PauseCampaign: [['Running'], 'Paused'],
  ResumeCampaign: [['Paused'], 'Running'],
  StopCampaign: [['Running', 'Paused'], 'Stopped'],
};

function move(campaign: Campaign, operation: string): object {
  const [from, to] = MOVES[operation] ?? [[], ''];
  if (operation === 'StopCampaign' && campaign.state === 'Completed') {
    throw new Refusal(409, 'ConflictException', 'The campaign is completed.');
  }
  if (!from.includes(campaign.state)) throw wrongState(campaign);
  campaign.state = to;
  return {};
}

function wrongState(campaign: Campaign): Refusal {
  const state = shown(campaign);
  const text = `The campaign is ${state}.`;
  return new Refusal(409, 'InvalidCampaignStateException', text, { state });
}

interface DialRequest {
  readonly clientToken: string;
  readonly phoneNumber: string;
  readonly expirationTime: string;
}

interface OutboundRequest extends Omit<DialRequest, 'phoneNumber'> {
  readonly channelSubtypeParameters: {
    readonly telephony: { readonly destinationPhoneNumber: string };
  };
}

function dialRequestOf({ channelSubtypeParameters, ...rest }: OutboundRequest): DialRequest {
  return { ...rest, phoneNumber: channelSubtypeParameters.telephony.destinationPhoneNumber };
}

function put(day: Day, campaign: Campaign, items: readonly DialRequest[]): object {
  if (campaign.state !== 'Running') throw wrongState(campaign);
  const successfulRequests: object[] = [];
  const failedRequests: object[] = [];
  for (const item of items) {
    const { clientToken } = item;
    const before = campaign.dialRequests.get(clientToken);
    const failureCode = before === undefined ? failureOf(day, campaign, item) : null;
    if (failureCode !== null) {
      failedRequests.push({ clientToken, failureCode });
      continue;
    }
    const id = before ?? randomUUID();
    if (clientToken !== '') campaign.dialRequests.set(clientToken, id);
    successfulRequests.push({ clientToken, id });
  }
  return {
    ...(successfulRequests.length > 0 && { successfulRequests }),
    ...(failedRequests.length > 0 && { failedRequests }),
  };
}

function failureOf(day: Day, { version }: Campaign, item: DialRequest): string | null {
  const seconds = (Date.parse(item.expirationTime) - Date.now()) / 1000;
  const number = item.phoneNumber.replaceAll('-', '');
  if (seconds < 30 || seconds > 15 * 60 || !/^\+[1-9]\d{1,14}$/.test(number)) {
    return 'InvalidInput';
  }
  if (!day.takesDialRequests) return version === 1 ? 'RequestThrottled' : 'BufferLimitExceeded';
  return day.failing.get(item.phoneNumber) ?? null;
}
