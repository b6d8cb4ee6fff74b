/** The way of dial requests as lines for the terminal. */

import { duration, whole } from '../run/figures.ts';
import type { CampaignsResult } from '../run/run.ts';
import { agentsSaid, asideSaid, roadSteps, stageRows, throttledSaid } from './content/road.ts';

const BAR = 24;
/** Codes and reasons of a step. */
const PARTS = 3;

export function roadLines(campaigns: CampaignsResult): readonly string[] {
  const steps = roadSteps(campaigns);
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const width = Math.max(...steps.map(({ name }) => name.length));
  const digits = Math.max(...steps.map(({ count }) => whole(count).length));
  const bars = steps.map((step) => {
    const bar = '█'.repeat(Math.round((step.count / most) * BAR)).padEnd(BAR, '·');
    const line = `${step.name.padEnd(width)}  ${whole(step.count).padStart(digits)}  ${bar}`;
    return `  ${line}  ${asideSaid(step, PARTS)}`.trimEnd();
  });
  const stages = stageRows(campaigns).map(
    ({ stage, p50Ms, p95Ms }) => `  ${stage}: p50 ${duration(p50Ms)}, p95 ${duration(p95Ms)}`,
  );
  const agents = campaigns.campaigns.flatMap((one) =>
    one.agents ? `  ${agentsSaid(one.agents)}` : [],
  );
  const throttled = throttledSaid(campaigns);
  return [...bars, ...stages, ...agents, ...(throttled === null ? [] : [`  ${throttled}`])];
}
