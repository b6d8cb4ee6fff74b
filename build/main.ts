/** Makes dist/: the compiled sources, and the two files that are bundles. */

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { allContracts } from '../contracts/contract-list.ts';
import { writePact } from '../contracts/contracts.ts';
import { writeEventPact } from '../contracts/events/write-events.ts';
import { PACKAGE_ROOT } from '../system/package.ts';

const dist = (...path: string[]) => join(PACKAGE_ROOT, 'dist', ...path);

function compile(project: string): void {
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', project], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
}

/** faker has ES modules only, which jest cannot require: the locales in use go into one CommonJS file. */
function bundleFakers(): void {
  const licence = readFileSync(
    join(PACKAGE_ROOT, 'node_modules', '@faker-js', 'faker', 'LICENSE'),
    'utf8',
  );
  buildSync({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: ['generators/fakers.ts'],
    outfile: dist('generators', 'fakers.js'),
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minifyWhitespace: true,
    banner: {
      js: `/*! This file contains @faker-js/faker.\n\n${licence.replaceAll('*/', '* /')}\n*/`,
    },
    logLevel: 'warning',
  });
  rmSync(dist('generators', 'fakers.d.ts'));
}

/** What scenarios import: an ES module with k6's modules left open, for a user's own bundler. */
function bundleLoad(): void {
  buildSync({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: ['load/lib/index.ts'],
    outfile: dist('load', 'lib', 'index.mjs'),
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    external: ['k6', 'k6/*'],
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  compile('load/tsconfig.build.json');
  const types = dist('load', 'lib', 'index.d.ts');
  writeFileSync(dist('load', 'lib', 'index.d.mts'), readFileSync(types));
}

/** The pacts that `dialproof/contracts` serves. */
async function writeContracts(): Promise<void> {
  for (const contract of allContracts()) {
    const { results } = await writePact(contract, dist('pacts'));
    const failed = results.find(({ verdict }) => verdict !== 'pass');
    if (failed) throw new Error(`the pact is not whole: ${failed.description}: ${failed.detail}`);
  }
  await writeEventPact(dist('pacts'), () => {});
}

rmSync(dist(), { recursive: true, force: true });
compile('tsconfig.build.json');
bundleFakers();
bundleLoad();
void writeContracts();
