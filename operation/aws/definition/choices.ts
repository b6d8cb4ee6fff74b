/** The type of a table of options for what AWS leaves open, and the options that every front door has. */

import { assumed, type Provenance } from '../provenance.ts';

export interface ChoiceRow<Value> {
  readonly default: Value;
  readonly meaning: string;
  readonly provenance: Provenance;
  /** Reads the option's text form; null when it is not one of the option's values. */
  readonly read: (text: string) => Value | null;
  /** The values that `read` accepts, as text for the user. */
  readonly values: string;
  /** Values in their text form with which ordinary load is legal, for tests of each value. */
  readonly samples: readonly string[];
  /** Whether the results of items depend on it, and therefore also their predictions. */
  readonly ofItems?: true;
}

/** One row for each open question. Code, CLI and reports all use the key as the option's name. */
export type ChoiceTable<Choices> = { readonly [K in keyof Choices]: ChoiceRow<Choices[K]> };

/** The choices of one table, among those of several. */
export function choicesOf<Choices extends object>(
  all: object,
  table: ChoiceTable<Choices>,
): Partial<Choices> {
  const own = Object.entries(all).filter(([name]) => Object.hasOwn(table, name));
  return Object.fromEntries(own) as Partial<Choices>;
}

export function oneOf<const V extends string>(...values: V[]) {
  return {
    values: values.join(' | '),
    samples: values,
    read: (text: string): V | null => values.find((value) => value === text) ?? null,
  };
}

export function wholeNumber(min: number, max: number, ...samples: number[]) {
  return {
    values: `${min}..${max}`,
    samples: samples.map(String),
    read: (text: string): number | null => {
      const n = Number(text);
      return /^\d+$/.test(text) && n >= min && n <= max ? n : null;
    },
  };
}

/** The options that every front door has. */
export interface FrontDoorChoices {
  readonly bucketRefill: 'continuous' | 'per-second';
  readonly clockSkewSeconds: number;
  readonly maxBodyBytes: number;
  readonly retryAfterSeconds: number;
  readonly signatureMessage: 'short' | 'canonical';
}

export const FRONT_DOOR_CHOICES: ChoiceTable<FrontDoorChoices> = {
  bucketRefill: {
    ...oneOf('continuous', 'per-second'),
    default: 'continuous',
    meaning: 'whether tokens are added continuously or once a second',
    provenance: assumed('EC2 throttling guide says each second; Connect says nothing'),
  },
  clockSkewSeconds: {
    ...wholeNumber(1, 86_400, 60, 900, 86_400),
    default: 300,
    meaning: 'most seconds by which X-Amz-Date may differ from the clock',
    provenance: assumed('5 min. in the IAM guide and in real messages; other services show 15'),
  },
  maxBodyBytes: {
    ...wholeNumber(1_024, 67_108_864, 65_536, 67_108_864),
    default: 4_194_304,
    meaning: 'most bytes of a request body; larger ones get 413',
    provenance: assumed('no published limit; a legal batch can reach about 2.5 MB'),
  },
  retryAfterSeconds: {
    ...wholeNumber(0, 3_600, 0, 1, 30),
    default: 0,
    meaning: 'value of the Retry-After header on a 429, in seconds; 0 sends no header',
    provenance: assumed('nothing shows that Connect sends it'),
  },
  signatureMessage: {
    ...oneOf('short', 'canonical'),
    default: 'short',
    meaning:
      'whether the message of a signature that does not match ends there, or goes on with the canonical request, the string to sign and a hint',
    provenance: assumed('some services add the two texts; nothing shows that Connect does'),
  },
};

/** The default of each option in a table. */
export function defaultsOf<Choices>(table: ChoiceTable<Choices>): Choices {
  return Object.fromEntries(
    Object.entries<ChoiceRow<unknown>>(table).map(([name, row]) => [name, row.default]),
  ) as Choices;
}
