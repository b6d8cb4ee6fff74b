/** The files with which the emulator is deployed, as their readers read them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../../system/package.ts';

export interface Instruction {
  readonly name: string;
  /** What follows the name, on one line. */
  readonly text: string;
}

/** The instructions of each stage, by its name; the last is `image`. */
export function stagesOf(dockerfile: string): Readonly<Record<string, readonly Instruction[]>> {
  const stages: Record<string, Instruction[]> = {};
  let current: Instruction[] = [];
  const lines = dockerfile.split('\n');
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const { start, end } = instruction.getRange();
    const name = instruction.getKeyword();
    // With its flags, which the parser keeps apart.
    const whole = lines.slice(start.line, end.line + 1).join('\n');
    const text = whole.replace(/\\\n\s*/g, '').slice(name.length + 1);
    if (name === 'FROM') {
      current = [];
      stages[/ AS (\S+)$/.exec(text)?.[1] ?? 'image'] = current;
    }
    current.push({ name, text });
  }
  return stages;
}

/** The texts of all instructions of one name. */
export const textsOf = (stage: readonly Instruction[], name: string): string[] =>
  stage.filter((one) => one.name === name).map(({ text }) => text);

/** `A=b C="d e"` of ENV and LABEL. */
export function pairsOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S*))/g);
  return Object.fromEntries([...pairs].map(([, key, quoted, plain]) => [key, quoted ?? plain]));
}

export const deployFile = (...path: string[]): string =>
  readFileSync(join(PACKAGE_ROOT, ...path), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: what YAML holds is asked for member by member.
export const deployYaml = (...path: string[]): any => parse(deployFile(...path), { merge: true });
