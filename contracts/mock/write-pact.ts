/** Writes the pact of a consumer. Several processes can add to one file. */

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isObject } from '../../operation/aws/json.ts';
import { UserError } from '../../system/errors.ts';
import { parseJson } from '../../system/read.ts';
import type { Parties } from '../agreement/interaction.ts';
import { pactFileIn } from '../pact/pact-file.ts';
import type { ConsumerMock } from './mock.ts';
import { type OtherData, otherData } from './other-data.ts';

/** A pact is written in milliseconds. */
const STALE_MS = 10_000;
const RETRY_MS = 20;

/**
 * @param merge keeps the interactions that the file has, except those with the same description.
 * @param onOtherData told which interactions have other data than in the file.
 * @returns path of the file; null if no interaction was used, and nothing is written.
 * @throws UserError if the file cannot be written, or the one to be merged is no pact.
 */
export async function writeConsumerPact(
  mock: Pick<ConsumerMock, 'pact' | 'used'>,
  dir: string,
  parties: Parties,
  merge: boolean,
  onOtherData: (interactions: readonly OtherData[]) => void = () => {},
): Promise<string | null> {
  if (mock.used.length === 0) return null;
  checkName(parties.consumer);
  checkName(parties.provider);
  const file = pactFileIn(dir, parties);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new UserError(
      `the folder ${dir} cannot be made (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  const lock = `${file}.lock`;
  await takeLock(lock);
  try {
    const mine = mock.pact(parties) as { interactions: readonly object[] };
    const before = interactionsIn(file, merge);
    const others = otherData(
      mine.interactions.flatMap((now) => {
        const old = before.find((one) => keyOf(one) === keyOf(now));
        return old ? [[old, now] as const] : [];
      }),
    );
    if (others.length > 0) onOtherData(others);
    const interactions = sorted([...(merge ? before : []), ...mine.interactions]);
    const whole = `${file}.new`;
    writeFileSync(whole, `${JSON.stringify({ ...mine, interactions }, null, 2)}\n`);
    renameSync(whole, file);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return file;
}

/** @throws UserError for a name that would be a path. */
export function checkName(name: string): void {
  if (/[/\\]|^\.*$/.test(name)) {
    throw new UserError(`"${name}" names a file: leave out / and \\`);
  }
}

/** A folder is made by one process only. */
async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new UserError(`${lock} cannot be made (${code})`);
      if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
      else await wait(RETRY_MS);
    }
  }
}

function isStale(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > STALE_MS;
}

/** None in a file that is no pact. @throws UserError for such a file, if its interactions are to be kept. */
function interactionsIn(file: string, isKept: boolean): readonly object[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UserError(`${file} cannot be read (${code}), so nothing can be added to it`);
  }
  let pact: unknown;
  try {
    pact = parseJson(text, file);
  } catch {
    pact = null;
  }
  if (isObject(pact) && Array.isArray(pact.interactions)) return pact.interactions as object[];
  if (!isKept) return [];
  throw new UserError(`${file} is no pact, so nothing can be added to it: remove it`);
}

/** By description, the last of each. */
function sorted(interactions: readonly object[]): object[] {
  const byKey = new Map(
    interactions.map((one) => [
      keyOf(one as { description?: string; providerStates?: unknown }),
      one,
    ]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Two interactions of other people's pacts can have one description and different states. */
function keyOf({
  description = '',
  providerStates = [],
}: {
  description?: string;
  providerStates?: unknown;
}) {
  const names = (Array.isArray(providerStates) ? providerStates : []).map((one) =>
    isObject(one) ? String(one.name) : '',
  );
  return JSON.stringify([description, names]);
}
