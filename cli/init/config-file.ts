/** The configuration that `dialproof init` writes. */

import type { Project } from './project.ts';

/** A small load, which a busy machine bears too. */
const SETTINGS = (project: Project, scenario: string) => ({
  region: 'us-east-1',
  // `dialproof run` takes in the contracts where their packages are there.
  contracts: project.hasPact,
  contacts: { seed: 1, batches: 200 },
  emulator: { port: 4010 },
  scenarios: {
    smoke: { p95Ms: 5_000 },
    replay: { p95Ms: 5_000 },
    [`./${scenario}`]: { iterations: 10, pauseMs: 10, p95Ms: 5_000 },
  },
  publishing: { to: ['folder=site'] },
});

export function configFile(project: Project, kind: 'ts' | 'json', scenario: string): string {
  const settings = SETTINGS(project, scenario);
  if (kind === 'json') {
    const $schema = './node_modules/dialproof/schemas/config.schema.json';
    return `${JSON.stringify({ $schema, ...settings }, null, 2)}\n`;
  }
  const text = JSON.stringify(settings, null, 2)
    .replace(/^( *)"([A-Za-z]\w*)":/gm, '$1$2:')
    .replaceAll('"', "'")
    .replace(/([^{[,])$/gm, '$1,')
    .replace(/,$/, '');
  return `import { defineConfig } from 'dialproof';

// Flags of a command count before this file. dialproof's docs/configuration.md has all members.
export default defineConfig(${text});
`;
}
