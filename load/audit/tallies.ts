/** Counts per invariant, with the first violations as evidence. */

import type { InvariantResult } from '../../run/run.ts';
import type { Evidence, Witness } from '../../run/statements/audit.ts';
import { INVARIANT_NAMES, INVARIANTS, type InvariantName } from './invariants.ts';

export const EVIDENCE_SHOWN = 5;

export interface Tally {
  checked: number;
  violations: number;
  readonly evidence: Evidence[];
}

/** The sources that the audit was given, in addition to the history. */
export type Given = Readonly<Record<Witness, boolean>>;

export class Tallies {
  readonly #tallies = new Map<InvariantName, Tally>();
  readonly #open = new Map<InvariantName, Evidence>();

  /** @param describe gives the operations that prove a violation. It is called only for violations that are shown. */
  check(name: InvariantName, holds: boolean, describe: () => Evidence): void {
    const tally = this.#tallyOf(name);
    tally.checked += 1;
    if (holds) return;
    tally.violations += 1;
    if (tally.evidence.length < EVIDENCE_SHOWN) tally.evidence.push(describe());
  }

  /** Adds what was counted elsewhere. */
  add(name: InvariantName, { checked, violations, evidence }: Tally): void {
    if (checked === 0) return;
    const tally = this.#tallyOf(name);
    tally.checked += checked;
    tally.violations += violations;
    tally.evidence.push(...evidence.slice(0, EVIDENCE_SHOWN - tally.evidence.length));
  }

  /** Says why an invariant cannot be decided, although there is what it needs. */
  leaveOpen(name: InvariantName, why: Evidence): void {
    this.#open.set(name, why);
  }

  /** Counts cases in which the invariant holds. */
  hold(name: InvariantName, cases = 1): void {
    if (cases > 0) this.#tallyOf(name).checked += cases;
  }

  #tallyOf(name: InvariantName): Tally {
    const found = this.#tallies.get(name);
    if (found) return found;
    const tally = { checked: 0, violations: 0, evidence: [] };
    this.#tallies.set(name, tally);
    return tally;
  }

  results(given: Given): InvariantResult[] {
    return INVARIANT_NAMES.map((name) => {
      const { statement, needs } = INVARIANTS[name];
      const tally = this.#tallies.get(name);
      const open = this.#open.get(name);
      if (tally && !open) {
        const verdict = tally.violations > 0 ? 'violated' : 'holds';
        return { name, statement, verdict, ...tally };
      }
      const witness = needs.find((one) => !given[one]);
      const why: Evidence =
        open ?? (witness ? { kind: 'no witness', witness } : { kind: 'nothing tells' });
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
