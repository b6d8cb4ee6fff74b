/**
 * The fakers of the locales in use, loaded where names are drawn. The build replaces this module by one
 * file with all of them in it: faker has ES modules only, which jest cannot require.
 */

import type { Faker } from '@faker-js/faker';
// One by one: all 70 locales of faker take a process 300 ms of CPU to load.
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as enAu } from '@faker-js/faker/locale/en_AU';
import { faker as enGb } from '@faker-js/faker/locale/en_GB';
import { faker as enUs } from '@faker-js/faker/locale/en_US';
import { faker as esMx } from '@faker-js/faker/locale/es_MX';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as frCa } from '@faker-js/faker/locale/fr_CA';
import { faker as sv } from '@faker-js/faker/locale/sv';
import type { LocaleName } from './locales.ts';

/** Each falls back as its country does: from French of Canada to French. Shared: seed one before use. */
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
