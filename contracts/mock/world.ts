/**
 * The instances that the mocked endpoint has. They grow: a consumer's own instance, queues, numbers and campaigns are
 * there once a call names them. A test that states its instances gets exactly those.
 */

import { isObject } from '../../operation/aws/json.ts';
import { bareInstanceId } from '../../operation/connect/address.ts';
import { NEVER_AN_ID, NEVER_CLAIMED, ordinaryFacts } from '../../operation/connect/facts.ts';
import { E164 } from '../../operation/connect/phone-number.ts';
import {
  type Given,
  ordinaryDay,
  type PublicInstance,
  type StateParams,
} from '../agreement/states.ts';

type Day = StateParams['an ordinary day'];

export interface World {
  /** @param day the instances that a test states; absent: the default ones, which grow. */
  begin(day?: Day): Day;
  /** Whether what a call names is there. */
  readonly grows: boolean;
  /** Adds what a call names. @returns the instances if there are more than before, otherwise null. */
  grow(labels: Readonly<Record<string, string>>, json: unknown): readonly PublicInstance[] | null;
  /** The state of a call: the instances that its text names, with what it names of them. */
  dayOf(text: string): Given;
}

const ID = /^[\w.-]{1,100}$/;
const QUEUE_ARN = /^arn:aws(?:-us-gov)?:connect:[a-z0-9-]+:\d{12}:instance\/[^/]+\/queue\/([^/]+)$/;

export function createWorld(): World {
  let day = defaultDay();
  let grows = true;

  const add = (id: string, named: Named): boolean => {
    const known = day.instances.find((one) => one.id === id);
    const before = known ?? { id, queues: [], numbers: [], campaigns: [] };
    const ids = before.queues.map((queue) => queue.id);
    const queues = news(named.queues, ids).map((queue) => ({ id: queue, enabled: true }));
    const numbers = news(named.numbers, before.numbers);
    const campaigns = news(named.campaigns, before.campaigns);
    if (known && queues.length + numbers.length + campaigns.length === 0) return false;
    const after = {
      id,
      queues: [...before.queues, ...queues],
      numbers: [...before.numbers, ...numbers],
      campaigns: [...before.campaigns, ...campaigns],
    };
    const instances = known
      ? day.instances.map((one) => (one === known ? after : one))
      : [...day.instances, after];
    day = { ...day, instances };
    return true;
  };

  return {
    begin(given) {
      grows = given === undefined;
      day = given ?? defaultDay();
      return day;
    },
    get grows() {
      return grows;
    },
    grow(labels, json) {
      if (!grows) return null;
      const named = namedIn([labels, json]);
      const { account, region } = ordinaryFacts();
      const ids = named.instances.map((one) => bareInstanceId(one, account, region) ?? '');
      const added = ids.filter(isOpen).map((id) => add(id, named));
      return added.includes(true) ? day.instances : null;
    },
    dayOf(text) {
      if (!grows) return { name: 'an ordinary day', params: day };
      const instances = day.instances
        .filter(({ id }) => text.includes(id))
        .map(({ id, queues, numbers, campaigns }) => ({
          id,
          queues: queues.filter((queue) => text.includes(queue.id)),
          numbers: numbers.filter((number) => text.includes(number)),
          campaigns: campaigns.filter((campaign) => text.includes(campaign)),
        }));
      return instances.length === 0
        ? ordinaryDay()
        : { name: 'an ordinary day', params: { ...day, instances } };
    },
  };
}

function defaultDay(): Day {
  return ordinaryDay().params as Day;
}

interface Named {
  readonly instances: string[];
  readonly queues: string[];
  readonly numbers: string[];
  readonly campaigns: string[];
}

/** The members that name what an instance has, by the names that the services give them. */
const MEMBERS: Readonly<Record<string, keyof Named>> = {
  InstanceId: 'instances',
  connectInstanceId: 'instances',
  QueueId: 'queues',
  connectQueueId: 'queues',
  CampaignId: 'campaigns',
  connectSourcePhoneNumber: 'numbers',
};

function namedIn(request: unknown): Named {
  const named: Named = { instances: [], queues: [], numbers: [], campaigns: [] };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      const kind = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
      if (kind !== undefined && typeof member === 'string') named[kind].push(member);
      else if (name === 'SystemEndpoint' && isObject(member)) {
        if (member.Type === 'TELEPHONE_NUMBER') named.numbers.push(String(member.Address));
      } else walk(member);
    }
  };
  walk(request);
  return {
    ...named,
    queues: named.queues.map((queue) => QUEUE_ARN.exec(queue)?.[1] ?? queue).filter(isOpen),
    numbers: named.numbers.filter((number) => E164.test(number) && number !== NEVER_CLAIMED),
    campaigns: named.campaigns.filter(isOpen),
  };
}

/** Whether an id may exist. The generators write an id that must not, to provoke a failure. */
export function isOpen(id: string): boolean {
  return ID.test(id) && id !== NEVER_AN_ID;
}

function news(named: readonly string[], known: readonly string[]): string[] {
  return [...new Set(named)].filter((one) => !known.includes(one));
}
