/** The errors that refuse a whole call: rows, each of the stage at which it is checked. */

import type { Provenance } from '../provenance.ts';
import type { FrontDoorFacts, Outage } from './facts.ts';
import type { Arrival, KnownAt } from './known.ts';

export type Stage = keyof KnownAt;

const PLACES: Readonly<Record<Stage, number>> = {
  route: 0,
  size: 1,
  signature: 2,
  caller: 3,
  rate: 4,
  body: 5,
  resource: 6,
  service: 7,
  token: 8,
};

/** In the order in which they are checked. */
export const STAGES = Object.keys(PLACES) as readonly Stage[];

/** @typeParam Facts what is known besides the call. */
export interface RefusalRow<S extends Stage, Facts extends FrontDoorFacts> {
  readonly stage: S;
  readonly status: number;
  readonly provenance: Provenance;
  /** The outage in which every call gets it; a fault that makes one gives it too. */
  readonly outage?: Outage;
  readonly applies: (known: KnownAt[S], facts: Facts) => boolean;
  readonly message: (known: KnownAt[S], facts: Facts) => string;
  /** What makes a good arrival, with its facts, get exactly this refusal. */
  readonly provoke: (arrival: Arrival, facts: Facts) => Provoked<Facts>;
}

/** Changes; choices are changed one by one. */
export interface Provoked<Facts extends FrontDoorFacts> {
  readonly arrival?: Partial<Arrival>;
  readonly facts?: Partial<Omit<Facts, 'choices'>> & {
    readonly choices?: Partial<Facts['choices']>;
  };
}

/** A row of any stage. Its functions read only what is known there. */
export type AnyRefusalRow<Facts extends FrontDoorFacts> = {
  [S in Stage]: RefusalRow<S, Facts>;
}[Stage];

/** By the name of the error. */
export type RefusalTable<Facts extends FrontDoorFacts> = Readonly<
  Record<string, AnyRefusalRow<Facts>>
>;

/** A row with its name. All of one form: a read of rows that differ in theirs is slow. */
export interface Check<S extends Stage, Facts extends FrontDoorFacts>
  extends Pick<RefusalRow<S, Facts>, 'status' | 'applies' | 'message'> {
  readonly name: string;
  readonly outage: Outage | undefined;
}

/** The checks of each stage. */
export type RefusalsAt<Facts extends FrontDoorFacts> = {
  readonly [S in Stage]: readonly Check<S, Facts>[];
};

export interface Refusal {
  readonly name: string;
  readonly status: number;
  readonly message: string;
}

/** A table with its rows in the order in which they are checked; within a stage that of the given rows. */
export function inOrder<Table extends Readonly<Record<string, { readonly stage: Stage }>>>(
  rows: Table,
): Table {
  return Object.fromEntries(
    Object.entries(rows).sort(([, a], [, b]) => PLACES[a.stage] - PLACES[b.stage]),
  ) as unknown as Table;
}

export function byStage<Facts extends FrontDoorFacts>(
  table: RefusalTable<Facts>,
): RefusalsAt<Facts> {
  const checks = (stage: Stage) =>
    Object.entries(table).flatMap(([name, { stage: at, status, outage, applies, message }]) =>
      at === stage ? [{ name, status, outage, applies, message }] : [],
    );
  return Object.fromEntries(
    STAGES.map((stage) => [stage, checks(stage)]),
  ) as unknown as RefusalsAt<Facts>;
}

/** The first refusal of a stage; null lets the call pass it. */
export function refusalAt<S extends Stage, Facts extends FrontDoorFacts>(
  rows: RefusalsAt<Facts>,
  stage: S,
  known: KnownAt[S],
  facts: Facts,
): Refusal | null {
  for (const check of rows[stage]) {
    if (check.applies(known, facts)) return refusal(check, known, facts);
  }
  return null;
}

/** The refusal that an outage gives at a stage; null where no row there has it. */
export function refusalOfOutage<S extends Stage, Facts extends FrontDoorFacts>(
  rows: RefusalsAt<Facts>,
  stage: S,
  outage: Outage,
  known: KnownAt[S],
  facts: Facts,
): Refusal | null {
  const found = rows[stage].find((check) => check.outage === outage);
  return found ? refusal(found, known, { ...facts, outage }) : null;
}

function refusal<S extends Stage, Facts extends FrontDoorFacts>(
  { name, status, message }: Check<S, Facts>,
  known: KnownAt[S],
  facts: Facts,
): Refusal {
  return { name, status, message: message(known, facts) };
}
