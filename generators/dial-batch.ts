/**
 * Batches of dial requests, for both versions of outbound campaigns: good ones and, in given shares, ones that fail.
 * The people are those of the contacts with the same seed and number.
 */

import {
  ASKED_NUMBERS,
  ASKED_OUTCOMES,
  type AskedOutcome,
} from '../operation/campaigns/asked-numbers.ts';
import { chooseCampaigns } from '../operation/campaigns/choices.ts';
import {
  DIAL_FAILURES,
  type DialFailureCode,
  type DialItem,
  decideDials,
  INJECTED_DIALS,
} from '../operation/campaigns/failures.ts';
import { LIMITS } from '../operation/campaigns/limits.ts';
import { LIMITS as CONNECT_LIMITS } from '../operation/connect/limits.ts';
import { identifierOf, stampOf } from '../operation/corpus/stamp.ts';
import { Draw } from '../system/draw.ts';
import { UserError } from '../system/errors.ts';
import { contactSource } from './contact.ts';
import { LOCALE_NAMES, type LocaleName } from './locales.ts';
import { ALL_GOOD, checkDialMix, type DialMix } from './mix.ts';
import { checkShares, nameAt, readShares, type Shares } from './shares.ts';

/** What becomes of a dial, as the number dialled asks for it -> share of all dial requests. The rest is not asked. */
export type AskedOutcomes = Shares<AskedOutcome>;

/** The choices of an endpoint that decide what becomes of a dial request. */
export interface DialChoices {
  readonly numberCheck?: 'ingest' | 'contact';
  readonly attributeCheck?: 'contact' | 'ingest';
  readonly v2Expiry?: 'as-v1' | 'unbounded';
}

export interface DialBatchOptions {
  readonly seed: number;
  /** When the batches are sent. The expirationTimes count from it. */
  readonly now: Date;
  /** From `now` to the expirationTime of a good dial request: 30 to 900, 300 if absent. */
  readonly expiresInSeconds?: number;
  /** 1 to 25; 25 if absent. */
  readonly requestsPerBatch?: number;
  readonly locales?: readonly LocaleName[];
  readonly mix?: DialMix;
  readonly outcomes?: AskedOutcomes;
  /** Choices of the endpoint, if it does not have the default ones. Predictions follow them. */
  readonly choices?: DialChoices;
  /** How many more dial requests the campaign takes when a batch arrives. No limit if absent. */
  readonly room?: number;
}

/** What the service must do with a dial request. */
export type DialPrediction = 'Accepted' | DialFailureCode;

/** A dial request of PutDialRequestBatch. The types agree with those of the AWS SDK. */
export interface GeneratedDialRequest {
  clientToken: string;
  phoneNumber: string;
  expirationTime: Date;
  attributes: Record<string, string>;
}

/** A batch of PutDialRequestBatch. */
export interface GeneratedDialBatch {
  readonly dialRequests: GeneratedDialRequest[];
  /** What the service must do with each dial request, in their order. */
  readonly predicted: readonly DialPrediction[];
}

/** A telephony request of PutOutboundRequestBatch. The types agree with those of the AWS SDK. */
export interface GeneratedOutboundRequest {
  clientToken: string;
  expirationTime: Date;
  channelSubtypeParameters: {
    telephony: { destinationPhoneNumber: string; attributes: Record<string, string> };
  };
}

/** A batch of PutOutboundRequestBatch. */
export interface GeneratedOutboundBatch {
  readonly outboundRequests: GeneratedOutboundRequest[];
  /** What the service must do with each request, in their order. */
  readonly predicted: readonly DialPrediction[];
}

export interface DialBatchSource {
  /** Batch number `index`. A function of the source's options and the index. */
  batch(index: number): GeneratedDialBatch;
}

export interface OutboundBatchSource {
  /** Batch number `index`. A function of the source's options and the index. */
  batch(index: number): GeneratedOutboundBatch;
}

/**
 * Makes a source of batches for PutDialRequestBatch, version 1 of outbound campaigns.
 *
 * @throws UserError for a batch size or an expiry out of bounds, a moment that is none, or wrong shares.
 */
export function dialBatchSource(options: DialBatchOptions): DialBatchSource {
  const source = dialItemSource('v1', options);
  return {
    batch(index) {
      const { items, predicted } = source.batch(index);
      return { dialRequests: items.map((item) => dated(dialRequestOf(item))), predicted };
    },
  };
}

/**
 * Makes a source of batches for PutOutboundRequestBatch, version 2 of outbound campaigns. With the same options, the
 * people, numbers and attributes are those of {@link dialBatchSource}.
 *
 * @throws UserError as {@link dialBatchSource} does.
 */
export function outboundBatchSource(options: DialBatchOptions): OutboundBatchSource {
  const source = dialItemSource('v2', options);
  return {
    batch(index) {
      const { items, predicted } = source.batch(index);
      return { outboundRequests: items.map((item) => dated(outboundRequestOf(item))), predicted };
    },
  };
}

/** Reads shares of outcomes: `HUMAN_ANSWERED=0.3,SIT_TONE_BUSY=0.1`, or `every=1`. */
export function readOutcomes(text: string): AskedOutcomes {
  return readShares(text, OUTCOMES);
}

