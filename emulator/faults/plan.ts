/** A fault plan: which faults, for which requests, from which seed. Plain JSON. */

import { UserError } from '../../system/errors.ts';
import { list, object, refuseUnknown, text } from '../../system/read-json.ts';
import { FAULT_KINDS, FAULTS, type FaultKind, type MembersOf } from './kinds.ts';
import { readAll, wholeNumberFrom } from './member.ts';
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

const PLAN_MEMBERS = ['seed', 'faults'];
const FAULT_MEMBERS = ['fault', 'name', 'when'];
const SEED = wholeNumberFrom(0, 0xffff_ffff);

/**
 * Reads a plan from parsed JSON. A fault without a name is called after its kind, with a number where
 * that is taken: latency, latency-2.
 *
 * @throws UserError that names the place, such as `faults[2].when.share`.
 */
export function readFaultPlan(value: unknown): FaultPlan {
  const given = object(value, 'a fault plan');
  refuseUnknown(given, 'a fault plan', PLAN_MEMBERS);
  const { seed = NO_FAULTS.seed, faults = [] } = given;
  const names = new Set<string>();
  return {
    seed: SEED.read(seed, 'seed'),
    faults: list(faults, 'faults').map((fault, i) => readFault(fault, `faults[${i}]`, names)),
  };
}

/** @param names those taken; this fault's is added. */
function readFault(value: unknown, where: string, names: Set<string>): Fault {
  const written = object(value, where);
  const { fault, name: given, when = {}, ...members } = written;
  const kind = FAULT_KINDS.find((known) => known === fault);
  if (!kind) throw new UserError(`${where}.fault must be one of ${FAULT_KINDS.join(', ')}`);
  refuseUnknown(written, where, [...FAULT_MEMBERS, ...Object.keys(FAULTS[kind].members)]);
  const name = given === undefined ? freeName(kind, names) : text(given, `${where}.name`);
  if (names.has(name)) throw new UserError(`${where}.name '${name}' is another fault's name too`);
  names.add(name);
  return {
    fault: kind,
    name,
    when: readWhen(when, `${where}.when`),
    ...readAll(FAULTS[kind].members, members, where),
  } as Fault;
}

function freeName(kind: FaultKind, names: ReadonlySet<string>): string {
  let name: string = kind;
  for (let i = 2; names.has(name); i += 1) name = `${kind}-${i}`;
  return name;
}
