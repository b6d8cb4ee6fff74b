/** The locales of the people that a campaign calls: one row each, with what its contacts have in common. */

import { UserError } from '../system/errors.ts';
import type { FictionCountryCode } from './fiction-numbers.ts';

export interface Locale {
  /** BCP 47. */
  readonly language: string;
  /** The country of the phone numbers. */
  readonly country: FictionCountryCode;
  readonly timeZones: readonly string[];
  /** ISO 4217. */
  readonly currency: string;
}

export const LOCALES = {
  en_US: {
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
    language: 'es-US',
    country: 'US',
    timeZones: ['America/Chicago', 'America/Los_Angeles', 'America/New_York'],
    currency: 'USD',
  },
  fr_CA: {
    language: 'fr-CA',
    country: 'CA',
    timeZones: ['America/Toronto', 'America/Halifax'],
    currency: 'CAD',
  },
  en_GB: {
    language: 'en-GB',
    country: 'GB',
    timeZones: ['Europe/London'],
    currency: 'GBP',
  },
  en_AU: {
    language: 'en-AU',
    country: 'AU',
    timeZones: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth'],
    currency: 'AUD',
  },
  de_DE: {
    language: 'de-DE',
    country: 'DE',
    timeZones: ['Europe/Berlin'],
    currency: 'EUR',
  },
  fr_FR: {
    language: 'fr-FR',
    country: 'FR',
    timeZones: ['Europe/Paris'],
    currency: 'EUR',
  },
  sv_SE: {
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
