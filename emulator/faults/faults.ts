/** A plan at work: which of its faults each request is in for, and how often each has bitten. */

import { Draw } from '../../generators/random.ts';
import { isObject } from '../../operation/clean-form.ts';
import type { FaultKind } from './kinds.ts';
import type { Fault, FaultPlan } from './plan.ts';
import { selectorOf } from './selector.ts';

/** One fault that a request is in for. */
export interface Struck<Kind extends FaultKind = FaultKind> {
  readonly fault: Fault<Kind>;
  /** This fault's chance in this request. */
  readonly draw: Draw;
}

/** The faults that one request is in for. Whether one bites is seen when the request comes to its point. */
export interface Strike {
  /** The first of a kind, which bites now and is counted; undefined where there is none. */
  bite<Kind extends FaultKind>(kind: Kind): Struck<Kind> | undefined;
  /**
   * All of a kind, for those that add up; they bite now and are counted.
   *
   * @param does whether one finds something to bite; default all do.
   */
  biteAll<Kind extends FaultKind>(
    kind: Kind,
    does?: (struck: Struck<Kind>) => boolean,
  ): readonly Struck<Kind>[];
  /** The first of a kind, if it has bitten this request already. */
  bitten<Kind extends FaultKind>(kind: Kind): Struck<Kind> | undefined;
}

export interface Faults {
  readonly plan: FaultPlan;
  /** Requests since the plan was set. */
  readonly requests: number;
  /** Requests that each fault has bitten, by the fault's name. */
  readonly bites: Readonly<Record<string, number>>;
  /**
   * Draws the faults of the next request.
   *
   * @param body bytes of the request, looked at only where the plan selects by token.
   * @param now epoch milliseconds.
   * @returns null for none.
   */
  strike(body: Buffer, now: number): Strike | null;
}

/**
 * @param start epoch milliseconds from which the plan's seconds count.
 * @returns null for a plan without faults.
 */
export function createFaults(plan: FaultPlan, start: number): Faults | null {
  if (plan.faults.length === 0) return null;
  const rows = plan.faults.map((fault) => ({ fault, selects: selectorOf(fault.when) }));
  const byToken = plan.faults.some((fault) => fault.when.token !== undefined);
  const bites = Object.fromEntries(plan.faults.map((fault) => [fault.name, 0]));
  let n = 0;

  return {
    plan,
    bites,
    get requests() {
      return n;
    },
    strike(body, now) {
      n += 1;
      const clientToken = byToken ? clientTokenIn(body) : null;
      const occasion = { n, milliseconds: now - start, clientToken };
      const struck: Struck[] = [];
      for (const [i, { fault, selects }] of rows.entries()) {
        const draw = new Draw(plan.seed, n, i);
        if (selects(occasion, draw)) struck.push({ fault, draw });
      }
      return struck.length === 0 ? null : createStrike(struck, bites);
    },
  };
}

function createStrike(struck: readonly Struck[], bites: Record<string, number>): Strike {
  const bitten = new Set<Struck>();
  const bite = (one: Struck) => {
    bitten.add(one);
    bites[one.fault.name] = (bites[one.fault.name] ?? 0) + 1;
  };
  const all = <Kind extends FaultKind>(kind: Kind) =>
    struck.filter(({ fault }) => fault.fault === kind) as unknown as Struck<Kind>[];
  return {
    bite(kind) {
      const [first] = all(kind);
      if (first) bite(first);
      return first;
    },
    biteAll(kind, does = () => true) {
      const found = all(kind).filter(does);
      for (const one of found) bite(one);
      return found;
    },
    bitten: (kind) => all(kind).find((one) => bitten.has(one)),
  };
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
