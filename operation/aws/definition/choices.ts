/** What AWS leaves open, as named options; those of any front door are here. */

import { assumed, type Provenance } from '../provenance.ts';

export interface ChoiceRow<Value> {
  readonly default: Value;
  readonly meaning: string;
  readonly provenance: Provenance;
  /** Reads the option's text form; null when it is not one of the option's values. */
  readonly read: (text: string) => Value | null;
  /** The values that `read` accepts, for people. */
  readonly values: string;
}

/** One row per open question. The key is the option's name everywhere: code, CLI, reports. */
export type ChoiceTable<Choices> = { readonly [K in keyof Choices]: ChoiceRow<Choices[K]> };

export function oneOf<const V extends string>(...values: V[]) {
  return {
    values: values.join(' | '),
    read: (text: string): V | null => values.find((value) => value === text) ?? null,
  };
}

export function wholeNumber(min: number, max: number) {
  return {
    values: `${min}..${max}`,
    read: (text: string): number | null => {
      const n = Number(text);
      return /^\d+$/.test(text) && n >= min && n <= max ? n : null;
    },
  };
}

/** What every front door has to choose. */
export interface FrontDoorChoices {
  readonly bucketRefill: 'continuous' | 'per-second';
  readonly clockSkewSeconds: number;
  readonly maxBodyBytes: number;
  readonly retryAfterSeconds: number;
}

export const FRONT_DOOR_CHOICES: ChoiceTable<FrontDoorChoices> = {
  bucketRefill: {
    ...oneOf('continuous', 'per-second'),
    default: 'continuous',
    meaning: 'whether bucket tokens come back smoothly or once a second',
    provenance: assumed('EC2 throttling guide says each second; Connect says nothing'),
  },
  clockSkewSeconds: {
    ...wholeNumber(1, 86_400),
    default: 300,
    meaning: 'seconds by which X-Amz-Date may differ from the clock, the bound itself accepted',
    provenance: assumed('5 min. in the IAM guide and in real messages; other services show 15'),
  },
  maxBodyBytes: {
    ...wholeNumber(1_024, 67_108_864),
    default: 4_194_304,
    meaning: 'request body bytes above which the answer is 413',
    provenance: assumed('no published limit; a legal batch can reach about 2.5 MB'),
  },
  retryAfterSeconds: {
    ...wholeNumber(0, 3_600),
    default: 0,
    meaning: 'Retry-After header on a 429, in seconds; 0 sends none',
    provenance: assumed('nothing shows that Connect sends it'),
  },
};

/** The defaults of a table. */
export function defaultsOf<Choices>(table: ChoiceTable<Choices>): Choices {
  return Object.fromEntries(
    Object.entries<ChoiceRow<unknown>>(table).map(([name, row]) => [name, row.default]),
  ) as Choices;
}
