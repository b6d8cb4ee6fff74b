/** The names of a provider's own: its instance, queue, number and campaign in place of those of the contract. */

import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { ORDINARY_CAMPAIGN } from '../agreement/states.ts';

/** Each as the provider has it; absent ones stay as in the contract. */
export interface OwnNames {
  readonly instance?: string;
  readonly queue?: string;
  readonly number?: string;
  readonly campaign?: string;
}

const OURS: Readonly<Record<keyof OwnNames, string>> = {
  instance: ORDINARY_INSTANCE.id,
  queue: ORDINARY_INSTANCE.queues[0].id,
  number: ORDINARY_INSTANCE.numbers[0],
  campaign: ORDINARY_CAMPAIGN,
};

/** A copy of a JSON value in which the names are those of the provider. */
export function withNames<T>(value: T, names: OwnNames): T {
  const text = Object.entries(OURS).reduce((json, [what, ours]) => {
    const theirs = names[what as keyof OwnNames];
    return theirs === undefined ? json : json.replaceAll(ours, JSON.stringify(theirs).slice(1, -1));
  }, JSON.stringify(value));
  return JSON.parse(text) as T;
}
