/** The section of contracts: one row for each, what fails, and the details folded. */

import { OPERATION } from '../../operation/connect/address.ts';
import { count, duration, whole } from '../../run/figures.ts';
import type { ContractsResult, InteractionResult, Run } from '../../run/run.ts';
import {
  failuresFirst,
  interactionVerdict,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeMutation,
  worst,
} from '../../run/verdict.ts';
import { interactionsSaid, percentage } from '../content/contract-figures.ts';
import { contractOperations } from '../content/operations.ts';
import { checkSaid } from '../english/checks.ts';
import { driftRowSaid, interactionTroubleSaid, mutantSaid } from '../english/contracts.ts';
import { codesTable, dialCodeTables, errorsTable } from './codes.ts';
import { contractDetails } from './contract-details.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { finding, firstOf, folded, list, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

/** Failed interactions of a contract that are not folded: they tend to be alike. */
const FAILURES_SHOWN = 10;
/** Operations that a row names. */
const OPERATIONS_SHOWN = 2;

export function contractsSection(run: Run): Section {
  const { contracts } = run;
  if (contracts.length === 0) {
    return {
      id: 'contracts',
      title: 'Contracts',
      verdict: 'not exercised',
      lede: 'This run checked no contracts.',
      body: folded('Failure codes and errors', [
        dialCodeTables(run),
        codesTable(run),
        errorsTable(run),
      ]),
    };
  }
  const judged = contracts.map((contract, i) => ({
    contract,
    id: `contract-${i + 1}`,
    verdict: judgeContracts(contract).verdict,
  }));
  return {
    id: 'contracts',
    title: 'Contracts',
    verdict: worst(judged.map(({ verdict }) => verdict)),
    lede: 'The consumer is the SDK client against a mock; of contact events it is a handler. The provider is the endpoint against the pact.',
    body: [
      overview(judged.map(({ contract }) => contract)),
      failuresFirst(judged).map(({ contract, id, verdict }) => [
        verdict === 'pass' ? null : openParts(contract),
        markup`<details id="${id}"><summary>Contract ${contract.name}: ${interactionsSaid(contract.interactions)}</summary>${details(run, contract)}</details>`,
      ]),
    ],
  };
}

function overview(contracts: readonly ContractsResult[]): Markup {
  const number = { number: true, short: true } as const;
  return table(
    'Pinned: cells of the tables of its operations that an interaction pins. Mutants: contracts broken in one place, and noticed. Drift: differences from published models, notices too.',
    [
      { head: 'Contract' },
      { head: 'Operations' },
      { head: 'Verdict', short: true },
      { head: 'Interactions', ...number },
      { head: 'Cells pinned', ...number },
      { head: 'Mutants killed', ...number },
      { head: 'Drift', ...number },
    ],
    contracts.map((one) => {
      const { verdict } = judgeContracts(one);
      return {
        failed: verdict === 'fail',
        cells: [
          one.name,
          operationsSaid(one),
          verdictWord(verdict),
          `${whole(one.interactions.filter((each) => interactionVerdict(each) === 'pass').length)} of ${whole(one.interactions.length)}`,
          coveredCell(one),
          mutatedCell(one),
          driftedCell(one),
        ],
      };
    }),
  );
}

function operationsSaid({ name }: ContractsResult): string {
  const all = contractOperations(name);
  const putting = all.filter((one) => /^Put.*Batch$|^BatchPut/.test(one));
  const shown = [...putting, ...all.filter((one) => !putting.includes(one))].slice(
    0,
    OPERATIONS_SHOWN,
  );
  const left = all.length - shown.length;
  return all.length === 0
    ? '–'
    : `${shown.join(', ')}${left > 0 ? ` and ${count(left, 'more', 'more')}` : ''}`;
}

function coveredCell({ coverage }: ContractsResult): Value {
  if (coverage.length === 0) return '–';
  const pinned = coverage.filter(({ status }) => status === 'pinned').length;
  const said = `${whole(pinned)} of ${whole(coverage.length)}`;
  return judgeCoverage(coverage) === 'fail' ? verdictWord('fail', said) : said;
}

function mutatedCell({ mutation, coverage }: ContractsResult): Value {
  if (!mutation) return coverage.length === 0 ? '–' : verdictWord('not exercised');
  const { provider, client } = mutation;
  const said = percentage({
    mutants: provider.mutants + client.mutants,
    killed: provider.killed + client.killed,
  });
  const verdict = judgeMutation(mutation);
  return verdict === 'pass' ? said : verdictWord(verdict, said);
}

function driftedCell({ drift }: ContractsResult): Value {
  if (!drift) return '–';
  const said = whole(drift.differences.length);
  return judgeDrift(drift) === 'fail' ? verdictWord('fail', said) : said;
}

/** What does not pass. */
function openParts(contract: ContractsResult): Value {
  const { name: of, interactions, checks, coverage, mutation, drift } = contract;
  const cells = coverage.filter(({ status }) => status === 'unaccounted');
  const survivors = mutation?.survivors.filter(({ reason }) => reason === null) ?? [];
  const differences = drift?.differences.filter(({ fails }) => fails) ?? [];
  const broken = interactions.filter((one) => interactionVerdict(one) === 'fail');
  return [
    firstOf(
      broken,
      FAILURES_SHOWN,
      (some) => some.map((one) => interactionFinding(of, one)),
      (left) => `${count(left, 'more failed interaction')} of contract ${of}`,
    ),
    checks
      .filter((one) => one.verdict !== 'pass')
      .map((one) =>
        finding(one.name, one.verdict, `over the whole pact of ${of}`, [checkSaid(one.detail)]),
      ),
    listFinding(
      count(cells.length, 'cell has no account', 'cells have no account'),
      of,
      cells.map(({ group, name }) => `${group}: ${name}`),
    ),
    listFinding(
      count(
        survivors.length,
        'kind of survivors has no reason',
        'kinds of survivors have no reason',
      ),
      of,
      survivors.map(({ mutation: one }) => mutantSaid(one)),
    ),
    listFinding(
      count(
        differences.length,
        'difference from a published model',
        'differences from published models',
      ),
      of,
      differences.map(driftRowSaid),
    ),
  ];
}

function interactionFinding(of: string, one: InteractionResult): Markup {
  return finding(one.description, 'fail', `in contract ${of}, ${sides(one)}`, [
    interactionTroubleSaid(one),
  ]);
}

function listFinding(title: string, of: string, items: readonly string[]): Value {
  if (items.length === 0) return null;
  return markup`<div class="finding fail"><h3>${title}</h3><p class="small">${verdictWord('fail')} in contract ${of}</p>${list(items)}</div>`;
}

function sides({ consumer, provider }: InteractionResult): string {
  if (consumer !== 'fail') return 'on the provider’s side';
  return provider === 'fail' ? 'on both sides' : 'on the consumer’s side';
}

/** That of BatchPutContact has its failure codes and errors, and those of campaigns their codes. */
function details(run: Run, contract: ContractsResult): Value {
  const { name: of, consumer, provider, durationMs } = contract;
  const operations = contractOperations(of);
  return [
    markup`<p class="small quiet">${consumer} and ${provider}, checked in ${duration(durationMs)}.${
      operations.length > 1 ? ` Operations: ${operations.join(', ')}.` : ''
    }</p>`,
    of === OPERATION.name ? [codesTable(run), errorsTable(run)] : dialCodeTables(run, operations),
    contractDetails(contract),
  ];
}
