/** What failed, with its evidence, in Markdown. */

import { count, figure } from '../../run/figures.ts';
import type { InvariantResult, LoadResult, Run } from '../../run/run.ts';
import { interactionVerdict } from '../../run/verdict.ts';
import { evidenceSaid } from '../english/audit.ts';
import { checkSaid } from '../english/checks.ts';
import { interactionTroubleSaid } from '../english/contracts.ts';
import { campaignViolationSaid } from '../english/road.ts';
import { block, blocks, coded, line, type Room } from './room.ts';

export function failures(run: Run, room: Room): readonly string[] {
  const broken = run.contracts
    .flatMap(({ interactions }) => interactions)
    .filter((one) => interactionVerdict(one) === 'fail');
  const checks = run.contracts
    .flatMap(({ checks }) => checks)
    .filter((one) => one.verdict === 'fail');
  return [
    ...blocks(broken, room, (one) => [
      `Contract: ${line(one.description, room)}${block([interactionTroubleSaid(one)], room)}`,
    ]),
    ...blocks(checks, room, (one) => [
      `Contract check: ${line(one.name, room)}${block([checkSaid(one.detail)], room)}`,
    ]),
    ...blocks(
      run.campaigns?.checks.filter(({ verdict }) => verdict === 'fail') ?? [],
      room,
      (one) => [
        `Campaigns: ${line(one.name, room)}${block(one.evidence.map(campaignViolationSaid), room)}`,
      ],
    ),
    ...blocks(run.load, room, (load) => loadFailures(load, room)),
  ];
}

function loadFailures(
  { scenario: name, audit, ...load }: LoadResult,
  room: Room,
): readonly string[] {
  const where = line(name, room);
  return [
    ...blocks(
      load.thresholds.filter(({ ok, judged }) => judged && !ok),
      room,
      ({ metric, expression, value }) => [
        `Load ${where}: threshold ${coded(`${metric} ${expression}`, room)} not met: ${value === null ? 'no sample' : figure(value)}`,
      ],
    ),
    ...blocks(
      load.history ? audit.invariants.filter((one) => one.verdict === 'violated') : [],
      room,
      (one) => [invariantText(where, one, room)],
    ),
  ];
}

function invariantText(where: string, one: InvariantResult, room: Room): string {
  const times = one.violations > 0 ? ` ${count(one.violations, 'time')}` : '';
  return `Audit ${where}: **${one.verdict}**${times}: ${line(one.statement, room)} (${coded(one.name, room)})${block(one.evidence.map(evidenceSaid), room)}`;
}
