/** Records the calls that hand dial requests to campaigns, so that their caller can be judged. It masks numbers. */

import { createHmac, randomBytes } from 'node:crypto';
import type { CampaignEngine } from '../../campaigns/campaign-engine.ts';
import { outcomeOf as endingOf } from '../../campaigns/course/told.ts';
import { isObject } from '../../operation/aws/json.ts';
import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import { bareCampaignId } from '../../operation/campaigns/arn.ts';
import type {
  FeederCall,
  FeederItem,
  FeederJournal,
  FeederLine,
} from '../../operation/campaigns/feeder-call.ts';
import { dialled } from '../../operation/campaigns/phone-number.ts';
import { E164 } from '../../operation/connect/phone-number.ts';
import { maskNumbers } from '../../system/mask-numbers.ts';
import { headerOf, type WireReply } from '../wire/reply.ts';
import { requestHeader, type WireRequest } from '../wire/request.ts';

/** The arrival of a call, as `answered` needs it again. */
export interface Arrived {
  readonly began: number;
  readonly arrivedAt: number;
  readonly wallNow: number;
}

/** What is read of the endpoint. */
export interface Scene {
  /** The wall clock. */
  readonly clock: { now(): number };
  readonly virtualClock: { now(): number };
  readonly campaigns: { look<T>(work: (engine: CampaignEngine) => T): T | undefined } | null;
  readonly facts: { readonly account: string; readonly region: string };
}

export interface FeederRecorder {
  /** Null for a request that hands over no dial requests. */
  arrived(request: WireRequest, service: Scene): Arrived | null;
  answered(arrived: Arrived, request: WireRequest, reply: WireReply, service: Scene): void;
  /** What is recorded up to now. The last 10,000 calls are kept. @param now by the wall clock. */
  journal(now: number): FeederJournal;
  /** Gives every line from now on to a file too. @param write takes a line with its line feed. */
  writeTo(write: (line: string) => void): void;
  /** Forgets the calls. */
  clear(): void;
  /** Writes the last line. */
  end(now: number): void;
}

const KEPT_CALLS = 10_000;
const SHOWN_TEXT = 80;
const MAX_ATTRIBUTES = 100;
/** The paths of the two operations, and what a caller makes of them who mixes the versions. */
const PATH = /^((?:\/v2)?\/campaigns\/)([^/]+)(\/(?:dial|outbound)-requests)$/;

export function createFeederRecorder(): FeederRecorder {
  // A number has too few digits for a digest that everybody can make.
  const secret = randomBytes(16);
  const digest = (text: string) =>
    createHmac('sha256', secret).update(text).digest('base64url').slice(0, 16);
  let calls: FeederCall[] = [];
  let moments = 0;
  let number = 0;
  let write = (_line: string) => {};
  return {
    arrived({ method, target }, { virtualClock, clock }) {
      if (method !== 'PUT' || !PATH.test(pathOf(target))) return null;
      moments += 1;
      return { began: moments, arrivedAt: virtualClock.now(), wallNow: clock.now() };
    },
    answered({ wallNow, ...arrived }, request, reply, service) {
      moments += 1;
      number += 1;
      const call = {
        type: 'feeder-call',
        number,
        ...arrived,
        ended: moments,
        answeredAt: service.virtualClock.now(),
        answeredAtWall: service.clock.now(),
        ...callOf(request, reply, service, wallNow, digest),
      } as const;
      calls.push(call);
      // One shift for each call would be slow.
      if (calls.length > KEPT_CALLS * 1.5) calls = calls.slice(-KEPT_CALLS);
      write(lineOf(call));
    },
    journal: (now) => ({ calls: [...calls], endedAt: now }),
    writeTo(to) {
      write = to;
      write(lineOf(HEAD));
    },
    clear() {
      calls = [];
      number = 0;
      write(lineOf(HEAD));
    },
    end: (now) => write(lineOf({ type: 'end', at: now })),
  };
}

const HEAD = { type: 'feeder-journal', version: 1 } as const;

/** The journal as its file has it. */
export function* journalLines({ calls, endedAt }: FeederJournal): Generator<string> {
  yield lineOf(HEAD);
  for (const call of calls) yield lineOf(call);
  yield lineOf({ type: 'end', at: endedAt });
}

function lineOf(line: FeederLine): string {
  return `${JSON.stringify(line)}\n`;
}

function pathOf(target: string): string {
  return target.split('?')[0] ?? '';
}

type Digest = (text: string) => string;

