/** Which faults of a plan a run met, and what that means for it. */

import type { Finding, LoadFault } from '../../run/statements/load.ts';
import type { EndpointState } from './endpoint-figures.ts';

/** Requests that each fault of the plan was applied to, by its name; empty without a plan. */
export type FaultCounts = Readonly<Record<string, number>>;

/** What a run, or an instance of one, met at an endpoint that tells of it. */
export interface FaultsMet {
  readonly counts: FaultCounts;
  /** Whether the run needs faults. Without any, it would pass on every endpoint. */
  readonly needed: boolean;
}

/** What was met between two moments of an endpoint. */
export function faultsMet(before: EndpointState, after: EndpointState, needed: boolean): FaultsMet {
  const counts = Object.entries(after.faults).map(
    ([name, count]) => [name, Math.max(0, count - (before.faults[name] ?? 0))] as const,
  );
  return { counts: Object.fromEntries(counts), needed };
}

/**
 * What instances met together.
 *
 * @param apart whether each had an endpoint of its own. One that they share counts for all of them at once,
 *   so that the highest count is what at least was met.
 */
export function faultsMetByAll(all: readonly FaultsMet[], apart: boolean): FaultsMet {
  const counts: Record<string, number> = {};
  for (const [name, count] of all.flatMap((one) => Object.entries(one.counts))) {
    const before = counts[name] ?? 0;
    counts[name] = apart ? before + count : Math.max(before, count);
  }
  return { counts, needed: all.some(({ needed }) => needed) };
}

/** The reasons for which the run fails; empty where it met the faults that it needs. */
export function reasonsOfFaults({ counts, needed }: FaultsMet): LoadFault[] {
  return needed && !anyMet(counts) ? [{ kind: 'no fault met' }] : [];
}

/** Empty where there was no plan. */
export function findingsOfFaults({ counts }: FaultsMet): Finding[] {
  return Object.keys(counts).length === 0 ? [] : [{ kind: 'faults met', counts }];
}

/** Names of the faults that were met. */
export function namesMet(counts: FaultCounts): string[] {
  return Object.keys(counts).filter((name) => (counts[name] ?? 0) > 0);
}

export function anyMet(counts: FaultCounts): boolean {
  return namesMet(counts).length > 0;
}
