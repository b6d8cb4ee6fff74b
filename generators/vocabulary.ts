/**
 * The pools of words from which contacts are made. faker fills each pool once.
 *
 * A call of faker for each value costs about 50 us a contact (seeding alone is 44 us). Picking from
 * filled pools costs about 1 us, and any contact can be made without the contacts before it.
 */

import type { LocaleName } from './locales.ts';

export interface Vocabulary {
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly cities: readonly string[];
  readonly companies: readonly string[];
  readonly products: readonly string[];
  readonly notes: readonly string[];
}

const NAMES = 400;
const THINGS = 100;

/** Makes the pools of a locale: a function of seed, locale and faker version. */
export function vocabularyOf(seed: number, name: LocaleName): Vocabulary {
  // Loaded here because most programs that import the generators draw no names.
  const { FAKERS } = require('./fakers') as typeof import('./fakers.ts');
  const faker = FAKERS[name];
  faker.seed(seed);
  const fill = (count: number, make: () => string) => Array.from({ length: count }, make);
  return {
    firstNames: fill(NAMES, () => faker.person.firstName()),
    lastNames: fill(NAMES, () => faker.person.lastName()),
    cities: fill(THINGS, () => faker.location.city()),
    companies: fill(THINGS, () => faker.company.name()),
    products: fill(THINGS, () => faker.commerce.productName()),
    notes: fill(THINGS, () => faker.company.catchPhrase()),
  };
}
