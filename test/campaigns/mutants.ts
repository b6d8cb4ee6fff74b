/** The room with one place of its source changed, as a module. */

import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import type { CreateEngine } from './chance.ts';

export interface Mutant {
  readonly file: string;
  /** Occurs once in the file. */
  readonly from: string;
  readonly to: string;
}

/** @param dir a temporary folder. */
export function mutated(dir: string, { file, from, to }: Mutant): CreateEngine {
  const root = mkdtempSync(join(dir, 'mutant-'));
  for (const room of ['operation', 'system']) {
    symlinkSync(join(PACKAGE_ROOT, room), join(root, room));
  }
  cpSync(join(PACKAGE_ROOT, 'campaigns'), join(root, 'campaigns'), { recursive: true });
  const path = join(root, 'campaigns', file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} places like ${from}`);
  writeFileSync(path, parts.join(to));
  return (
    require(join(root, 'campaigns/engine/create-engine.ts')) as { createEngine: CreateEngine }
  ).createEngine;
}
