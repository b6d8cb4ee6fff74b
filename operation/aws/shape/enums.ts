/** Enumerations of a model. */

export interface EnumValue {
  readonly value: string;
  /** Month in which the published model gained the value. */
  readonly since?: string;
}

export interface Enum {
  /** As the model names it. */
  readonly name: string;
  readonly values: readonly EnumValue[];
}

/** Whether `value` is one of the listed values. */
export function isListed(values: readonly EnumValue[], value: string | undefined): boolean {
  return values.some((row) => row.value === value);
}
