/** Invariant by scenario: what each scenario says of each invariant. */

import type { InvariantResult, LoadResult } from '../../run/run.ts';
import type { Evidence } from '../../run/statements/audit.ts';
import { invariantVerdicts } from '../../run/verdict.ts';

export interface InvariantLine {
  readonly name: string;
  readonly statement: string;
  /** Violated in any scenario, or else decided in one, or not. */
  readonly verdict: InvariantResult['verdict'];
  /** Over all scenarios. */
  readonly checked: number;
  readonly violations: number;
  /** A cell for each scenario, in their order; null for a scenario that does not have the invariant. */
  readonly cells: readonly {
    readonly scenario: string;
    readonly result: InvariantResult | null;
  }[];
  /** Scenarios in which it is not decidable, by the reason. */
  readonly unasked: readonly Unasked[];
}

export interface Unasked {
  readonly why: readonly Evidence[];
  readonly scenarios: readonly string[];
}

/** A line for each invariant: those that are violated first, otherwise in the order of the scenarios. */
export function invariantLines(load: readonly LoadResult[]): readonly InvariantLine[] {
  return [...invariantVerdicts({ load })]
    .map(([name, verdict]): InvariantLine => {
      const cells = load.map(({ scenario, audit }) => ({
        scenario,
        result: audit.invariants.find((one) => one.name === name) ?? null,
      }));
      const found = cells.flatMap(({ result }) => result ?? []);
      const sum = (of: (one: InvariantResult) => number) =>
        found.reduce((total, one) => total + of(one), 0);
      return {
        name,
        statement: found[0]?.statement ?? '',
        verdict,
        checked: sum((one) => one.checked),
        violations: sum((one) => one.violations),
        cells,
        unasked: unaskedIn(cells),
      };
    })
    .toSorted((a, b) => Number(b.verdict === 'violated') - Number(a.verdict === 'violated'));
}

function unaskedIn(cells: InvariantLine['cells']): readonly Unasked[] {
  const byReason = new Map<string, { why: readonly Evidence[]; scenarios: string[] }>();
  for (const { scenario, result } of cells) {
    if (result?.verdict !== 'not decidable') continue;
    const key = JSON.stringify(result.evidence);
    const known = byReason.get(key) ?? { why: result.evidence, scenarios: [] };
    known.scenarios.push(scenario);
    byReason.set(key, known);
  }
  return [...byReason.values()];
}
