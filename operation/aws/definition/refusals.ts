/** The errors that refuse a whole call, as rows of a table. Each row is checked at one stage. */

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

/** The stages in the order of checks. */
export const STAGES = Object.keys(PLACES) as readonly Stage[];

/** @typeParam Facts what is known in addition to the call. */
export interface RefusalRow<S extends Stage, Facts extends FrontDoorFacts> {
  readonly stage: S;
  readonly status: number;
  /** Provenance of the name and the status. */
  readonly provenance: Provenance;
  /** Provenance of the condition. Absent: that of the name. */
  readonly trigger?: Provenance;
  /** The outage during which every call gets this error. A fault can also cause the outage. */
  readonly outage?: Outage;
  readonly applies: (known: KnownAt[S], facts: Facts) => boolean;
  readonly message: (known: KnownAt[S], facts: Facts) => string;
  /** The changes to a good call and its facts that cause exactly this refusal. */
  readonly provoke: (arrival: Arrival, facts: Facts) => Provoked<Facts>;
}

/** Changes to a call. Choices that are not named keep their value. */
export interface Provoked<Facts extends FrontDoorFacts> {
  readonly arrival?: Partial<Arrival>;
  readonly facts?: Partial<Omit<Facts, 'choices'>> & {
    readonly choices?: Partial<Facts['choices']>;
  };
}

/** A row of any stage. Its functions read only what is known at that stage. */
export type AnyRefusalRow<Facts extends FrontDoorFacts> = {
  [S in Stage]: RefusalRow<S, Facts>;
}[Stage];

/** The rows by the name of the error. */
export type RefusalTable<Facts extends FrontDoorFacts> = Readonly<
  Record<string, AnyRefusalRow<Facts>>
>;

/** A row with its name. All rows have the same members, because reading objects of different form is slow. */
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
  /** Members of the error in addition to its text, such as the state of a campaign. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Makes a table. Rows are in the order of the stages; within a stage the given order stays. */
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

/** The first refusal of a stage that applies; null if the call passes the stage. */
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

/** The refusal that an outage causes at a stage; null if no row of the stage has the outage. */
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
