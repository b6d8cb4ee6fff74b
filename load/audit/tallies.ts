/** Counts per invariant, with the first violations as evidence. */

import type { InvariantResult } from '../../run/run.ts';
import type { Evidence, Witness } from '../../run/statements/audit.ts';
import { INVARIANT_NAMES, INVARIANTS, type InvariantName } from './invariants.ts';

const EVIDENCE_SHOWN = 5;

interface Tally {
  checked: number;
  violations: number;
  readonly evidence: Evidence[];
}

/** The sources that the audit was given, in addition to the history. */
export type Given = Readonly<Record<Witness, boolean>>;

export class Tallies {
  readonly #tallies = new Map<InvariantName, Tally>();

  /** @param describe gives the operations that prove a violation. It is called only for violations that are shown. */
  check(name: InvariantName, holds: boolean, describe: () => Evidence): void {
    const tally = this.#tallyOf(name);
    tally.checked += 1;
    if (holds) return;
    tally.violations += 1;
    if (tally.evidence.length < EVIDENCE_SHOWN) tally.evidence.push(describe());
  }

  /** Counts cases in which the invariant holds. */
  hold(name: InvariantName, cases = 1): void {
    if (cases > 0) this.#tallyOf(name).checked += cases;
  }

  #tallyOf(name: InvariantName): Tally {
    const tally = this.#tallies.get(name) ?? { checked: 0, violations: 0, evidence: [] };
    this.#tallies.set(name, tally);
    return tally;
  }

  results(given: Given): InvariantResult[] {
    return INVARIANT_NAMES.map((name) => {
      const { statement, needs } = INVARIANTS[name];
      const tally = this.#tallies.get(name);
      if (tally) {
        const verdict = tally.violations > 0 ? 'violated' : 'holds';
        return { name, statement, verdict, ...tally };
      }
      const witness = needs.find((one) => !given[one]);
      const why: Evidence = witness ? { kind: 'no witness', witness } : { kind: 'nothing tells' };
      return {
        name,
        statement,
        verdict: 'not decidable',
        checked: 0,
        violations: 0,
        evidence: [why],
      };
    });
  }
}
