/**
 * Finds what covers each cell of the coverage matrix: interactions, tolerances or a test outside the pact.
 * A cell that nothing covers has the reason that its account gives, or is unaccounted for.
 */

import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { check } from '../../run/check.ts';
import type { CheckResult, CoverageCell } from '../../run/run.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { interactionsFor } from '../agreement/interactions.ts';
import { TOLERANCES, type Tolerance } from '../agreement/tolerances.ts';
import { ACCOUNTS, type Account } from './accounts.ts';
import { cellsOfBatches } from './batch-cells.ts';
import type { Cell } from './cell.ts';
import type { AnyDefinition } from './reading.ts';

/** The inputs of the matrix. */
export interface Contract {
  readonly operation: AnyDefinition;
  readonly interactions: readonly Interaction[];
  readonly tolerances: readonly Tolerance[];
  /** Accounts for the cells that no interaction pins, by `key` of the cell. */
  readonly accounts: Readonly<Record<string, Account>>;
}

export const CONTRACT: Contract = {
  operation: BATCH_PUT_CONTACT,
  interactions: interactionsFor(),
  tolerances: TOLERANCES,
  accounts: ACCOUNTS,
};

export function coverageMatrix(contract: Contract = CONTRACT): CoverageCell[] {
  return cellsOfBatches(contract.operation).map((cell) => covered(cell, contract));
}

/** Returns the strongest cover of a cell. Interactions come first, then tolerances, then accounts. */
function covered(cell: Cell, { interactions, tolerances, accounts }: Contract): CoverageCell {
  const { group, name } = cell;
  const pinned = interactions.filter(cell.pinnedBy).map(({ description }) => description);
  if (pinned.length > 0) return { group, name, status: 'pinned', by: pinned, reason: null };
  const tolerated = tolerances.filter((one) => cell.toleratedBy?.(one));
  if (tolerated.length > 0) {
    const by = tolerated.map(({ description }) => `the SDK client copes with ${description}`);
    return { group, name, status: 'asserted elsewhere', by, reason: null };
  }
  const account = accounts[keyOf(cell)];
  if (account === undefined) {
    return { group, name, status: 'unaccounted', by: [], reason: null };
  }
  return 'test' in account
    ? { group, name, status: 'asserted elsewhere', by: [account.test], reason: null }
    : { group, name, status: 'not covered', by: [], reason: account.reason };
}

/**
 * Returns the checks of the matrix. They fail for a cell that is unaccounted for, for a pinned cell whose
 * interactions are missing from the written pact, and for an outdated account.
 */
export function checkMatrix(
  cells: readonly CoverageCell[],
  written: readonly string[],
  accounts: Contract['accounts'] = ACCOUNTS,
): CheckResult[] {
  const holes = cells.filter(({ status }) => status === 'unaccounted').map(keyOf);
  const absent = cells.flatMap(({ status, by, ...cell }) =>
    status === 'pinned' && !by.some((name) => written.includes(name)) ? [keyOf(cell)] : [],
  );
  const open = new Set(
    cells.filter((cell) => cell.reason !== null || isTested(cell, accounts)).map(keyOf),
  );
  const stale = Object.keys(accounts).filter((key) => !open.has(key));
  return [
    check(
      'every cell of the coverage matrix is accounted for',
      { counted: 'cells', count: cells.length },
      holes.map((cell) => ({ kind: 'cell unaccounted', cell })),
    ),
    check(
      'what a cell is pinned by is in the pact',
      {
        counted: 'pinned cells',
        count: cells.filter(({ status }) => status === 'pinned').length,
      },
      absent.map((cell) => ({ kind: 'cell unwritten', cell })),
    ),
    check(
      'no account of a cell is stale',
      { counted: 'accounts', count: Object.keys(accounts).length },
      stale.map((cell) => ({ kind: 'account stale', cell })),
    ),
  ];
}

export function keyOf({ group, name }: Pick<CoverageCell, 'group' | 'name'>): string {
  return `${group}: ${name}`;
}

function isTested(cell: CoverageCell, accounts: Contract['accounts']): boolean {
  const account = accounts[keyOf(cell)];
  return account !== undefined && 'test' in account && cell.by.includes(account.test);
}
