/** A run as a few lines for the end of the terminal output. */

import { duration } from '../run/figures.ts';
import type { ContractsResult, Run, RunVerdict } from '../run/run.ts';
import {
  judgeAudit,
  judgeCampaigns,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeLoad,
  judgeMutation,
  judgeSelfChecks,
  standing,
} from '../run/verdict.ts';
import { visibleLine } from '../system/visible.ts';
import {
  coverageSaid,
  driftSaid,
  interactionsPassedSaid,
  mutationSaid,
} from './content/contract-figures.ts';
import { gaps, isPlainRun } from './content/coverage.ts';
import { auditSaid, loadSaid, selfChecksSaid } from './content/in-short.ts';
import { campaignsSaid } from './content/road.ts';
import { runReasonSaid } from './english/run.ts';

/** The role of a piece of text, from which a terminal with colours chooses its style. */
export type Tone = RunVerdict | 'alarm' | 'quiet';

/** Gives a piece of text its colour, or returns it as it is. Must not change its letters. */
export type Paint = (tone: Tone, text: string) => string;

const plain: Paint = (_, text) => text;
const VERDICT_WIDTH = 'not exercised'.length;

/**
 * The summary, a string per line, without trailing newline or any control character but `paint`'s.
 *
 * @param paint colours a piece of text; without it the text is plain.
 */
export function summaryLines(run: Run, paint: Paint = plain): readonly string[] {
  const { verdict, reasons } = standing(run);
  const head = `dialproof ${visibleLine(run.id)}, seed ${run.seed}, ${duration(run.durationMs)}`;
  return [
    `${paint(verdict, verdict.toUpperCase())}  ${head}`,
    ...run.target.bugs.map((bug) => `  ${paint('alarm', `SEEDED BUG ${visibleLine(bug)}`)}`),
    ...reasons.map((reason) => `  ${paint(verdict, '-')} ${visibleLine(runReasonSaid(reason))}`),
    '',
    ...parts(run, paint),
    ...unexercised(run, paint),
  ];
}

/** What a run has a verdict on, with a line about it. */
export interface Part {
  readonly name: string;
  readonly verdict: RunVerdict;
  readonly said: string;
}

function parts(run: Run, paint: Paint): readonly string[] {
  const rows = partsOf(run);
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, verdict, said }) =>
    `  ${name.padEnd(width)}  ${paint(verdict, verdict)}${' '.repeat(VERDICT_WIDTH - verdict.length)}  ${said}`.trimEnd(),
  );
}

/** The parts of a run in the order in which they are done. */
export function partsOf(run: Run): readonly Part[] {
  return [
    ...(run.contracts.length > 0
      ? run.contracts.flatMap(contractParts)
      : isPlainRun(run)
        ? []
        : [NO_CONTRACTS]),
    ...campaignsPart(run),
    ...run.load.flatMap((load) => [
      {
        name: `load ${visibleLine(load.scenario)}`,
        verdict: judgeLoad(load).verdict,
        said: loadSaid(load),
      },
      ...(load.history
        ? [
            {
              name: `audit ${visibleLine(load.scenario)}`,
              verdict: judgeAudit(load.audit),
              said: auditSaid(load.audit),
            },
          ]
        : []),
    ]),
    ...selfCheckPart(run),
    ...(run.load.length === 0
      ? [{ name: 'load', verdict: 'not exercised' as const, said: '' }]
      : []),
  ];
}

function campaignsPart({ campaigns }: Run): readonly Part[] {
  if (!campaigns) return [];
  const { verdict } = judgeCampaigns(campaigns);
  return [{ name: 'campaigns', verdict, said: campaignsSaid(campaigns) }];
}

function selfCheckPart({ selfChecks }: Run): readonly Part[] {
  if (selfChecks.length === 0) return [];
  const { verdict } = judgeSelfChecks(selfChecks);
  return [{ name: 'self-checks', verdict, said: selfChecksSaid(selfChecks) }];
}

const NO_CONTRACTS: Part = { name: 'contracts', verdict: 'not exercised', said: '' };

function contractParts(contract: ContractsResult): readonly Part[] {
  const { interactions } = contract;
  return [
    {
      name: `contract ${visibleLine(contract.name)}`,
      verdict: judgeContracts(contract).verdict,
      said: interactionsPassedSaid(interactions),
    },
    ...contractRows(contract),
  ];
}

/** Rows only for what was done: the checks over them are among those of the contract. */
function contractRows({ coverage, mutation, drift }: ContractsResult): readonly Part[] {
  const rows: readonly (readonly [string, RunVerdict, string] | null)[] = [
    coverage.length > 0 ? ['coverage', judgeCoverage(coverage), coverageSaid(coverage)] : null,
    mutation && ['mutation', judgeMutation(mutation), mutationSaid(mutation)],
    drift && ['drift', judgeDrift(drift), driftSaid(drift)],
  ];
  return rows.flatMap((row) =>
    row ? [{ name: row[0], verdict: row[1], said: visibleLine(row[2]) }] : [],
  );
}

function unexercised(run: Run, paint: Paint): readonly string[] {
  const found = gaps(run);
  if (found.length === 0) return [];
  return ['', `  ${paint('not exercised', 'not exercised:')} ${visibleLine(found.join(', '))}`];
}
