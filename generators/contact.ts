/** One good contact: a function of (seed, index). */

import type { ContactDataRequest } from '../operation/connect/batch-put-contact/shapes.ts';
import type {
  AllowedUserAction,
  EndpointType,
  OutboundStrategyType,
} from '../operation/connect/enums.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { Draw } from '../system/draw.ts';
import { fictionNumber } from './fiction-numbers.ts';
import { LOCALE_NAMES, LOCALES, type LocaleName } from './locales.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A contact with the members that every good contact has. The types agree with those of the AWS SDK. */
export interface GoodContact extends ContactDataRequest {
  readonly CustomerEndpoint: GoodEndpoint;
  readonly SystemEndpoint?: GoodEndpoint;
  readonly RequestIdentifier: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly Campaign: { readonly CampaignId: string };
  readonly OutboundStrategy?: GoodStrategy;
}

export interface GoodEndpoint {
  readonly Type: EndpointType;
  readonly Address: string;
}

/** Preview dialling. */
export interface GoodStrategy {
  readonly Type: OutboundStrategyType;
  readonly Config: {
    readonly AgentFirst: {
      readonly Preview: {
        readonly PostAcceptTimeoutConfig: { readonly DurationInSeconds: number };
        readonly AllowedUserActions: AllowedUserAction[];
      };
    };
  };
}

export interface ContactSource {
  /** Contact number `index`, with this RequestIdentifier. */
  contact(index: number, requestIdentifier: string): GoodContact;
}

export const CAMPAIGN_IDS = [
  '6f1e2d3c-4b5a-4c69-8d7e-9f0a1b2c3d4e',
  '7a2f3e4d-5c6b-4d70-9e8f-0a1b2c3d4e5f',
  '8b304f5e-6d7c-4e81-8f90-1b2c3d4e5f60',
] as const;

const ENABLED_QUEUES = ORDINARY_INSTANCE.queues.filter((queue) => queue.enabled);
const SEGMENTS = ['new', 'returning', 'lapsing', 'won-back', 'vip'] as const;
const ACCOUNT_TYPES = ['private', 'household', 'business'] as const;
const CALL_WINDOWS = ['09:00-12:00', '12:00-15:00', '15:00-18:00', '18:00-20:00'] as const;
const PREVIEW_SECONDS = [15, 30, 60] as const;
/** The days of one year from a fixed day, so that the dates of a seed do not depend on today. */
const DUE_DATES = Array.from({ length: 365 }, (_, day) =>
  new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
);

/** The attributes that a good contact can have, in the order in which they are made. */
export const ATTRIBUTE_NAMES = [
  'firstName',
  'lastName',
  'language',
  'timeZone',
  'city',
  'accountId',
  'accountType',
  'product',
  'amountDue',
  'currency',
  'dueDate',
  'callWindow',
  'segment',
  'company',
  'note',
] as const;

/** A source of good contacts in the given locales, in equal parts. */
export function contactSource(
  seed: number,
  locales: readonly LocaleName[] = LOCALE_NAMES,
): ContactSource {
  const people = locales.map((name) => ({
    language: LOCALES[name].language,
    country: LOCALES[name].country,
    timeZones: LOCALES[name].timeZones,
    currency: LOCALES[name].currency,
    words: vocabularyOf(seed, name),
  }));
  return {
    contact(index, requestIdentifier) {
      const draw = new Draw(seed, index);
      const person = draw.pick(people);
      const route = draw.below(8);
      // Members are assigned, not spread: spreading took most of the time for a million contacts.
      const contact: Mutable<GoodContact> = {
        CustomerEndpoint: telephone(fictionNumber(person.country, draw)),
        RequestIdentifier: requestIdentifier,
        Attributes: attributes(draw, person),
        Campaign: { CampaignId: draw.pick(CAMPAIGN_IDS) },
      };
      // A contact needs a system endpoint or a queue. One in four has no endpoint, one in eight no queue.
      if (route >= 2) contact.SystemEndpoint = telephone(draw.pick(ORDINARY_INSTANCE.numbers));
      if (route !== 7) contact.QueueId = draw.pick(ENABLED_QUEUES).id;
      if (draw.below(5) === 0) contact.OutboundStrategy = previewStrategy(draw);
      return contact;
    },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Person {
  readonly language: string;
  readonly timeZones: readonly string[];
  readonly currency: string;
  readonly words: Vocabulary;
}

function telephone(Address: string) {
  return { Type: 'TELEPHONE_NUMBER', Address } as const;
}

function attributes(draw: Draw, person: Person): Record<string, string> {
  const { language, timeZones, currency, words } = person;
  const accountType = draw.pick(ACCOUNT_TYPES);
  const made: Record<string, string> = {
    firstName: draw.pick(words.firstNames),
    lastName: draw.pick(words.lastNames),
    language,
    timeZone: draw.pick(timeZones),
    city: draw.pick(words.cities),
    accountId: `ACC-${draw.digits(8)}`,
    accountType,
    product: draw.pick(words.products),
    amountDue: `${draw.below(2_000)}.${draw.digits(2)}`,
    currency,
    dueDate: draw.pick(DUE_DATES),
    callWindow: draw.pick(CALL_WINDOWS),
    segment: draw.pick(SEGMENTS),
  };
  if (accountType === 'business') made.company = draw.pick(words.companies);
  if (draw.below(3) === 0) made.note = draw.pick(words.notes);
  return made;
}

function previewStrategy(draw: Draw): GoodStrategy {
  return {
    Type: 'AGENT_FIRST',
    Config: {
      AgentFirst: {
        Preview: {
          PostAcceptTimeoutConfig: { DurationInSeconds: draw.pick(PREVIEW_SECONDS) },
          AllowedUserActions: draw.below(2) === 0 ? ['CALL'] : ['CALL', 'DISCARD'],
        },
      },
    },
  };
}
