/**
 * The fakers of the locales in use. This module is loaded only when names are drawn. The build replaces it with one
 * file that contains them all, because faker has only ES modules, which jest cannot require.
 */

import type { Faker } from '@faker-js/faker';
// Each locale is imported alone: loading all 70 takes 300 ms of CPU.
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as enAu } from '@faker-js/faker/locale/en_AU';
import { faker as enGb } from '@faker-js/faker/locale/en_GB';
import { faker as enUs } from '@faker-js/faker/locale/en_US';
import { faker as esMx } from '@faker-js/faker/locale/es_MX';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as frCa } from '@faker-js/faker/locale/fr_CA';
import { faker as sv } from '@faker-js/faker/locale/sv';
import type { LocaleName } from './locales.ts';

/**
 * Each faker falls back to its language: Canadian French to French. Fakers are shared, so a caller seeds one
 * before use.
 */
export const FAKERS: Readonly<Record<LocaleName, Faker>> = {
  en_US: enUs,
  es_US: esMx,
  fr_CA: frCa,
  en_GB: enGb,
  en_AU: enAu,
  de_DE: de,
  fr_FR: fr,
  sv_SE: sv,
};
