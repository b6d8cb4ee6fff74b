/** Failure codes and errors of operations: who exercised them, and how far their triggers can be trusted. */

import { whole } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { interactionVerdict } from '../../run/verdict.ts';
import {
  type CodeRow,
  codeRows,
  type DialCodeRow,
  dialCodes,
  type ErrorRow,
  errorRows,
} from '../content/coverage.ts';
import { markup, type Value } from './markup.ts';
import { type Column, name, type Row, table, verdictWord } from './parts.ts';

/** The two sides of a contract. */
export const SIDES: readonly Column[] = [
  { head: 'Consumer', short: true },
  { head: 'Provider', short: true },
];

export function codesTable(run: Run): Value {
  const columns: Column[] = [
    { head: 'Code' },
    { head: 'Predicted', number: true, short: true },
    { head: 'Answered', number: true, short: true },
    ...SIDES,
    { head: 'Provenance' },
  ];
  return markup`<h3>Failure codes of BatchPutContact</h3>${table(
    'Each code that an item of a batch can fail with. Predicted and answered count items under load; a request that was refused or lost leaves its items unanswered. Consumer and provider are the two sides of the contract. Provenance says how far the trigger can be trusted, and on what it leans.',
    columns,
    codeRows(run).map(codeRow),
  )}`;
}

function codeRow(row: CodeRow): Row {
  return {
    failed: interactionVerdict(row) === 'fail',
    cells: [
      name(row.code),
      row.predicted === null ? verdictWord('not exercised') : whole(row.predicted),
      answered(row),
      verdictWord(row.consumer),
      verdictWord(row.provider),
      provenanceOf(row.provenance),
    ],
  };
}

/** Under load, a code that was neither predicted nor answered was not exercised. */
function answered({ predicted, answered: n }: CodeRow): Value {
  return n === null || (n === 0 && predicted === 0) ? verdictWord('not exercised') : whole(n);
}

export function errorsTable(run: Run): Value {
  const columns: Column[] = [
    { head: 'Error' },
    { head: 'Status', number: true },
    ...SIDES,
    { head: 'Provenance of the name' },
    { head: 'of the trigger' },
  ];
  return markup`<h3>Errors of BatchPutContact</h3>${table(
    'Every error that refuses a whole call. Those that no AWS SDK client can provoke are not exercised by the contract.',
    columns,
    errorRows(run).map((row) => errorRow(row)),
  )}`;
}

function errorRow(row: ErrorRow): Row {
  return {
    failed: interactionVerdict(row) === 'fail',
    cells: [
      name(row.name),
      row.status,
      verdictWord(row.consumer),
      verdictWord(row.provider),
      provenanceOf(row.provenance),
      provenanceOf(row.trigger),
    ],
  };
}

function provenanceOf({ mark, source }: ErrorRow['trigger']): Value {
  return markup`<span class="small">${mark}: <span class="quiet">${source}</span></span>`;
}

/** Of the operations that take dial requests; only those among `operations`, where these are given. */
export function dialCodeTables(run: Run, operations?: readonly string[]): Value {
  return dialCodes(run)
    .filter(({ operation }) => operations?.includes(operation) ?? true)
    .map(
      ({ operation, rows }) =>
        markup`<h3>Failure codes of ${operation}</h3>${table(
          'Each code that a dial request can fail with. Answered counts the dial requests of the campaigns of this run that were refused with it.',
          [
            { head: 'Code' },
            { head: 'Answered', number: true, short: true },
            ...SIDES,
            { head: 'Provenance' },
          ],
          rows.map((row) => dialCodeRow(row)),
        )}`,
    );
}

function dialCodeRow(row: DialCodeRow): Row {
  return {
    failed: interactionVerdict(row) === 'fail',
    cells: [
      name(row.code),
      row.answered ? whole(row.answered) : verdictWord('not exercised'),
      verdictWord(row.consumer),
      verdictWord(row.provider),
      provenanceOf(row.provenance),
    ],
  };
}
