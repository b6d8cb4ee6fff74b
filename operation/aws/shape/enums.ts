/** Enumerations of a model. */

export interface EnumValue {
  readonly value: string;
  /** Month in which the value was added to the published model. */
  readonly since?: string;
}

export interface Enum {
  /** The name in the model. */
  readonly name: string;
  readonly values: readonly EnumValue[];
}

/** Whether `value` is one of the listed values. */
export function isListed(values: readonly EnumValue[], value: string | undefined): boolean {
  return values.some((row) => row.value === value);
}
