/** What SearchContacts finds: which criteria are served, which contacts meet them, in which order. Pure. */

import { momentOf } from '../../aws/shape/timestamp.ts';
import { type Contact, describedContact } from '../contact/contact.ts';

export interface TimeRange {
  readonly Type: string;
  /** Seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
}

interface AttributeCriteria {
  readonly Criteria: readonly { readonly Key: string; readonly Values: readonly string[] }[];
  readonly MatchType?: string;
}

/** The criteria that are served. */
export interface ServedCriteria {
  readonly Channels?: readonly string[];
  readonly InitiationMethods?: readonly string[];
  readonly QueueIds?: readonly string[];
  readonly AgentIds?: readonly string[];
  readonly SearchableContactAttributes?: AttributeCriteria;
}

export interface SearchRequest {
  readonly InstanceId: string;
  readonly TimeRange: TimeRange;
  readonly SearchCriteria?: ServedCriteria;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Sort?: { readonly FieldName: string; readonly Order: string };
}

type Moment = (contact: Contact) => number | null | undefined;

/** By the name that TimeRange and Sort give a moment. */
const MOMENTS: Readonly<Record<string, Moment>> = {
  INITIATION_TIMESTAMP: ({ createdAt }) => createdAt,
  CONNECTED_TO_AGENT_TIMESTAMP: ({ life }) => life?.agent?.connectedAt,
  DISCONNECT_TIMESTAMP: ({ disconnectedAt }) => disconnectedAt,
  ENQUEUE_TIMESTAMP: ({ life }) => life?.queuedAt,
};

type Meets = (contact: Contact, wanted: never) => boolean;

/** A criterion without a row is refused by its name. */
const CRITERIA: Readonly<Record<keyof ServedCriteria, Meets>> = {
  Channels: (contact, wanted: readonly string[]) => isAmong(shown(contact).Channel, wanted),
  InitiationMethods: (contact, wanted: readonly string[]) =>
    isAmong(shown(contact).InitiationMethod, wanted),
  QueueIds: ({ item: { QueueId = '' } }, wanted: readonly string[]) =>
    isAmong(bare(QueueId), wanted.map(bare)),
  AgentIds: ({ agentId, life }, wanted: readonly string[]) =>
    life?.agent?.connectedAt != null && isAmong(agentId, wanted),
  SearchableContactAttributes: ({ attributes }, { Criteria, MatchType }: AttributeCriteria) => {
    const met = Criteria.map(({ Key, Values }) => Values.includes(attributes[Key] ?? ''));
    if (MatchType === 'MATCH_ANY') return met.includes(true);
    if (MatchType === 'MATCH_NONE') return !met.includes(true);
    return !met.includes(false);
  },
};

/** The name of what a request asks for and is not served; null if all is. */
export function unserved({ TimeRange, SearchCriteria = {}, Sort }: SearchRequest): string | null {
  const criterion = Object.keys(SearchCriteria).find((name) => !Object.hasOwn(CRITERIA, name));
  if (criterion !== undefined) return `SearchCriteria.${criterion}`;
  if (SearchCriteria.SearchableContactAttributes?.MatchType === 'MATCH_EXACT') {
    return 'SearchCriteria.SearchableContactAttributes.MatchType MATCH_EXACT';
  }
  if (!Object.hasOwn(MOMENTS, TimeRange.Type)) return `TimeRange.Type ${TimeRange.Type}`;
  const field = Sort?.FieldName;
  const isSorted = field === undefined || Object.hasOwn(MOMENTS, field);
  return isSorted ? null : `Sort.FieldName ${field}`;
}

export interface Page {
  readonly Contacts: readonly object[];
  readonly NextToken?: string;
  readonly TotalCount: number;
}

const MOST_RESULTS = 100;

/**
 * @param contacts all contacts of the instance.
 * @returns a page; null if NextToken is none of this request. Without Sort, the newest come first (assumed).
 */
export function search(request: SearchRequest, contacts: readonly Contact[]): Page | null {
  const { TimeRange, SearchCriteria = {}, Sort, MaxResults = MOST_RESULTS, NextToken } = request;
  const from = NextToken === undefined ? 0 : Number(/^from-(\d{1,9})$/.exec(NextToken)?.[1]);
  if (Number.isNaN(from)) return null;
  const at = MOMENTS[TimeRange.Type] as Moment;
  const [start, end] = [TimeRange.StartTime, TimeRange.EndTime].map((time) =>
    momentOf(time, 'epoch-seconds'),
  ) as [number, number];
  const criteria = Object.entries(SearchCriteria) as [keyof ServedCriteria, never][];
  const found = contacts.filter((contact) => {
    const moment = at(contact);
    if (moment == null || moment < start || moment > end) return false;
    return criteria.every(([name, wanted]) => CRITERIA[name](contact, wanted));
  });
  const by = MOMENTS[Sort?.FieldName ?? 'INITIATION_TIMESTAMP'] as Moment;
  const sign = Sort?.Order === 'ASCENDING' ? 1 : -1;
  found.sort((a, b) => sign * ((by(a) ?? 0) - (by(b) ?? 0)) || (a.id < b.id ? -1 : 1));
  const page = found.slice(from, from + MaxResults);
  const next = from + page.length;
  return {
    Contacts: page.map(summary),
    ...(next < found.length && { NextToken: `from-${next}` }),
    TotalCount: found.length,
  };
}

const SUMMARY = [
  'Arn',
  'Id',
  'InitiationMethod',
  'Channel',
  'QueueInfo',
  'InitiationTimestamp',
  'DisconnectTimestamp',
] as const;

function summary(contact: Contact): object {
  const { AgentInfo, ...described } = shown(contact);
  const agent = AgentInfo as Readonly<Record<string, unknown>> | undefined;
  return {
    ...Object.fromEntries(SUMMARY.map((name) => [name, described[name]])),
    ...(agent && {
      AgentInfo: { Id: agent.Id, ConnectedToAgentTimestamp: agent.ConnectedToAgentTimestamp },
    }),
  };
}

const shown = describedContact;

function isAmong(value: unknown, wanted: readonly string[]): boolean {
  // An empty list filters nothing (assumed).
  return wanted.length === 0 || wanted.includes(String(value));
}

function bare(idOrArn: string): string {
  return idOrArn.slice(idOrArn.lastIndexOf('/') + 1);
}
