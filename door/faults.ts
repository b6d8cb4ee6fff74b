/** Faults that a test sets: for the next call, for the n-th call, or for every call. */

import type { Service } from '../emulator/emulator.ts';
import { BUILT_IN_PLANS, type BuiltInPlanName } from '../emulator/faults/built-in-plans.ts';
import { createFaults, type Faults, type RequestFaults } from '../emulator/faults/faults.ts';
import type { FaultKind, MembersOf } from '../emulator/faults/kinds.ts';
import { type FaultPlan, readFaultPlan, type WrittenPlan } from '../emulator/faults/plan.ts';
import type { When } from '../emulator/faults/selector.ts';
import { UserError } from '../system/errors.ts';

/** The members of one kind of fault. Members with a default may be left out (docs/faults.md). */
export type FaultMembers<Kind extends FaultKind> = Partial<MembersOf<Kind>>;

/** Selects the calls of a fault. Every given member must hold (docs/faults.md). */
export type FaultSelector = When;

export interface FaultControl {
  /**
   * Sets a fault for the next call. Campaigns call BatchPutContact themselves: `operation` selects the calls of one
   * operation.
   */
  next<Kind extends FaultKind>(kind: Kind, members?: FaultMembers<Kind>, operation?: string): void;
  /** Sets a fault for the n-th call from now on, or the n-th one of an operation; the next one is 1. */
  nth<Kind extends FaultKind>(
    n: number,
    kind: Kind,
    members?: FaultMembers<Kind>,
    operation?: string,
  ): void;
  /** Sets a fault for every call from now on, or for those that `when` selects. */
  always<Kind extends FaultKind>(
    kind: Kind,
    members?: FaultMembers<Kind>,
    when?: FaultSelector,
  ): void;
  /** Adds all faults of a plan. The plan is a name or an object. */
  use(plan: BuiltInPlanName | WrittenPlan): void;
  /** Removes every fault, including the faults with which the emulator was started. */
  clear(): void;
  /** The number of calls to which each fault was applied, by the name of the fault. */
  applied(): Readonly<Record<string, number>>;
}

/** @throws UserError, from each function, for an invalid fault or selector. */
export function createFaultControl(service: Service): FaultControl {
  const add = (plan: FaultPlan) => {
    const added = createFaults(plan, service.clock.now());
    service.faults = both(service.faults, added);
  };
  const set = (kind: FaultKind, members: object, when: When) => {
    add(readFaultPlan({ faults: [{ fault: kind, ...members, when }] }));
  };
  return {
    next: (kind, members = {}, operation) => set(kind, members, { nth: [1], ...of(operation) }),
    nth: (n, kind, members = {}, operation) => set(kind, members, { nth: [n], ...of(operation) }),
    always: (kind, members = {}, when = {}) => set(kind, members, when),
    use: (plan) => add(planOf(plan)),
    clear() {
      service.faults = null;
    },
    applied: () => service.faults?.applied ?? {},
  };
}

/** @throws UserError for an unknown plan name, and for an invalid plan. */
export function planOf(plan: BuiltInPlanName | WrittenPlan): FaultPlan {
  if (typeof plan !== 'string') return readFaultPlan(plan);
  const names = Object.keys(BUILT_IN_PLANS);
  if (!names.includes(plan)) {
    throw new UserError(`no fault plan is called '${plan}': the names are ${names.join(', ')}`);
  }
  return readFaultPlan(BUILT_IN_PLANS[plan].plan);
}

/** The selector of an operation; of every operation if none is given. */
function of(operation: string | undefined): When {
  return operation === undefined ? {} : { operation };
}

/** Joins two sets of faults. Each set counts calls from the time when it was set. */
function both(first: Faults | null, second: Faults | null): Faults | null {
  if (!first || !second) return first ?? second;
  return {
    plan: { seed: first.plan.seed, faults: [...first.plan.faults, ...second.plan.faults] },
    get requests() {
      return first.requests;
    },
    get applied() {
      const counts = { ...first.applied };
      for (const [name, count] of Object.entries(second.applied)) {
        counts[name] = (counts[name] ?? 0) + count;
      }
      return counts;
    },
    select(request, now) {
      const [one, other] = [first.select(request, now), second.select(request, now)];
      return one && other ? bothSelected(one, other) : (one ?? other);
    },
  };
}

function bothSelected(one: RequestFaults, other: RequestFaults): RequestFaults {
  return {
    apply: (kind) => one.apply(kind) ?? other.apply(kind),
    applyAll: (kind, has) => [...one.applyAll(kind, has), ...other.applyAll(kind, has)],
    applied: (kind) => one.applied(kind) ?? other.applied(kind),
  };
}
