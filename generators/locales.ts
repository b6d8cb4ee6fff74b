/** The people a campaign calls: one row per locale, with what its contacts have in common. */

// One by one: all 70 locales of faker take a process 300 ms of CPU to load.
import type { Faker } from '@faker-js/faker';
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as enAu } from '@faker-js/faker/locale/en_AU';
import { faker as enGb } from '@faker-js/faker/locale/en_GB';
import { faker as enUs } from '@faker-js/faker/locale/en_US';
import { faker as esMx } from '@faker-js/faker/locale/es_MX';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as frCa } from '@faker-js/faker/locale/fr_CA';
import { faker as sv } from '@faker-js/faker/locale/sv';
import { UserError } from '../system/errors.ts';
import type { FictionCountryCode } from './fiction-numbers.ts';

export interface Locale {
  /** Falls back as the country does: from French of Canada to French. Shared: seed it before use. */
  readonly faker: Faker;
  /** BCP 47. */
  readonly language: string;
  /** Where the phone numbers come from. */
  readonly country: FictionCountryCode;
  readonly timeZones: readonly string[];
  /** ISO 4217. */
  readonly currency: string;
}

export const LOCALES = {
  en_US: {
    faker: enUs,
    language: 'en-US',
    country: 'US',
    timeZones: [
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Phoenix',
      'America/Los_Angeles',
    ],
    currency: 'USD',
  },
  es_US: {
    faker: esMx,
    language: 'es-US',
    country: 'US',
    timeZones: ['America/Chicago', 'America/Los_Angeles', 'America/New_York'],
    currency: 'USD',
  },
  fr_CA: {
    faker: frCa,
    language: 'fr-CA',
    country: 'CA',
    timeZones: ['America/Toronto', 'America/Halifax'],
    currency: 'CAD',
  },
  en_GB: {
    faker: enGb,
    language: 'en-GB',
    country: 'GB',
    timeZones: ['Europe/London'],
    currency: 'GBP',
  },
  en_AU: {
    faker: enAu,
    language: 'en-AU',
    country: 'AU',
    timeZones: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth'],
    currency: 'AUD',
  },
  de_DE: {
    faker: de,
    language: 'de-DE',
    country: 'DE',
    timeZones: ['Europe/Berlin'],
    currency: 'EUR',
  },
  fr_FR: {
    faker: fr,
    language: 'fr-FR',
    country: 'FR',
    timeZones: ['Europe/Paris'],
    currency: 'EUR',
  },
  sv_SE: {
    faker: sv,
    language: 'sv-SE',
    country: 'SE',
    timeZones: ['Europe/Stockholm'],
    currency: 'SEK',
  },
} as const satisfies Record<string, Locale>;

export type LocaleName = keyof typeof LOCALES;

export const LOCALE_NAMES = Object.keys(LOCALES) as readonly LocaleName[];

/** Reads `en_US,de_DE`. */
export function readLocales(text: string): LocaleName[] {
  return text.split(',').map((name) => {
    const known = LOCALE_NAMES.find((candidate) => candidate === name.trim());
    if (!known) {
      throw new UserError(`unknown locale "${name}": choose from ${LOCALE_NAMES.join(', ')}`);
    }
    return known;
  });
}
