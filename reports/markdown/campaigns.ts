/** Campaigns in Markdown: how far dial requests came, how long it took, what was checked. */

import { duration, whole } from '../../run/figures.ts';
import type { CampaignsResult, Run } from '../../run/run.ts';
import { failuresFirst } from '../../run/verdict.ts';
import { agentsSaid, asideSaid, roadSteps, stageRows } from '../content/road.ts';
import { line, type Room, rows, verdictText } from './room.ts';
import { table } from './text.ts';

export function campaignDetails({ campaigns }: Run, room: Room): readonly string[] {
  if (!campaigns) return [];
  return [
    table(
      ['Step', 'Dial requests', 'Of these, or of the others'],
      rows(roadSteps(campaigns), room, (step) => [
        [step.name, whole(step.count), line(asideSaid(step), room)],
      ]),
    ),
    ...campaignTimes(campaigns, room),
    table(
      ['Check', 'Checked', 'Violations', 'Verdict'],
      rows(failuresFirst(campaigns.checks), room, (one) => [
        [line(one.name, room), whole(one.checked), whole(one.violations), verdictText(one.verdict)],
      ]),
    ),
  ];
}

function campaignTimes(campaigns: CampaignsResult, room: Room): readonly string[] {
  const stages = stageRows(campaigns);
  const agents = campaigns.campaigns.flatMap(({ version, agents: one }) =>
    one ? `Version ${version}: ${agentsSaid(one)}.` : [],
  );
  return [
    ...(stages.length === 0
      ? []
      : [
          table(
            ['Stage', 'Version', 'Dial requests', 'p50', 'p95'],
            rows(stages, room, (one) => [
              [
                one.stage,
                String(one.version),
                whole(one.count),
                duration(one.p50Ms),
                duration(one.p95Ms),
              ],
            ]),
          ),
        ]),
    ...agents,
  ];
}
