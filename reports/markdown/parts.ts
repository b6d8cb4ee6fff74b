/** The parts of a run in Markdown: a row for each, with its verdict and its figures in short. */

import type { ContractsResult, Run } from '../../run/run.ts';
import {
  judgeAudit,
  judgeCampaigns,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeLoad,
  judgeMutation,
  judgeSelfChecks,
} from '../../run/verdict.ts';
import {
  coverageSaid,
  driftSaid,
  interactionsPassedSaid,
  mutationSaid,
} from '../content/contract-figures.ts';
import { isPlainRun } from '../content/coverage.ts';
import { auditSaid, loadSaid, selfChecksSaid } from '../content/in-short.ts';
import { campaignsSaid } from '../content/road.ts';
import { line, type Room, rows, verdictText } from './room.ts';
import { table } from './text.ts';

export function partsTable(run: Run, room: Room): string {
  return table(
    ['Part', 'Verdict', 'Figures'],
    [
      ...(run.contracts.length > 0
        ? run.contracts.flatMap((contract) => contractRows(contract, room))
        : isPlainRun(run)
          ? []
          : [['Contracts', 'not exercised', '']]),
      ...(run.campaigns
        ? [
            [
              'Campaigns',
              verdictText(judgeCampaigns(run.campaigns).verdict),
              campaignsSaid(run.campaigns),
            ],
          ]
        : []),
      ...(run.load.length === 0 ? [['Load and audit', 'not exercised', '']] : []),
      ...rows(run.load, room, (load) => [
        [`Load ${line(load.scenario, room)}`, verdictText(judgeLoad(load).verdict), loadSaid(load)],
        ...(load.history
          ? [
              [
                `Audit ${line(load.scenario, room)}`,
                verdictText(judgeAudit(load.audit)),
                auditSaid(load.audit),
              ],
            ]
          : []),
      ]),
      ...(run.selfChecks.length === 0
        ? []
        : [
            [
              'Self-checks',
              verdictText(judgeSelfChecks(run.selfChecks).verdict),
              selfChecksSaid(run.selfChecks),
            ],
          ]),
    ],
  );
}

function contractRows(contract: ContractsResult, room: Room): readonly (readonly string[])[] {
  const { name, interactions, coverage, mutation, drift } = contract;
  return [
    [
      `Contract ${line(name, room)}`,
      verdictText(judgeContracts(contract).verdict),
      interactionsPassedSaid(interactions),
    ],
    ...(coverage.length > 0
      ? [['Coverage', verdictText(judgeCoverage(coverage)), coverageSaid(coverage)]]
      : []),
    ...(mutation
      ? [['Mutation', verdictText(judgeMutation(mutation)), mutationSaid(mutation)]]
      : []),
    ...(drift ? [['Drift', verdictText(judgeDrift(drift)), line(driftSaid(drift), room)]] : []),
  ];
}
