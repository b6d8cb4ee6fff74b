/** The sections of contracts: what fails, the failure codes, the errors, every interaction. */

import { OPERATION } from '../../operation/connect/address.ts';
import { count, duration, whole } from '../../run/figures.ts';
import type { ContractsResult, InteractionResult, Run } from '../../run/run.ts';
import {
  interactionVerdict,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeMutation,
} from '../../run/verdict.ts';
import {
  coverageGroups,
  coverageSaid,
  driftSaid,
  interactionsSaid,
  mutationSaid,
} from '../content/contract-figures.ts';
import {
  type CodeRow,
  codeRows,
  type ErrorRow,
  errorRows,
  failuresFirst,
} from '../content/coverage.ts';
import { checkSaid } from '../english/checks.ts';
import { driftRowSaid, mutantSaid, troubleSaid } from '../english/contracts.ts';
import { markup, type Value } from './markup.ts';
import {
  type Column,
  code,
  facts,
  finding,
  folded,
  name,
  type Row,
  table,
  verdictWord,
} from './parts.ts';
import type { Section } from './section.ts';

const SIDES: readonly Column[] = [
  { head: 'Consumer', short: true },
  { head: 'Provider', short: true },
];

/** A section for each contract. That of BatchPutContact has its failure codes and errors too. */
export function contractSections(run: Run): readonly Section[] {
  if (run.contracts.length === 0) {
    return [
      {
        id: 'contracts',
        title: 'Contracts',
        verdict: 'not exercised',
        lede: 'This run checked no contracts.',
        body: [codesTable(run), errorsTable(run)],
      },
    ];
  }
  return run.contracts.map((contract, i) => contractSection(run, contract, i));
}

function contractSection(run: Run, contract: ContractsResult, index: number): Section {
  const { name: of, consumer, provider, interactions, durationMs } = contract;
  return {
    id: `contract-${index + 1}`,
    title: `Contract ${of}`,
    verdict: judgeContracts(contract).verdict,
    lede: `${consumer} and ${provider}: ${interactionsSaid(interactions)}. Checked in ${duration(durationMs)}.`,
    body: [
      failed(contract),
      ...(of === OPERATION.name ? [codesTable(run), errorsTable(run)] : []),
      covered(contract),
      mutated(contract),
      drifted(contract),
      rest(contract),
    ],
  };
}

function failed({ interactions, checks }: ContractsResult): Value {
  return [
    ...interactions
      .filter((one) => interactionVerdict(one) === 'fail')
      .map((one) =>
        finding(one.description, 'fail', sides(one), [
          one.detail ? troubleSaid(one.detail) : 'No detail was recorded.',
        ]),
      ),
    ...checks
      .filter((one) => one.verdict !== 'pass')
      .map((one) => finding(one.name, one.verdict, 'over the whole pact', [checkSaid(one.detail)])),
  ];
}

function sides({ consumer, provider }: InteractionResult): string {
  if (consumer !== 'fail') return 'on the provider’s side';
  return provider === 'fail' ? 'on both sides' : 'on the consumer’s side';
}

