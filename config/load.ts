/** Reads the configuration of a project. An error names file, line and column. */

import { relative } from 'node:path';
import { checkStaff } from '../campaigns/shifts.ts';
import { type FaultPlan, readFaultPlan } from '../emulator/faults/plan.ts';
import { readSeed } from '../emulator/seed.ts';
import { ordinaryFacts } from '../operation/connect/facts.ts';
import { UserError } from '../system/errors.ts';
import { repeatedMember } from '../system/repeated-member.ts';
import type { Config } from './config.ts';
import { evaluate, textIn } from './evaluate.ts';
import { type Position, placesInJson, placesInModule, START, wrongJsonAt } from './places.ts';
import { readShape } from './shape.ts';

export interface Loaded {
  /** Absolute path. */
  readonly file: string;
  readonly config: Config;
  /**
   * An error about a member.
   *
   * @param path such as `emulator.port`.
   */
  wrong(path: string, problem: string): UserError;
}

/**
 * @param file absolute path.
 * @throws UserError, one sentence with the place: `dialproof.config.json:4:3: region must be …`.
 */
export function loadConfig(file: string): Loaded {
  const fromHere = relative('', file);
  const shown = fromHere.startsWith('..') ? file : fromHere;
  const text = textIn(file, shown);
  const value = file.endsWith('.json') ? parsed(text, file, shown) : evaluate(file, shown);
  const placed = (path: string, said: string): UserError => {
    const { line, column } = placeIn(text, file, path);
    return new UserError(`${shown}:${line}:${column}: ${said}`);
  };
  try {
    const config = readShape(value, '');
    const plan = check(config);
    return {
      file,
      config: plan ? { ...config, faults: plan } : config,
      wrong: (path, problem) => placed(path, `${path}: ${problem}`),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw placed(pathIn(error.message), error.message);
  }
}

function placeIn(text: string, file: string, path: string): Position {
  try {
    return (file.endsWith('.json') ? placesInJson(text) : placesInModule(text, file))(path);
  } catch (error) {
    // JavaScript refuses some JSON, such as __proto__ twice. The sentence names the member all the same.
    if (error instanceof SyntaxError) return START;
    throw error;
  }
}

function parsed(text: string, file: string, shown: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const { line, column } = wrongJsonAt(text, message);
    throw new UserError(
      `${shown}:${line}:${column}: this is not JSON (${message.split(/ in JSON|, "|, \.\.\./)[0]}): correct it here`,
    );
  }
  const repeated = repeatedMember(text);
  if (repeated !== null) {
    const { line, column } = placeIn(text, file, repeated);
    throw new UserError(
      `${shown}:${line}:${column}: the member ${repeated} stands there twice: leave one out`,
    );
  }
  return value;
}

/** Checks what the form does not show. @returns the fault plan, if it is written out. */
function check({
  account,
  region,
  keys,
  instances,
  faults,
  agents,
}: Config): FaultPlan | undefined {
  const facts = ordinaryFacts({
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  });
  readSeed({ ...(instances && { instances }), ...(keys && { keys }) }, facts);
  if (typeof agents === 'object') {
    for (const [i, shift] of agents.entries()) {
      within(`agents[${i}]: `, () => checkStaff({ shifts: [shift] }));
    }
  }
  return typeof faults === 'object'
    ? within('faults.', () => readFaultPlan(faults), 'a fault plan')
    : undefined;
}

/** Puts the place of the whole before what is said of a part. */
function within<T>(place: string, read: () => T, whole = ''): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message } = error;
    const isWhole = whole !== '' && message.startsWith(`${whole} `);
    throw new UserError(
      isWhole ? `${place.slice(0, -1)}${message.slice(whole.length)}` : `${place}${message}`,
    );
  }
}

/** The path that a sentence of a reader begins with; of an unknown member the path of this member. */
function pathIn(sentence: string): string {
  const [, where, name] = /^(.*?) has no member '([^']*)'/.exec(sentence) ?? [];
  if (where === undefined) return sentence.replace(/: .*$/s, '');
  return where === 'the configuration' ? `${name}` : `${where}.${name}`;
}
