/** Counts per invariant, with the first violations as evidence. */

import type { InvariantResult } from '../../run/run.ts';
import type { Evidence, Witness } from '../../run/statements/audit.ts';
import { INVARIANTS, type InvariantName, type InvariantRow } from './invariants.ts';

export const EVIDENCE_SHOWN = 5;

export interface Tally {
  checked: number;
  violations: number;
  readonly evidence: Evidence[];
}

/** The sources that the audit was given, in addition to the history. One that is left out was not given. */
export type Given = Readonly<Partial<Record<Witness, boolean>>>;

/** Counts for the invariants of a table. */
export class TalliesOf<Name extends string> {
  readonly #rows: Readonly<Record<Name, InvariantRow>>;
  readonly #tallies = new Map<Name, Tally>();
  readonly #open = new Map<Name, Evidence>();

  constructor(rows: Readonly<Record<Name, InvariantRow>>) {
    this.#rows = rows;
  }

  /** @param describe gives the operations that prove a violation. It is called only for violations that are shown. */
  check(name: Name, holds: boolean, describe: () => Evidence): void {
    const tally = this.#tallyOf(name);
    tally.checked += 1;
    if (holds) return;
    tally.violations += 1;
    if (tally.evidence.length < EVIDENCE_SHOWN) tally.evidence.push(describe());
  }

  /** Adds what was counted elsewhere. */
  add(name: Name, { checked, violations, evidence }: Tally): void {
    if (checked === 0) return;
    const tally = this.#tallyOf(name);
    tally.checked += checked;
    tally.violations += violations;
    tally.evidence.push(...evidence.slice(0, EVIDENCE_SHOWN - tally.evidence.length));
  }

  /** Says why an invariant cannot be decided, although there is what it needs. */
  leaveOpen(name: Name, why: Evidence): void {
    this.#open.set(name, why);
  }

  /** Counts cases in which the invariant holds. */
  hold(name: Name, cases = 1): void {
    if (cases > 0) this.#tallyOf(name).checked += cases;
  }

  #tallyOf(name: Name): Tally {
    const found = this.#tallies.get(name);
    if (found) return found;
    const tally = { checked: 0, violations: 0, evidence: [] };
    this.#tallies.set(name, tally);
    return tally;
  }

  results(given: Given): InvariantResult[] {
    return (Object.keys(this.#rows) as Name[]).map((name) => {
      const { statement, needs } = this.#rows[name];
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

/** Counts for the invariants of BatchPutContact. */
export class Tallies extends TalliesOf<InvariantName> {
  constructor() {
    super(INVARIANTS);
  }
}
