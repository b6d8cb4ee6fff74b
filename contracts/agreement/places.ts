/** Lists the places of a shape by name. Reads the values at a place, and changes the value at a place. */

import { isObject } from '../../operation/aws/json.ts';
import type { Shape } from '../../operation/aws/shape/shapes.ts';

/** A step into a list. Any other step is the name of a member. */
export const MEMBER = '[]';

export interface Place {
  /** The path in text, such as `ContactDataRequestList[].Campaign.CampaignId`. */
  readonly path: string;
  readonly steps: readonly string[];
  readonly shape: Shape;
  readonly required: boolean;
}

/** Returns every member at any depth, in the order of the shape. */
export function placesIn(shape: Shape, before: readonly string[] = []): Place[] {
  if (shape.kind === 'list') return placesIn(shape.of, [...before, MEMBER]);
  if (shape.kind !== 'structure' && shape.kind !== 'union') return [];
  const required = shape.kind === 'structure' ? (shape.required ?? []) : [];
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const steps = [...before, name];
    return [
      { path: pathOfSteps(steps), steps, shape: member, required: required.includes(name) },
      ...placesIn(member, steps),
    ];
  });
}

function pathOfSteps(steps: readonly string[]): string {
  return steps.join('.').replaceAll(`.${MEMBER}`, MEMBER);
}

/** Returns the values at a place. Each list on the path can contribute several. Absent values are omitted. */
export function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value];
  if (step === MEMBER) {
    return Array.isArray(value) ? value.flatMap((member) => valuesAt(member, rest)) : [];
  }
  return isObject(value) && value[step] !== undefined ? valuesAt(value[step], rest) : [];
}

/** Returns a copy with `to` at the place, in the first item of each list. An undefined `to` removes the member. */
export function changedAt<T>(value: T, [step, ...rest]: readonly string[], to: unknown): T;
export function changedAt(value: unknown, [step, ...rest]: readonly string[], to: unknown) {
  if (step === undefined) return to;
  if (Array.isArray(value)) {
    return [changedAt(value[0] as unknown, rest, to), ...(value as unknown[]).slice(1)];
  }
  const { [step]: before, ...others } = value as Record<string, unknown>;
  const after: unknown = changedAt(before, rest, to);
  return after === undefined ? others : { ...others, [step]: after };
}
