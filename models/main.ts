/**
 * Writes the extracts of the published models, and the tables that are made from them.
 *
 * `npm run models -- FOLDER` reads the botocore package in FOLDER. `npm run models` writes only the tables, from
 * the extracts that are there.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extractOf } from './extract.ts';
import type { Extract, ServiceModel } from './model.ts';
import { type ExtractedService, SERVICES } from './services.ts';
import { tablesOf } from './tables.ts';

const ROOT = join(__dirname, '..');

function extractPath({ name }: ExtractedService): string {
  return join(ROOT, 'models', 'extracts', `${name}.json`);
}

function readVersion(folder: string): string {
  const file = join(folder, 'botocore', '__init__.py');
  if (!existsSync(file)) throw new Error(`${folder} has no folder botocore with an __init__.py`);
  const version = /^__version__ = '([^']+)'/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file} names no __version__`);
  return version;
}

function readModel(folder: string, file: string): ServiceModel {
  const path = join(folder, file);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  return JSON.parse(gunzipSync(readFileSync(`${path}.gz`)).toString('utf8'));
}

function writeExtract(folder: string, version: string, service: ExtractedService): void {
  const file = `botocore/data/${service.folder}/service-2.json`;
  const source = { package: 'botocore', version, file, licence: 'Apache-2.0' } as const;
  const extract = extractOf(readModel(folder, file), source, service.operations);
  writeFileSync(extractPath(service), `${JSON.stringify(extract, null, 2)}\n`);
}

function writeTables(service: ExtractedService): void {
  const folder = join(ROOT, 'operation', service.name, 'model');
  const extract = JSON.parse(readFileSync(extractPath(service), 'utf8')) as Extract;
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(tablesOf(extract, service.name))) {
    writeFileSync(join(folder, name), text);
  }
}

function format(): void {
  const biome = require.resolve('@biomejs/biome/bin/biome');
  const tables = SERVICES.filter(({ tables }) => tables).map(
    ({ name }) => `operation/${name}/model`,
  );
  const args = [biome, 'format', '--write', 'models/extracts', ...tables];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
}

try {
  const [folder] = process.argv.slice(2);
  if (folder !== undefined) {
    const version = readVersion(folder);
    for (const service of SERVICES) writeExtract(folder, version, service);
  }
  for (const service of SERVICES) if (service.tables) writeTables(service);
  format();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
