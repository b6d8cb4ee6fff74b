/**
 * Finds what covers each cell of a coverage matrix: interactions, tolerances or a test outside the pact.
 * A cell that nothing covers has the reason that its account gives, or is unaccounted for.
 */

import { check } from '../../run/check.ts';
import type { CheckResult, CoverageCell } from '../../run/run.ts';
import type { Interaction } from '../agreement/interaction.ts';
import type { Tolerance } from '../agreement/tolerance.ts';
import type { Account, AccountOfMany } from './account.ts';
import type { Cell } from './cell.ts';

/** The inputs of a matrix. */
export interface Covering {
  readonly cells: readonly Cell[];
  readonly interactions: readonly Interaction[];
  readonly tolerances: readonly Tolerance[];
  /** Accounts for the cells that no interaction pins, by `key` of the cell. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** Accounts for many such cells. That of a single cell comes first. */
  readonly accountsOfMany: readonly AccountOfMany[];
}

export function coverageMatrix(covering: Covering): CoverageCell[] {
  return covering.cells.map((cell) => covered(cell, covering));
}

/** Returns the strongest cover of a cell. Interactions come first, then tolerances, then accounts. */
function covered(cell: Cell, covering: Covering): CoverageCell {
  const { interactions, tolerances } = covering;
  const { group, name } = cell;
  const pinned = interactions.filter(cell.pinnedBy).map(({ description }) => description);
  if (pinned.length > 0) return { group, name, status: 'pinned', by: pinned, reason: null };
  const tolerated = tolerances.filter((one) => cell.toleratedBy?.(one));
  if (tolerated.length > 0) {
    const by = tolerated.map(({ description }) => `the SDK client copes with ${description}`);
    return { group, name, status: 'asserted elsewhere', by, reason: null };
  }
  const account = accountOf(keyOf(cell), covering);
  if (account === undefined) {
    return { group, name, status: 'unaccounted', by: [], reason: null };
  }
  return 'test' in account
    ? { group, name, status: 'asserted elsewhere', by: [account.test], reason: null }
    : { group, name, status: 'not covered', by: [], reason: account.reason };
}

type Accounts = Pick<Covering, 'accounts' | 'accountsOfMany'>;

function accountOf(key: string, { accounts, accountsOfMany }: Accounts): Account | undefined {
  return (
    (Object.hasOwn(accounts, key) ? accounts[key] : undefined) ??
    accountsOfMany.find(({ cells }) => cells.test(key))?.account
  );
}

/**
 * Returns the checks of the matrix. They fail for a cell that is unaccounted for, for a pinned cell whose
 * interactions are missing from the written pact, and for an outdated account.
 */
export function checkMatrix(
  cells: readonly CoverageCell[],
  written: readonly string[],
  accounts: Accounts,
): CheckResult[] {
  const holes = cells.filter(({ status }) => status === 'unaccounted').map(keyOf);
  const absent = cells.flatMap(({ status, by, ...cell }) =>
    status === 'pinned' && !by.some((name) => written.includes(name)) ? [keyOf(cell)] : [],
  );
  const stale = staleAccounts(cells, accounts);
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
      {
        counted: 'accounts',
        count: Object.keys(accounts.accounts).length + accounts.accountsOfMany.length,
      },
      stale.map((cell) => ({ kind: 'account stale', cell })),
    ),
  ];
}

/** The accounts that no cell needs. */
function staleAccounts(cells: readonly CoverageCell[], accounts: Accounts): string[] {
  const needed = cells.filter((cell) => isAccounted(cell, accounts)).map(keyOf);
  const alone = Object.keys(accounts.accounts);
  return [
    ...alone.filter((key) => !needed.includes(key)),
    ...accounts.accountsOfMany
      .filter((row) => !needed.some((key) => !alone.includes(key) && isFirst(row, key, accounts)))
      .map((row) => row.cells.source),
  ];
}

function isFirst(row: AccountOfMany, key: string, { accountsOfMany }: Accounts): boolean {
  return accountsOfMany.find(({ cells }) => cells.test(key)) === row;
}

/** Whether the account of a cell is what covers it, or says why nothing does. */
function isAccounted(cell: CoverageCell, accounts: Accounts): boolean {
  if (cell.reason !== null) return true;
  const account = accountOf(keyOf(cell), accounts);
  return account !== undefined && 'test' in account && cell.by.includes(account.test);
}

export function keyOf({ group, name }: Pick<CoverageCell, 'group' | 'name'>): string {
  return `${group}: ${name}`;
}
