/** The planner: a million dial requests through the campaign engine in virtual time, in one process. */

import { spawnSync } from 'node:child_process';
import { extname, join } from 'node:path';
import { NODE_ARGS } from '../system/package.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;
const CONTACTS = 1_000_000;

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Each plan is made in a process of its own, so that its memory is its own. */
export function benchPlan(): readonly BenchResult[] {
  const campaigns = {
    'predictive, 40 agents, fill': ['predictive', 'fill'],
    'predictive, 40 agents, blast': ['predictive', 'blast'],
    'agentless, fill': ['agentless', 'fill'],
  };
  const all = Object.entries(campaigns).map(([label, args]) => ({
    label,
    rounds: Array.from({ length: ROUNDS }, () => measure(args)),
  }));
  const result = (name: string, unit: string, of: keyof Measured): BenchResult => ({
    name: `plan of ${CONTACTS} contacts, ${name}`,
    unit,
    rows: all.map(({ label, rounds }) => {
      const values = rounds.map((one) => one[of]);
      return { label, median: median(values), all: values };
    }),
    ratios: [],
  });
  return [
    result('time', 'seconds', 'seconds'),
    result('CPU time', 'CPU seconds', 'cpuSeconds'),
    result('most memory', 'MB', 'megabytes'),
  ];
}

function measure(args: readonly string[]): Measured {
  const child = join(__dirname, `plan-child${extname(__filename)}`);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...NODE_ARGS, child, String(CONTACTS), ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the plan failed: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
