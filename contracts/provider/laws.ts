/**
 * What every answer must keep and no pact can express. Each law says in one sentence how an answer breaks it.
 *
 * The sources are the published models, and what the AWS clients can read.
 */

import { isObject } from '../../operation/aws/json.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { Answered } from './forward.ts';
import { errorNames, jsonOf } from './read-answer.ts';

export interface Exchange {
  readonly operation: AnyOperation;
  /** The body of the request, parsed. */
  readonly request: unknown;
  /** The resource that the path names. */
  readonly resource: string | null;
  readonly answer: Answered;
}

type Item = Readonly<Record<string, unknown>>;

/** @returns a sentence for each breach; none for a good answer. */
export function breachesOf(exchange: Exchange): string[] {
  const { answer, operation } = exchange;
  return [
    ...unreadable(answer),
    ...(answer.status >= 400 ? blankText(answer) : []),
    ...(answer.status === operation.status ? resultsOf(exchange) : []),
  ];
}

/** What the AWS clients cannot read, or read differently. */
export function unreadable(answer: Answered): string[] {
  return [...compressed(answer), ...(answer.status >= 400 ? contradicting(answer) : [])];
}

/** The member of a result that holds the id of what was made: `ContactId`, or `id` of a dial request. */
export function madeMember({ lists, output }: AnyOperation): string | null {
  const list = lists && output.members[lists.succeeded];
  if (!lists || list?.kind !== 'list' || list.of.kind !== 'structure') return null;
  return Object.keys(list.of.members).find((name) => name !== lists.id) ?? null;
}

/** The ids of what an answer says was made. */
export function madeIn({ operation, answer }: Pick<Exchange, 'operation' | 'answer'>): string[] {
  const made = madeMember(operation);
  const json = jsonOf(answer.body);
  const { lists } = operation;
  if (made === null || !lists || !isObject(json) || answer.status !== operation.status) return [];
  return itemsIn(json[lists.succeeded]).flatMap((item) => {
    const id = item[made];
    return typeof id === 'string' ? [id] : [];
  });
}

function compressed({ headers }: Answered): string[] {
  const encoding = headers['content-encoding'];
  return encoding === undefined || encoding === 'identity'
    ? []
    : [
        `the answer is compressed (content-encoding: ${encoding}), although the request did not ask for it`,
      ];
}

function contradicting(answer: Answered): string[] {
  const [first, ...others] = errorNames(answer);
  if (!first) return [];
  return others
    .filter(([, name]) => name !== first[1])
    .map(
      ([place, name]) => `${place} names the error ${name}, but ${first[0]} names it ${first[1]}`,
    );
}

function blankText({ body }: Answered): string[] {
  const json = jsonOf(body);
  const members = isObject(json) ? json : {};
  return ['Message', 'message'].flatMap((name) => blank(members[name], name));
}

function blank(text: unknown, name: string): string[] {
  if (text === undefined || text === null) return [];
  if (typeof text !== 'string') return [`${name} is not a text`];
  return text.trim() === '' ? [`${name} is there and blank`] : [];
}

/** Every item has one result, of one kind, with an id of its own. */
function resultsOf({ operation, request, resource, answer }: Exchange): string[] {
  const { lists } = operation;
  const made = madeMember(operation);
  const json = jsonOf(answer.body);
  if (!lists || made === null || !isObject(request)) return [];
  if (!isObject(json)) return ['the body is not a JSON object'];
  const wrong = [lists.succeeded, lists.failed].filter((name) => !isList(json[name]));
  if (wrong.length > 0) return wrong.map((name) => `${name} is not a list of objects`);
  const items = itemsIn(request[lists.items]);
  const succeeded = itemsIn(json[lists.succeeded]);
  const failed = itemsIn(json[lists.failed]);
  const others = namesIn(items, resource);
  return [
    ...counted(items, [...succeeded, ...failed], lists.id),
    ...succeeded.flatMap((item) =>
      idOf(item[made], `${made} of ${nameOf(item, lists.id)}`, others),
    ),
    ...twice(succeeded.map((item) => item[made])).map(
      (id) => `${made} "${String(id)}" stands for two items of one answer`,
    ),
    ...failed.flatMap((item) => [
      ...(made === 'ContactId' && (item[made] ?? null) !== null
        ? [`the failed item ${nameOf(item, lists.id)} has a ${made}`]
        : []),
      ...(Object.hasOwn(lists.failures, String(item[lists.code]))
        ? []
        : [
            `${lists.code} of ${nameOf(item, lists.id)} is ${told(item[lists.code])}, which the model does not list`,
          ]),
      ...blank(item.FailureReasonMessage, 'FailureReasonMessage'),
    ]),
  ];
}

function isList(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isObject));
}

function itemsIn(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function counted(items: readonly Item[], results: readonly Item[], id: string): string[] {
  const times = (among: readonly Item[], name: unknown) =>
    among.filter((item) => (item[id] ?? null) === name).length;
  const names = new Set([...items, ...results].map((item) => item[id] ?? null));
  return [...names].flatMap((name) => {
    const [sent, answered] = [times(items, name), times(results, name)];
    if (sent === answered) return [];
    const what = name === null ? `without ${id}` : `with ${id} ${told(name)}`;
    return [
      `the request has ${number(sent)} ${what}, and the answer has ${number(answered, 'result')}`,
    ];
  });
}

function number(n: number, what = 'item'): string {
  return `${n === 0 ? 'no' : n} ${what}${n === 1 || n === 0 ? '' : 's'}`;
}

const NIL = /^[0-]*$/;

function idOf(id: unknown, what: string, others: ReadonlyMap<string, string>): string[] {
  if (typeof id !== 'string') return [`${what} is ${id === undefined ? 'missing' : 'not a text'}`];
  if (id.trim() === '' || id.length > 256)
    return [`${what} has ${id.length} characters, not 1 to 256`];
  if (NIL.test(id)) return [`${what} is "${id}", which is no id of anything`];
  const other = others.get(id.toLowerCase());
  return other === undefined ? [] : [`${what} is the ${other}: "${id}"`];
}

/** Ids in the request that are not those of contacts. */
function namesIn(items: readonly Item[], resource: string | null): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (id: unknown, what: string): void => {
    if (typeof id === 'string' && id !== '') names.set(id.toLowerCase(), what);
  };
  for (const { Campaign: campaign, QueueId, RequestIdentifier } of items) {
    add(RequestIdentifier, 'RequestIdentifier of the item');
    add(QueueId, 'id of the queue');
    if (isObject(campaign)) add(campaign.CampaignId, 'id of the campaign');
  }
  add(resource, 'id in the path');
  return names;
}

function twice(values: readonly unknown[]): unknown[] {
  const texts = values.filter((value) => typeof value === 'string');
  return [...new Set(texts.filter((value, i) => texts.indexOf(value) !== i))];
}

function nameOf(item: Item, id: string): string {
  return item[id] === undefined ? 'an item' : told(item[id]);
}

function told(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