function callOf(
  request: WireRequest,
  reply: WireReply,
  service: Scene,
  wallNow: number,
  digest: Digest,
): Omit<
  FeederCall,
  'type' | 'number' | 'began' | 'ended' | 'arrivedAt' | 'answeredAt' | 'answeredAtWall'
> {
  const { target, body } = request;
  const [, before = '', label = '', after = ''] = PATH.exec(pathOf(target)) ?? [];
  const id = decoded(label);
  const { account, region } = service.facts;
  const campaign = service.campaigns?.look((engine) => {
    const bare = bareCampaignId(id, { account, region });
    return bare === null ? undefined : engine.campaign(bare);
  });
  const sent = bodyOf(body);
  const list = (['dialRequests', 'outboundRequests'] as const).find((name) =>
    Array.isArray(sent[name]),
  );
  const { drop, cutAfterBytes } = reply.wireFault ?? {};
  const invocation = requestHeader(request, 'amz-sdk-invocation-id');
  return {
    operation: operationOf(before, after),
    path: `${before}{id}${after}`,
    campaignId: shown(id),
    campaignVersion: campaign ? (campaign.api === 'v1' ? 1 : 2) : null,
    campaignState: campaign?.state ?? null,
    invocation: invocation === null ? null : digest(invocation),
    status: reply.status,
    error: headerOf(reply, 'x-amzn-errortype'),
    delivered: drop === undefined && cutAfterBytes === undefined,
    list: list ?? null,
    items: (list ? (sent[list] as readonly unknown[]) : []).map((item, i) => ({
      ...asSent(memberOf(item), wallNow, digest),
      ...outcomeOf(reply.about?.dials?.[i], service),
    })),
  };
}

function operationOf(before: string, after: string): FeederCall['operation'] {
  if (before === '/campaigns/' && after === '/dial-requests') return 'PutDialRequestBatch';
  if (before === '/v2/campaigns/' && after === '/outbound-requests') {
    return 'PutOutboundRequestBatch';
  }
  return null;
}

type AsSent = Omit<
  FeederItem,
  'dialRequestId' | 'code' | 'reason' | 'repeated' | 'otherContent' | 'endedAs'
>;

/** Items of either form, of any channel: the caller may have mixed them. */
function asSent(item: Members, wallNow: number, digest: Digest): AsSent {
  const [channel] = Object.values(memberOf(item.channelSubtypeParameters)).map(memberOf);
  const token = textOf(item.clientToken);
  const number = item.phoneNumber ?? channel?.destinationPhoneNumber;
  const phoneNumber = textOf(number);
  const attributes = Object.entries(memberOf(item.attributes ?? channel?.attributes)).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const expirationTime = momentOf(textOf(item.expirationTime), 'date-time');
  return {
    clientToken: shown(token),
    tokenLength: token.length,
    token: token === '' ? null : digest(token),
    phoneNumber: shown(phoneNumber),
    isE164: typeof number === 'string' ? E164.test(dialled(phoneNumber)) : null,
    number: digest(dialled(phoneNumber)),
    content: digest(JSON.stringify([dialled(phoneNumber), attributes])),
    attributes: attributes.slice(0, MAX_ATTRIBUTES).map((one) => digest(JSON.stringify(one))),
    expirationTime,
    expiresIn: expirationTime === null ? null : (expirationTime - wallNow) / 1000,
  };
}

type Dial = NonNullable<NonNullable<WireReply['about']>['dials']>[number];

function outcomeOf(dial: Dial | undefined, { campaigns }: Scene): Omit<FeederItem, keyof AsSent> {
  if (!dial || 'code' in dial) {
    const { code = null, why = null } = dial ?? {};
    return {
      dialRequestId: null,
      code,
      reason: why,
      repeated: false,
      otherContent: false,
      endedAs: null,
    };
  }
  const { id, repeated, otherContent } = dial;
  const earlier = repeated ? campaigns?.look((engine) => engine.request(id)) : undefined;
  const { failure = null, disconnectReason = null } = earlier ? endingOf(earlier) : {};
  return {
    dialRequestId: id,
    code: null,
    reason: null,
    repeated,
    otherContent,
    endedAs: failure ?? disconnectReason,
  };
}

type Members = Readonly<Record<string, unknown>>;

function bodyOf(body: Buffer): Members {
  try {
    return memberOf(JSON.parse(body.toString('utf8')));
  } catch {
    // The endpoint refuses what is not JSON. Here it has no items.
    return {};
  }
}

function memberOf(value: unknown): Members {
  return isObject(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Masked before it is cut: a cut could take from a number what it is known by. */
function shown(text: string): string {
  return maskNumbers(text).slice(0, SHOWN_TEXT);
}

function decoded(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    return label;
  }
}
