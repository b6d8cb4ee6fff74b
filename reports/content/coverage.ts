/** The results of a run for each failure code and error, and what the run did not exercise. */

import type { Provenance } from '../../operation/aws/provenance.ts';
import { DIAL_FAILURES, type DialFailureCode } from '../../operation/campaigns/failures.ts';
import { OPERATION } from '../../operation/connect/address.ts';
import {
  FAILURE_CODES,
  FAILURES,
  type FailureReasonCode,
} from '../../operation/connect/batch-put-contact/failures.ts';
import {
  REFUSAL_NAMES,
  REFUSALS,
  type RefusalName,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import { count } from '../../run/figures.ts';
import type { ContractsResult, PartVerdict, Run } from '../../run/run.ts';
import { interactionVerdict, invariantVerdicts, type Sides, worst } from '../../run/verdict.ts';
import { contractOperations } from './operations.ts';

/** The word of BatchPutContact's contract on one code or error, over every interaction that pins it. */
export interface Pinned {
  readonly consumer: PartVerdict;
  readonly provider: PartVerdict;
}

export interface CodeRow extends Pinned {
  readonly code: FailureReasonCode;
  readonly retryable: boolean;
  /** Items of the requests made under load that were to get the code; null without load. */
  readonly predicted: number | null;
  /** Items that were answered with it; null without load. */
  readonly answered: number | null;
  readonly provenance: Provenance;
}

export interface ErrorRow extends Pinned {
  readonly name: RefusalName;
  readonly status: number;
  readonly modelled: boolean;
  /** Of the name and the status. */
  readonly provenance: Provenance;
  /** Of the condition. */
  readonly trigger: Provenance;
}

/** One row per failure code: those that fail first, then those not exercised, else in table order. */
export function codeRows(run: Run): readonly CodeRow[] {
  const total = (of: 'predicted' | 'answered', code: FailureReasonCode): number | null =>
    run.load.length === 0 ? null : run.load.reduce((sum, load) => sum + (load[of][code] ?? 0), 0);
  return failuresFirst(
    FAILURE_CODES.map((code) => ({
      code,
      retryable: FAILURES[code].retryable,
      predicted: total('predicted', code),
      answered: total('answered', code),
      provenance: FAILURES[code].provenance,
      ...pinnedBy(run, code),
    })),
  );
}

/** One row per error; one that no interaction pins is not exercised. */
export function errorRows(run: Run): readonly ErrorRow[] {
  return failuresFirst(
    REFUSAL_NAMES.map((name) => ({
      name,
      status: REFUSALS[name].status,
      modelled: REFUSALS[name].modelled,
      provenance: REFUSALS[name].provenance,
      trigger: REFUSALS[name].trigger ?? REFUSALS[name].provenance,
      ...pinnedBy(run, name),
    })),
  );
}

export interface DialCodeRow extends Pinned {
  readonly code: DialFailureCode;
  /** Dial requests of campaigns that were refused with it; null without campaigns of this version. */
  readonly answered: number | null;
  readonly provenance: Provenance;
}

export interface DialCodes {
  readonly operation: string;
  readonly rows: readonly DialCodeRow[];
}

/** The failure codes of each operation that took dial requests in this run, or that a contract of it pins. */
export function dialCodes({ campaigns, contracts }: Run): readonly DialCodes[] {
  return DIAL_OPERATIONS.flatMap((operation): DialCodes[] => {
    const pinning = contracts.filter(({ name }) => contractOperations(name).includes(operation));
    const taking = campaigns?.campaigns.filter((one) => one.operation === operation) ?? [];
    if (pinning.length + taking.length === 0) return [];
    const codes = (Object.keys(DIAL_FAILURES) as DialFailureCode[]).filter(
      (code) => operation === 'PutOutboundRequestBatch' || !DIAL_FAILURES[code].onlyV2,
    );
    const rows = codes.map((code) => ({
      code,
      answered:
        taking.length === 0 ? null : taking.reduce((sum, one) => sum + (one.refused[code] ?? 0), 0),
      provenance: DIAL_FAILURES[code].provenance,
      ...sidesOf(pinning, code),
    }));
    return [{ operation, rows: failuresFirst(rows) }];
  });
}

const DIAL_OPERATIONS = ['PutDialRequestBatch', 'PutOutboundRequestBatch'] as const;

/** Whether the run has only scripts of the user's own without a history. It is not about BatchPutContact. */
export function isPlainRun({ contracts, load }: Pick<Run, 'contracts' | 'load'>): boolean {
  return contracts.length === 0 && load.length > 0 && load.every(({ history }) => !history);
}

/** What the run did not exercise, a phrase each; empty when it exercised everything there is. */
export function gaps(run: Run): readonly string[] {
  const found: string[] = [];
  if (isPlainRun(run)) {
    return run.load
      .filter(({ verdict }) => verdict === 'not exercised')
      .map(({ scenario }) => `load ${scenario}`);
  }
  if (run.contracts.length === 0) found.push('contracts');
  if (!run.campaigns) found.push('campaigns');
  else if (run.campaigns.verdict === 'not exercised') found.push('some of the campaigns');
  if (run.load.length === 0) found.push('load and audit');
  for (const load of run.load) {
    if (load.verdict === 'not exercised') found.push(`load ${load.scenario}`);
    if (load.history && load.audit.verdict === 'not exercised')
      found.push(`the audit of ${load.scenario}`);
  }
  const open = [...invariantVerdicts(run).values()].filter((one) => one === 'not decidable').length;
  if (open > 0) found.push(`${count(open, 'invariant')} (not decidable)`);
  const codes = codeRows(run).filter((row) => !row.answered && isUnpinned(row)).length;
  if (codes > 0) found.push(count(codes, 'failure code'));
  const errors = errorRows(run).filter((row) => row.modelled && isUnpinned(row)).length;
  if (run.contracts.length > 0 && errors > 0) found.push(count(errors, 'modelled error'));
  const rest = run.contracts
    .flatMap(({ interactions }) => interactions)
    .filter((one) => interactionVerdict(one) === 'not exercised');
  if (rest.length > 0) found.push(count(rest.length, 'contract interaction'));
  // The contract of events has no tables of operations, and no mutation score.
  const unbroken = run.contracts.filter(
    ({ mutation, coverage }) => !mutation && coverage.length > 0,
  ).length;
  if (unbroken > 0) found.push(count(unbroken, 'mutation score'));
  return found;
}

/** Neither side of the contract exercised it. */
export function isUnpinned({ consumer, provider }: Pinned): boolean {
  return consumer === 'not exercised' && provider === 'not exercised';
}

/** Rows that fail, then rows with a side that was not exercised, then the rest; else as they stood. */
export function failuresFirst<Row extends Sides>(rows: readonly Row[]): readonly Row[] {
  const rank: Readonly<Record<PartVerdict, number>> = { fail: 0, 'not exercised': 1, pass: 2 };
  return rows.toSorted((a, b) => rank[interactionVerdict(a)] - rank[interactionVerdict(b)]);
}

function pinnedBy({ contracts }: Run, name: string): Pinned {
  return sidesOf(
    contracts.filter((contract) => contract.name === OPERATION.name),
    name,
  );
}

function sidesOf(contracts: readonly ContractsResult[], name: string): Pinned {
  const found = contracts.flatMap(({ interactions }) =>
    interactions.filter(({ pins }) => pins === name),
  );
  return {
    consumer: worst(found.map(({ consumer }) => consumer)),
    provider: worst(found.flatMap(({ provider }) => provider ?? [])),
  };
}
