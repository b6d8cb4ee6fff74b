/** npm run bench [-- name …]: measures, side by side, and prints Markdown for docs/benchmarks.md. */

import '../cli/terminal/node-version.ts';
import { cpus } from 'node:os';
import { benchAudit } from './audit.ts';
import { benchCampaigns } from './campaigns.ts';
import { benchEmulator } from './emulator.ts';
import { benchEngine } from './engine.ts';
import { benchEngineWorkers } from './engine-workers.ts';
import { benchEvents } from './events.ts';
import { benchGenerators } from './generators.ts';
import { benchPlan } from './plan.ts';
import type { BenchResult } from './result.ts';
import { benchRetention } from './retention.ts';
import { benchStores } from './stores.ts';
import { benchThroughput } from './throughput.ts';
import { benchVus } from './vus.ts';

const BENCHES: Record<string, () => Promise<BenchResult | readonly BenchResult[] | string>> = {
  generators: benchGenerators,
  emulator: benchEmulator,
  engine: benchEngine,
  throughput: benchThroughput,
  vus: benchVus,
  'engine-workers': benchEngineWorkers,
  audit: benchAudit,
  stores: benchStores,
  campaigns: benchCampaigns,
  events: benchEvents,
  plan: async () => benchPlan(),
  retention: benchRetention,
};

async function main(names: string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown) {
    process.stderr.write(`unknown benchmark "${unknown}": choose from ${Object.keys(BENCHES)}\n`);
    process.exitCode = 2;
    return;
  }
  const cpu = cpus();
  process.stdout.write(`Node ${process.versions.node}, ${cpu.length} x ${cpu[0]?.model.trim()}\n`);
  for (const name of names.length > 0 ? names : Object.keys(BENCHES).filter(isShort)) {
    const result = await BENCHES[name]?.();
    for (const one of result === undefined ? [] : [result].flat()) {
      process.stdout.write(`\n${typeof one === 'string' ? one : markdown(one)}`);
    }
  }
}

/** A benchmark of twenty minutes is run by its name only. */
const isShort = (name: string) => name !== 'retention';

function markdown({ name, unit, rows, ratios, note }: BenchResult): string {
  const lines = rows.map(
    ({ label, median, all }) =>
      `| ${label} | ${figure(median)} | ${all.map(figure).join(', ')} |\n`,
  );
  return (
    `### ${name}\n\n| | ${unit}, median | rounds |\n|---|---|---|\n${lines.join('')}\n` +
    ratios
      .map(({ label, value, aim }) => `${label}: **${value.toFixed(2)}** (aim ${aim})\n`)
      .join('') +
    (note ? `\n${note}\n` : '')
  );
}

function figure(value: number): string {
  return value >= 1_000 ? String(Math.round(value)) : value.toFixed(1);
}

void main(process.argv.slice(2));
