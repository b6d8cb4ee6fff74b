/** Plans one campaign with one seed, and prints what that took. Arguments: contacts, mode, feeder. */

import { performance } from 'node:perf_hooks';
import { ORDINARY, planCampaign } from '../planner/plan.ts';
import type { PlanAsked } from '../run/plan.ts';

async function main([contacts, mode, feeder]: string[]): Promise<void> {
  const began = performance.now();
  const before = process.cpuUsage();
  const { outcomes } = await planCampaign({
    ...ORDINARY,
    contacts: Number(contacts),
    agents: 40,
    mode: mode as PlanAsked['mode'],
    feeder: feeder as PlanAsked['feeder'],
    seeds: [1],
  });
  if (outcomes.length !== 1) throw new Error('the plan has no outcome');
  const { user, system } = process.cpuUsage(before);
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(
    JSON.stringify({
      seconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1e6,
      megabytes: maxRSS / 1_000,
    }),
  );
}

void main(process.argv.slice(2));