const OUTCOMES = { option: 'outcomes', noun: 'outcome', names: ASKED_OUTCOMES };

/** Dial requests of either version, as the rules read them. */
export interface DialItemBatch {
  readonly items: readonly DialItem[];
  readonly predicted: readonly DialPrediction[];
}

/** As PutDialRequestBatch takes a dial request. */
export function dialRequestOf({ clientToken, phoneNumber, expirationTime, attributes }: DialItem) {
  return { clientToken, phoneNumber, expirationTime, attributes: { ...attributes } };
}

/** As PutOutboundRequestBatch takes a dial request. */
export function outboundRequestOf(item: DialItem) {
  const { clientToken, phoneNumber, expirationTime, attributes } = item;
  const telephony = { destinationPhoneNumber: phoneNumber, attributes: { ...attributes } };
  return { clientToken, expirationTime, channelSubtypeParameters: { telephony } };
}

/** Separate random streams, so that another mix does not change the people. */
const PLAN = 11;
const VARIANT = 12;
const OUTCOME = 13;
const TAG = 14;

/** @param tag begins the clientTokens, in place of one that is made from the seed and the moment. */
export function dialItemSource(
  api: 'v1' | 'v2',
  options: DialBatchOptions,
  tag = tagOf(options),
): { batch(index: number): DialItemBatch } {
  const { seed, locales = LOCALE_NAMES, outcomes = {} } = options;
  const mix: DialMix = options.mix ?? ALL_GOOD;
  const size = sizeOf(options);
  const expirationTime = expirationOf(options).toISOString();
  checkDialMix(mix);
  checkShares(outcomes, OUTCOMES);
  const contacts = contactSource(seed, locales);
  const context = {
    api,
    now: options.now.getTime(),
    choices: chooseCampaigns(options.choices),
    room: options.room ?? Number.POSITIVE_INFINITY,
    injected: INJECTED_DIALS,
  };

  function good(index: number, slot: number): DialItem {
    const number = index * size + slot;
    const clientToken = identifierOf(stampOf(tag, index), slot);
    const { CustomerEndpoint, Attributes } = contacts.contact(number, clientToken);
    const asked = nameAt(outcomes, new Draw(seed, number, OUTCOME).unit());
    return {
      clientToken,
      phoneNumber: asked ? ASKED_NUMBERS[asked] : CustomerEndpoint.Address,
      expirationTime,
      attributes: Attributes,
    };
  }

  return {
    batch(index) {
      const items: DialItem[] = [];
      for (let slot = 0; slot < size; slot += 1) {
        const number = index * size + slot;
        const item = good(index, slot);
        const code = nameAt(mix, new Draw(seed, number, PLAN).unit());
        if (code === null) {
          items.push(item);
          continue;
        }
        const { make } = new Draw(seed, number, VARIANT).pick(DIAL_FAILURES[code].provocations);
        items.push(make(item, items[slot - 1] ?? item));
      }
      // The prediction uses the service's own rules, so it follows the choices and the room.
      const verdicts = decideDials(items, context, () => undefined);
      return {
        items,
        predicted: verdicts.map((one) => (one.kind === 'failed' ? one.code : 'Accepted')),
      };
    },
  };
}

/** @throws UserError for a batch size out of bounds. */
export function sizeOf({ requestsPerBatch }: Pick<DialBatchOptions, 'requestsPerBatch'>): number {
  const { min, max } = CONNECT_LIMITS.contacts;
  const size = requestsPerBatch ?? max;
  if (!Number.isInteger(size) || size < min || size > max) {
    throw new UserError(`dial requests per batch must be ${min} to ${max}, not ${size}`);
  }
  return size;
}

/** The seconds for which a dial request lives, if the options do not say. */
export const EXPIRES_IN_SECONDS = 300;

/** @throws UserError for a moment that is none, or an expiry out of bounds. */
export function expirationOf(options: DialBatchOptions): Date {
  const { now, expiresInSeconds: seconds = EXPIRES_IN_SECONDS } = options;
  const { min, max } = LIMITS.expirySeconds;
  if (!(seconds >= min && seconds <= max)) {
    throw new UserError(
      `an expirationTime must be ${min} to ${max} seconds ahead, not ${seconds}: version 1 of outbound campaigns refuses others`,
    );
  }
  const at = now.getTime();
  // A year of four digits keeps the form of the timestamps, whatever a provocation adds to them.
  if (!(at >= FIRST && at <= LAST)) {
    throw new UserError('now must be a moment in the years 1970 to 9998');
  }
  return new Date(at + seconds * 1000);
}

const FIRST = Date.parse('1970-01-02T00:00:00Z');
const LAST = Date.parse('9999-01-01T00:00:00Z');

/**
 * Eight characters from the seed and the moment. A campaign remembers tokens for seven days, so lists that are made at
 * different times must have different tokens.
 */
function tagOf({ seed, now }: DialBatchOptions): string {
  const at = Number.isNaN(now.getTime()) ? 0 : now.getTime();
  return new Draw(seed, at, TAG).next().toString(36).padStart(8, '0');
}

function dated<Item extends { readonly expirationTime: string }>(item: Item) {
  return { ...item, expirationTime: new Date(item.expirationTime) };
}