function codesTable(run: Run): Value {
  const columns: Column[] = [
    { head: 'Code' },
    { head: 'Predicted', number: true, short: true },
    { head: 'Answered', number: true, short: true },
    ...SIDES,
    { head: 'Provenance' },
  ];
  return markup`<h3>Failure codes</h3>${table(
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

function errorsTable(run: Run): Value {
  const columns: Column[] = [
    { head: 'Error' },
    { head: 'Status', number: true },
    ...SIDES,
    { head: 'Provenance of the name' },
    { head: 'of the trigger' },
  ];
  return markup`<h3>Errors</h3>${table(
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

function covered({ coverage }: ContractsResult): Value {
  if (coverage.length === 0) return null;
  const orBlank = (n: number): Value => (n === 0 ? '' : whole(n));
  return markup`<h3>Coverage</h3><p>${verdictWord(judgeCoverage(coverage))} ${coverageSaid(coverage)}.</p>${folded(
    'All groups, and the cells that no interaction pins',
    [
      table(
        'Cells are made from the tables of the operation. Pinned: by interactions of the pact. Asserted elsewhere: of the SDK client alone, or by a named test.',
        [
          { head: 'Group' },
          { head: 'Cells', number: true, short: true },
          { head: 'Pinned', number: true, short: true },
          { head: 'Asserted elsewhere', number: true, short: true },
          { head: 'Not covered', number: true, short: true },
        ],
        coverageGroups(coverage).map(({ group, cells, pinned, elsewhere, uncovered }) => ({
          cells: [
            group,
            whole(cells.length),
            orBlank(pinned),
            orBlank(elsewhere),
            orBlank(uncovered),
          ],
        })),
      ),
      table(
        'Cells that no interaction pins.',
        [{ head: 'Cell' }, { head: 'Status', short: true }, { head: 'By, or why not' }],
        coverage
          .filter(({ status }) => status !== 'pinned')
          .map((cell) => ({
            failed: cell.status === 'unaccounted',
            cells: [`${cell.group}: ${cell.name}`, cell.status, cell.reason ?? cell.by.join('; ')],
          })),
      ),
    ],
  )}`;
}

function mutated({ mutation }: ContractsResult): Value {
  if (!mutation) return null;
  const { provider, client, survivors } = mutation;
  return markup`<h3>Mutation</h3><p>${verdictWord(judgeMutation(mutation))} ${mutationSaid(mutation)}, in ${duration(mutation.durationMs)}. Broken answers: ${whole(provider.killed)} of ${whole(provider.mutants)} killed. Broken requests: ${whole(client.killed)} of ${whole(client.mutants)}.</p>${folded(
    `${count(survivors.length, 'kind')} of survivors`,
    table(
      'What the contract is blind to, one place at a time, and why it may be.',
      [
        { head: 'Mutant' },
        { head: 'Side', short: true },
        { head: 'Count', number: true, short: true },
        { head: 'Reason' },
      ],
      survivors.map((one) => ({
        failed: one.reason === null,
        cells: [
          mutantSaid(one.mutation),
          one.side,
          whole(one.count),
          one.reason ?? verdictWord('fail', 'none'),
        ],
      })),
    ),
  )}`;
}

function drifted({ drift }: ContractsResult): Value {
  if (!drift) return null;
  return markup`<h3>Drift</h3><p>${verdictWord(judgeDrift(drift))} ${driftSaid(drift)}.</p>${
    drift.differences.length === 0
      ? null
      : table(
          'The published model, read as if the definition had become it.',
          [{ head: 'Difference' }, { head: 'Level', short: true }],
          drift.differences.map((row) => ({
            failed: row.fails,
            cells: [driftRowSaid(row), row.level],
          })),
        )
  }`;
}

function rest({ interactions, checks, pactFile }: ContractsResult): Value {
  const interactionRow = (one: InteractionResult): Row => ({
    failed: interactionVerdict(one) === 'fail',
    cells: [
      one.description,
      one.pins === null ? '' : code(one.pins),
      verdictWord(one.consumer),
      one.provider === null ? 'not asked' : verdictWord(one.provider),
    ],
  });
  return [
    facts([['Pact file', code(pactFile)]]),
    folded(`All ${count(interactions.length, 'interaction')}`, [
      table(
        'Consumer: the SDK client against the mock. Provider: the endpoint against the pact.',
        [{ head: 'Interaction' }, { head: 'Pins' }, ...SIDES],
        failuresFirst(interactions).map(interactionRow),
      ),
    ]),
    folded(
      `All ${count(checks.length, 'contract check')}`,
      table(
        'Checks over the whole pact.',
        [{ head: 'Check' }, { head: 'Verdict', short: true }, { head: 'Detail' }],
        checks.map((one) => ({
          failed: one.verdict === 'fail',
          cells: [one.name, verdictWord(one.verdict), checkSaid(one.detail)],
        })),
      ),
    ),
  ];
}
