/** One line each about coverage, mutants and drift of the contract. */

import { count, whole } from '../../run/figures.ts';
import type {
  CoverageCell,
  DriftResult,
  InteractionResult,
  MutationResult,
  MutationScore,
} from '../../run/run.ts';
import { interactionVerdict } from '../../run/verdict.ts';
import { groupsOf } from '../../system/groups.ts';

/** Cells of one group, counted by status. */
export interface GroupRow {
  readonly group: string;
  readonly cells: readonly CoverageCell[];
  readonly pinned: number;
  readonly elsewhere: number;
  readonly uncovered: number;
}

/** In the order in which the groups occur. */
export function coverageGroups(cells: readonly CoverageCell[]): readonly GroupRow[] {
  return [...new Set(cells.map(({ group }) => group))].map((group) => {
    const mine = cells.filter((cell) => cell.group === group);
    const pinned = statusCount(mine, 'pinned');
    const elsewhere = statusCount(mine, 'asserted elsewhere');
    return { group, cells: mine, pinned, elsewhere, uncovered: mine.length - pinned - elsewhere };
  });
}

/** Cells that no interaction pins and that have one account: the tests that assert them, or why they are not covered. */
export interface UnpinnedRow {
  readonly account: string;
  readonly status: CoverageCell['status'];
  readonly cells: number;
  readonly groups: readonly { readonly group: string; readonly names: readonly string[] }[];
}

/** Those that nothing accounts for come first; then in the order in which they occur. */
export function unpinnedCells(cells: readonly CoverageCell[]): readonly UnpinnedRow[] {
  const accountOf = ({ reason, by }: CoverageCell): string =>
    reason ?? (by.join('; ') || 'nothing accounts for it');
  const unpinned = cells.filter(({ status }) => status !== 'pinned');
  const rows = groupsOf(unpinned, (cell) => `${cell.status}\n${accountOf(cell)}`);
  return [...rows.values()]
    .map((alike) => {
      const [first] = alike as [CoverageCell];
      const groups = groupsOf(alike, ({ group }) => group);
      return {
        account: accountOf(first),
        status: first.status,
        cells: alike.length,
        groups: [...groups].map(([group, of]) => ({ group, names: of.map(({ name }) => name) })),
      };
    })
    .sort((a, b) => Number(b.status === 'unaccounted') - Number(a.status === 'unaccounted'));
}

/** `78 interactions, 60 of the 78 are in the pact`. The others ask only the consumer what it must tolerate. */
export function interactionsSaid(interactions: readonly InteractionResult[]): string {
  return `${count(interactions.length, 'interaction')}${inPactSaid(interactions)}`;
}

/** `60 of 78 interactions pass`, and how many of them are in the pact if not all are. */
export function interactionsPassedSaid(interactions: readonly InteractionResult[]): string {
  const passed = interactions.filter((one) => interactionVerdict(one) === 'pass').length;
  return `${whole(passed)} of ${count(interactions.length, 'interaction')} pass${inPactSaid(interactions)}`;
}

function inPactSaid(interactions: readonly InteractionResult[]): string {
  const inPact = interactions.filter(({ provider }) => provider !== null).length;
  if (inPact === interactions.length) return '';
  return `, ${whole(inPact)} of the ${whole(interactions.length)} ${inPact === 1 ? 'is' : 'are'} in the pact`;
}

export function coverageSaid(cells: readonly CoverageCell[]): string {
  if (cells.length === 0) return 'no cell was looked at';
  const holes = statusCount(cells, 'unaccounted');
  return [
    `${whole(statusCount(cells, 'pinned'))} of ${count(cells.length, 'cell')} pinned`,
    `${whole(statusCount(cells, 'asserted elsewhere'))} asserted elsewhere`,
    `${whole(statusCount(cells, 'not covered'))} not covered`,
    ...(holes > 0 ? [`${whole(holes)} UNACCOUNTED FOR`] : []),
  ].join(', ');
}

export function mutationSaid({ provider, client, survivors }: MutationResult): string {
  const open = survivors.filter(({ reason }) => reason === null).length;
  return [
    `${percentage(provider)} of ${count(provider.mutants, 'broken answer')} noticed`,
    `${percentage(client)} of ${count(client.mutants, 'broken request')}`,
    open === 0
      ? 'every survivor explained'
      : `${count(open, 'kind')} of survivors WITHOUT A REASON`,
  ].join(', ');
}

export function driftSaid({ against, differences, absent }: DriftResult): string {
  const rest =
    absent.length === 0 ? '' : `; not installed, and so not compared: ${absent.join(', ')}`;
  if (differences.length === 0) return `no difference from ${against}${rest}`;
  const of = (level: string): number => differences.filter((one) => one.level === level).length;
  return `${count(differences.length, 'difference')} from ${against}: ${of('breaking')} breaking, ${count(of('warning'), 'warning')}, ${count(of('notice'), 'notice')}${rest}`;
}

/** Rounded down, so that 100 % is all of them. */
export function percentage({ mutants, killed }: MutationScore): string {
  return mutants === 0 ? 'none' : `${(Math.floor((killed / mutants) * 1_000) / 10).toFixed(1)} %`;
}

function statusCount(cells: readonly CoverageCell[], status: CoverageCell['status']): number {
  return cells.filter((cell) => cell.status === status).length;
}
