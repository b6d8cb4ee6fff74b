/** What a contract pins, cell by cell: coverage, mutants, drift, interactions, checks. */

import { count, duration, whole } from '../../run/figures.ts';
import type { ContractsResult, InteractionResult } from '../../run/run.ts';
import { interactionVerdict, judgeCoverage, judgeDrift, judgeMutation } from '../../run/verdict.ts';
import {
  coverageGroups,
  coverageSaid,
  driftSaid,
  mutationSaid,
  unpinnedCells,
} from '../content/contract-figures.ts';
import { failuresFirst } from '../content/coverage.ts';
import { checkSaid } from '../english/checks.ts';
import { driftRowSaid, mutantSaid } from '../english/contracts.ts';
import { SIDES } from './codes.ts';
import { markup, type Value } from './markup.ts';
import { code, facts, folded, type Row, table, verdictWord } from './parts.ts';

export function contractDetails(contract: ContractsResult): Value {
  return [covered(contract), mutated(contract), drifted(contract), rest(contract)];
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
        'Cells that no interaction pins. Those that are accounted for alike share a row.',
        [
          { head: 'By, or why not' },
          { head: 'Status', short: true },
          { head: 'Cells', number: true, short: true },
          { head: 'Which' },
        ],
        unpinnedCells(coverage).map(({ account, status, groups, cells }) => ({
          failed: status === 'unaccounted',
          cells: [
            account,
            status,
            whole(cells),
            groups.map(
              ({ group, names }, i) => `${i === 0 ? '' : '. '}${group}: ${names.join(', ')}`,
            ),
          ],
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

function rest({ name: of, interactions, checks, pactFile, coverage }: ContractsResult): Value {
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
        `All interactions of contract ${of}. Consumer: ${coverage.length === 0 ? 'its handler' : 'the SDK client against the mock'}. Provider: the endpoint against the pact.`,
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
