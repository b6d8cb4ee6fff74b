/** Contracts in Markdown: codes and errors, coverage, survivors, drift. */

import { whole } from '../../run/figures.ts';
import type { ContractsResult, Run } from '../../run/run.ts';
import { coverageGroups } from '../content/contract-figures.ts';
import { codeRows, dialCodes, errorRows } from '../content/coverage.ts';
import { driftRowSaid, mutantSaid } from '../english/contracts.ts';
import { line, type Room, rows, verdictText } from './room.ts';
import { table } from './text.ts';

export function contractDetails(
  { coverage, mutation, drift }: ContractsResult,
  room: Room,
): readonly string[] {
  return [
    table(
      ['Group', 'Cells', 'Pinned', 'Asserted elsewhere', 'Not covered'],
      rows(coverageGroups(coverage), room, ({ group, cells, pinned, elsewhere, uncovered }) => [
        [line(group, room), ...[cells.length, pinned, elsewhere, uncovered].map(whole)],
      ]),
    ),
    table(
      ['Survivor', 'Side', 'Mutants', 'Reason'],
      rows(mutation?.survivors ?? [], room, (one) => [
        [
          line(mutantSaid(one.mutation), room),
          one.side,
          whole(one.count),
          one.reason === null ? '**none**' : line(one.reason, room),
        ],
      ]),
    ),
    table(
      ['Difference', 'Level'],
      rows(drift?.differences ?? [], room, (row) => [[line(driftRowSaid(row), room), row.level]]),
    ),
  ];
}

export function codes(run: Run): string {
  const under = (n: number | null): string => (n === null ? 'not exercised' : whole(n));
  return table(
    ['Code', 'Predicted', 'Answered', 'Consumer', 'Provider', 'Provenance'],
    codeRows(run).map((row) => [
      `\`${row.code}\``,
      under(row.predicted),
      row.predicted === 0 && row.answered === 0 ? 'not exercised' : under(row.answered),
      verdictText(row.consumer),
      verdictText(row.provider),
      `${row.provenance.mark}: ${row.provenance.source}`,
    ]),
  );
}

export function errors(run: Run): string {
  return table(
    ['Error', 'Status', 'Consumer', 'Provider', 'Name', 'Trigger'],
    errorRows(run).map((row) => [
      `\`${row.name}\``,
      String(row.status),
      verdictText(row.consumer),
      verdictText(row.provider),
      `${row.provenance.mark}: ${row.provenance.source}`,
      `${row.trigger.mark}: ${row.trigger.source}`,
    ]),
  );
}

/** Failure codes of the operations that take dial requests; empty for a run without them. */
export function dialCodesTable(run: Run): string {
  return table(
    ['Code of dial requests', 'Operation', 'Answered', 'Consumer', 'Provider', 'Provenance'],
    dialCodes(run).flatMap(({ operation, rows: found }) =>
      found.map((row) => [
        `\`${row.code}\``,
        operation,
        row.answered ? whole(row.answered) : 'not exercised',
        verdictText(row.consumer),
        verdictText(row.provider),
        `${row.provenance.mark}: ${row.provenance.source}`,
      ]),
    ),
  );
}
