/**
 * Phone numbers reserved for fiction: valid in E.164 form, and assigned to nobody.
 *
 * Every customer number comes from here. A regulator or numbering guideline has reserved each range.
 * Ranges on which the published lists disagree are left out.
 */

import { documented, inferred, type Provenance } from '../operation/aws/provenance.ts';
import { isAskedNumber } from '../operation/campaigns/asked-numbers.ts';
import { INJECTED_DIAL_NUMBERS } from '../operation/campaigns/failures.ts';
import { INJECTED_NUMBERS } from '../operation/connect/facts.ts';
import type { Draw } from '../system/draw.ts';

export interface FictionRange {
  readonly prefix: string;
  /** Digits after the prefix run from `first` to `last`, in `digits` places. */
  readonly digits: number;
  readonly first: number;
  readonly last: number;
}

export interface FictionCountry {
  readonly ranges: readonly FictionRange[];
  readonly provenance: Provenance;
}

/** Geographic US and Canadian area codes; 555-0100..0199 is reserved for fiction in each. */
const US_AREA_CODES = [
  201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 225, 228,
  231, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 301, 302, 303, 304, 305, 307,
  308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 330, 334, 336, 337, 339,
  351, 352, 360, 361, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419,
];
const CANADA_AREA_CODES = [204, 403, 416, 418, 514, 604, 613, 705, 780, 902];

const range = (prefix: string, digits: number, first: number, last: number): FictionRange => ({
  prefix,
  digits,
  first,
  last,
});

const nanp = (areaCodes: readonly number[]) =>
  areaCodes.map((area) => range(`+1${area}5550`, 3, 100, 199));

const AUSTRALIAN_MOBILES = [
  '570006',
  '570156',
  '570157',
  '570158',
  '570159',
  '570110',
  '570313',
  '570737',
  '571266',
  '571491',
  '571804',
  '572549',
  '572665',
  '572983',
  '573770',
  '573087',
  '574118',
  '574632',
  '575254',
  '575789',
  '576398',
  '576801',
  '577426',
  '577644',
  '578957',
  '578148',
  '578888',
  '579212',
  '579760',
  '579455',
];

export const FICTION_NUMBERS = {
  US: {
    ranges: nanp(US_AREA_CODES),
    provenance: documented('NANPA 555 line number guideline: 555-0100..0199'),
  },
  CA: {
    ranges: nanp(CANADA_AREA_CODES),
    provenance: documented('NANPA 555 line number guideline: 555-0100..0199'),
  },
  GB: {
    ranges: [
      range('+447700', 6, 900_000, 900_999),
      range('+441632', 6, 960_000, 960_999),
      ...[113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161].map((city) =>
        range(`+44${city}`, 7, 4_960_000, 4_960_999),
      ),
      range('+44191', 7, 4_980_000, 4_980_999),
      range('+4420', 8, 79_460_000, 79_460_999),
      range('+4429', 8, 20_180_000, 20_180_999),
      range('+443069', 6, 990_000, 990_999),
    ],
    provenance: documented('Ofcom: telephone numbers for use in TV and radio drama'),
  },
  AU: {
    ranges: [
      ...[2, 3, 7, 8].flatMap((area) => [
        range(`+61${area}5550`, 4, 0, 9_999),
        range(`+61${area}7010`, 4, 0, 9_999),
      ]),
      ...AUSTRALIAN_MOBILES.map((number) => range('+61491', 6, Number(number), Number(number))),
    ],
    provenance: documented('ACMA: phone numbers for use in TV shows, films and creative works'),
  },
  DE: {
    ranges: [
      range('+4930', 8, 23_125_000, 23_125_999),
      range('+4969', 8, 90_009_000, 90_009_999),
      range('+4940', 8, 66_969_000, 66_969_999),
      range('+49221', 7, 4_710_000, 4_710_999),
      range('+4989', 8, 99_998_000, 99_998_999),
      range('+49171', 7, 3_920_000, 3_920_099),
      range('+49176', 8, 4_069_000, 4_069_099),
    ],
    provenance: documented('Bundesnetzagentur Mitteilung 148/2021'),
  },
  FR: {
    ranges: ['19900', '26191', '35301', '46571', '53649', '63998'].map((prefix) =>
      range(`+33${prefix}`, 4, 0, 9_999),
    ),
    provenance: inferred('public code citing the numbering plan of Arcep; the text was not read'),
  },
  SE: {
    ranges: [
      range('+4670', 7, 1_740_605, 1_740_699),
      range('+4631', 7, 3_900_600, 3_900_699),
      range('+4640', 7, 6_280_400, 6_280_499),
      range('+468', 8, 46_500_400, 46_500_499),
      range('+46980', 6, 319_200, 319_299),
    ],
    provenance: documented('Post- och telestyrelsen: telephone numbers for drama'),
  },
} as const satisfies Record<string, FictionCountry>;

export type FictionCountryCode = keyof typeof FICTION_NUMBERS;

const INJECTED = new Set<string>([
  ...Object.values(INJECTED_NUMBERS),
  ...Object.values(INJECTED_DIAL_NUMBERS),
]);

/**
 * A number of a country that is reserved for fiction, in E.164 form. It is never an injected number, nor one that
 * asks for what becomes of its dial.
 */
export function fictionNumber(country: FictionCountryCode, draw: Draw): string {
  for (;;) {
    const { prefix, digits, first, last } = draw.pick<FictionRange>(
      FICTION_NUMBERS[country].ranges,
    );
    const number = prefix + String(first + draw.below(last - first + 1)).padStart(digits, '0');
    if (!INJECTED.has(number) && !isAskedNumber(number)) return number;
  }
}

/** Whether an E.164 number lies in one of the ranges. */
export function isFictional(number: string): boolean {
  return Object.values(FICTION_NUMBERS).some(({ ranges }) =>
    ranges.some(({ prefix, digits, first, last }: FictionRange) => {
      if (!number.startsWith(prefix) || number.length !== prefix.length + digits) return false;
      const rest = number.slice(prefix.length);
      return /^\d+$/.test(rest) && Number(rest) >= first && Number(rest) <= last;
    }),
  );
}
