/** A running plan: selects the faults of each request, and counts how often each was applied. */

import { isObject } from '../../operation/aws/json.ts';
import { operationAt } from '../../operation/operations.ts';
import { Draw } from '../../system/draw.ts';
import type { WireRequest } from '../wire/request.ts';
import type { FaultKind } from './kinds.ts';
import type { Fault, FaultPlan } from './plan.ts';
import { selectorOf } from './selector.ts';

/** One fault that is selected for a request. */
export interface SelectedFault<Kind extends FaultKind = FaultKind> {
  readonly fault: Fault<Kind>;
  /** This fault's chance in this request. */
  readonly draw: Draw;
}

/** The faults selected for one request; each is applied if the request comes to its point. */
export interface RequestFaults {
  /** The first of a kind, now counted as applied; undefined where there is none. */
  apply<Kind extends FaultKind>(kind: Kind): SelectedFault<Kind> | undefined;
  /**
   * All of a kind, for those that add up; now counted as applied.
   *
   * @param has whether one has an effect, or else is left out; default all have.
   */
  applyAll<Kind extends FaultKind>(
    kind: Kind,
    has?: (selected: SelectedFault<Kind>) => boolean,
  ): readonly SelectedFault<Kind>[];
  /** The one of a kind that was applied to this request. */
  applied<Kind extends FaultKind>(kind: Kind): SelectedFault<Kind> | undefined;
}

/** The parts of a request by which faults are selected. */
export type FaultyRequest = Pick<WireRequest, 'method' | 'target' | 'body'>;

export interface Faults {
  readonly plan: FaultPlan;
  /** Requests since the plan was set. */
  readonly requests: number;
  /** Requests that each fault was applied to, by the fault's name. */
  readonly applied: Readonly<Record<string, number>>;
  /**
   * Selects the faults of the next request.
   *
   * @param request looked at only where the plan selects by token or operation.
   * @param now epoch milliseconds.
   * @returns null if no fault is selected.
   */
  select(request: FaultyRequest, now: number): RequestFaults | null;
}

/**
 * @param start epoch milliseconds from which the plan's seconds count.
 * @returns null for a plan without faults.
 */
export function createFaults(plan: FaultPlan, start: number): Faults | null {
  if (plan.faults.length === 0) return null;
  const rows = plan.faults.map((fault) => ({
    fault,
    operation: fault.when.operation,
    selects: selectorOf(fault.when),
  }));
  const byOperation = rows.some(({ operation }) => operation !== undefined);
  /** Requests of each operation that a selector names. */
  const ofOperation = new Map<string, number>();
  const byToken = plan.faults.some((fault) => fault.when.token !== undefined);
  const counts = new Map(plan.faults.map(({ name }) => [name, 0]));
  let n = 0;

  return {
    plan,
    get applied() {
      return Object.fromEntries(counts);
    },
    get requests() {
      return n;
    },
    select(request, now) {
      n += 1;
      const clientToken = byToken ? clientTokenIn(request.body) : null;
      const name = byOperation ? operationOf(request) : null;
      const nOfOperation = name === null ? 0 : (ofOperation.get(name) ?? 0) + 1;
      if (name !== null) ofOperation.set(name, nOfOperation);
      const milliseconds = now - start;
      const selected: SelectedFault[] = [];
      for (const [i, { fault, operation, selects }] of rows.entries()) {
        if (operation !== undefined && operation !== name) continue;
        const counted = operation === undefined ? n : nOfOperation;
        const draw = new Draw(plan.seed, counted, i);
        if (selects({ n: counted, milliseconds, clientToken }, draw))
          selected.push({ fault, draw });
      }
      return selected.length === 0 ? null : requestFaults(selected, counts);
    },
  };
}

/** @param counts times applied, by name; added to. */
function requestFaults(
  selected: readonly SelectedFault[],
  counts: Map<string, number>,
): RequestFaults {
  const applied = new Set<SelectedFault>();
  const count = (one: SelectedFault) => {
    applied.add(one);
    counts.set(one.fault.name, (counts.get(one.fault.name) ?? 0) + 1);
  };
  const all = <Kind extends FaultKind>(kind: Kind) =>
    selected.filter(({ fault }) => fault.fault === kind) as unknown as SelectedFault<Kind>[];
  return {
    apply(kind) {
      const [first] = all(kind);
      if (first) count(first);
      return first;
    },
    applyAll(kind, has = () => true) {
      const found = all(kind).filter(has);
      for (const one of found) count(one);
      return found;
    },
    applied: (kind) => all(kind).find((one) => applied.has(one)),
  };
}

/** The name of the operation of a request; null for a path that belongs to no operation. */
function operationOf({ method, target }: FaultyRequest): string | null {
  const [path = ''] = target.split('?');
  return operationAt(method, path)?.operation.name ?? null;
}

function clientTokenIn(body: Buffer): string | null {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    // Refused further on, as what it is; here it only has no token.
    return null;
  }
  return isObject(json) && typeof json.ClientToken === 'string' ? json.ClientToken : null;
}
