/**
 * The words contacts are made of: pools drawn from faker once, then picked from.
 *
 * Asking faker for each value costs some 50 us a contact (seeding alone is 44 us); picking from
 * pools that faker filled costs about 1, and any contact can be made without making those before it.
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

/** Pools of a locale. A function of (seed, locale); the same faker version gives the same pools. */
export function vocabularyOf(seed: number, name: LocaleName): Vocabulary {
  // Loaded here: most of what imports the generators draws no name.
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
