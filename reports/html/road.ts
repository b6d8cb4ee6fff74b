/** The figures of the road from dial requests to ended calls: steps, stages, and what the agents did. */

import { duration, whole } from '../../run/figures.ts';
import type { AgentsResult, CampaignsResult } from '../../run/run.ts';
import { agentsSaid, asideSaid, percent, roadSteps, STEPS, stageRows } from '../content/road.ts';
import { chart, type Point } from './chart.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { table } from './parts.ts';

/** A column for each version of outbound campaigns. */
export function versions({ campaigns }: CampaignsResult) {
  return campaigns.map(({ version }) => ({
    head: `Version ${String(version)}`,
    number: true as const,
    short: true as const,
  }));
}

export function agentsParts({ campaigns }: CampaignsResult): Value {
  return campaigns.map(({ version, agents }) => agents && agentsPart(version, agents));
}

export function stepsTable(result: CampaignsResult): Markup {
  const { campaigns } = result;
  const each = campaigns.map((one) => roadSteps({ campaigns: [one] }));
  return table(
    markup`How many dial requests got how far, by ${campaigns.map(({ operation }) => operation).join(' and ')}.`,
    [{ head: 'Step' }, ...versions(result), { head: 'The others' }],
    roadSteps(result).map((step) => ({
      cells: [
        markup`<span class="v">${step.name}</span>`,
        ...each.map((steps) => whole(steps.find(({ name }) => name === step.name)?.count ?? 0)),
        (step.name === STEPS.ended ? '' : asideSaid(step)) || '–',
      ],
    })),
  );
}

export function stagesTable(result: CampaignsResult): Value {
  const rows = stageRows(result);
  if (rows.length === 0) return null;
  const number = { number: true, short: true } as const;
  return table(
    'How long the stages took.',
    [
      { head: 'Stage' },
      { head: 'Version', ...number },
      { head: 'Count', ...number },
      { head: 'p50', ...number },
      { head: 'p95', ...number },
    ],
    rows.map(({ stage, version, count, p50Ms, p95Ms }) => ({
      cells: [stage, version, whole(count), duration(p50Ms), duration(p95Ms)],
    })),
  );
}

function agentsPart(version: number, agents: AgentsResult): Markup {
  const { occupancy, series } = agents;
  const said = agentsSaid(agents);
  const points = (of: (one: AgentsResult['series'][number]) => number | null): Point[] =>
    series.map((one) => [one.second, of(one)]);
  return markup`<h3>The agents of version ${version}</h3><p>${said}.</p>${
    series.length < 2
      ? null
      : markup`<div class="charts">${[
          chart({
            small: true,
            title: 'Occupancy',
            unit: 'per cent of the agents’ time',
            description: `${occupancy === null ? 'No agent was there' : `${percent(occupancy)} over the whole campaign`}.`,
            lines: [
              {
                label: 'occupied',
                look: 'main',
                filled: true,
                points: points((one) => (one.occupancy === null ? null : one.occupancy * 100)),
              },
            ],
          }),
          chart({
            small: true,
            title: 'Calls',
            unit: 'at a moment',
            description: `At most ${whole(Math.max(...series.map((one) => one.withAgents)))} calls were with agents, and ${whole(Math.max(...series.map((one) => one.ringing)))} were ringing.`,
            lines: [
              { label: 'agents', look: 'main', points: points((one) => one.withAgents) },
              { label: 'ringing', look: 'second', points: points((one) => one.ringing) },
            ],
          }),
        ]}</div>`
  }`;
}
