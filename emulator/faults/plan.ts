/** A fault plan: which faults, for which requests, from which seed. Plain JSON. */

import { UserError } from '../../system/errors.ts';
import {
  anything,
  exactly,
  filledText,
  list,
  object,
  oneOf,
  optional,
  refuseUnknown,
  wholeNumberFrom,
} from '../../system/read.ts';
import { suggestion } from '../../system/suggestion.ts';
import { FAULT_KINDS, FAULTS, type FaultKind, type MembersOf } from './kinds.ts';
import { readAll } from './member.ts';
import { readWhen, type When } from './selector.ts';

/** One fault of a plan, with all its members. */
export type Fault<Kind extends FaultKind = FaultKind> = {
  [K in Kind]: {
    readonly fault: K;
    /** Its name in the counts; no two of a plan have the same. */
    readonly name: string;
    readonly when: When;
  } & MembersOf<K>;
}[Kind];

export interface FaultPlan {
  /** The same seed and the same requests in the same order are given the same faults. */
  readonly seed: number;
  /** They act in the order of the road. Waits and failing items add up; of any other kind the first acts. */
  readonly faults: readonly Fault[];
}

/** A plan as people write it: what is left out has its default. A `FaultPlan` is one too. */
export interface WrittenPlan {
  readonly seed?: number;
  readonly faults?: readonly {
    [K in FaultKind]: {
      readonly fault: K;
      readonly name?: string;
      readonly when?: When;
    } & Partial<MembersOf<K>>;
  }[FaultKind][];
}

export const NO_FAULTS: FaultPlan = { seed: 1, faults: [] };

const PLAN = exactly(
  {
    seed: optional(wholeNumberFrom(0, 0xffff_ffff), NO_FAULTS.seed),
    faults: optional(list(anything), []),
  },
  'a fault plan',
);

const FAULT_MEMBERS = ['fault', 'name', 'when'];
const KIND = oneOf(...FAULT_KINDS);

/**
 * Reads a plan from parsed JSON. A fault without a name is called after its kind, with a number where
 * that is taken: latency, latency-2.
 *
 * @throws UserError that names the place, such as `faults[2].when.share`.
 */
export function readFaultPlan(value: unknown): FaultPlan {
  const { seed, faults } = PLAN(value, '');
  const names = new Set<string>();
  return { seed, faults: faults.map((fault, i) => readFault(fault, `faults[${i}]`, names)) };
}

/** @param names those taken; this fault's is added. */
function readFault(value: unknown, where: string, names: Set<string>): Fault {
  const written = object(value, where);
  const { fault, name: given, when = {}, ...members } = written;
  const kind = kindOf(fault, `${where}.fault`);
  refuseUnknown(written, where, [...FAULT_MEMBERS, ...Object.keys(FAULTS[kind].members)]);
  const name = given === undefined ? freeName(kind, names) : filledText(given, `${where}.name`);
  if (names.has(name)) throw new UserError(`${where}.name '${name}' is another fault's name too`);
  names.add(name);
  return {
    fault: kind,
    name,
    when: readWhen(when, `${where}.when`),
    ...readAll(FAULTS[kind].members, members, where),
  } as Fault;
}

function kindOf(fault: unknown, where: string): FaultKind {
  try {
    return KIND(fault, where);
  } catch (error) {
    if (!(error instanceof UserError) || typeof fault !== 'string') throw error;
    const meant = suggestion(fault, FAULT_KINDS);
    throw meant === '' ? error : new UserError(`${error.message}.${meant}`);
  }
}

function freeName(kind: FaultKind, names: ReadonlySet<string>): string {
  let name: string = kind;
  for (let i = 2; names.has(name); i += 1) name = `${kind}-${i}`;
  return name;
}
