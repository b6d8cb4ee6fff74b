/** The keys of the callers of `contracts verify`: from the environment, a file, or the AWS SDK's chain. */

import { readFileSync } from 'node:fs';
import { CALLER_VARIABLES, type CallerKeys } from '../../contracts/provider/callers.ts';
import { credentialsAmong } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { UserError } from '../../system/errors.ts';
import { exactly, filledText, optional, orNull, parseWrittenJson } from '../../system/read.ts';
import type { SigningKey } from '../../system/sign-request.ts';
import { credentialsOfChain } from './aws-credentials.ts';

const key = exactly<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}>({
  accessKeyId: filledText,
  secretAccessKey: filledText,
  sessionToken: optional(orNull(filledText), null),
});

const readKeys = exactly({
  principal: optional(orNull(key), null),
  refused: optional(orNull(key), null),
  denied: optional(orNull(key), null),
  expired: optional(orNull(key), null),
});

interface Asked {
  readonly region: string;
  /** A JSON file with the keys. */
  readonly file?: string | undefined;
  readonly isLoopback: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A variable comes before the file. Without either, outbound campaigns signs with the keys of the SDK's chain. On
 * loopback, if the environment has no AWS keys, every caller signs with the keys that every emulator knows.
 *
 * @throws UserError if the file cannot be read. @throws UnavailableError if the chain has no keys.
 */
export async function callerKeys(asked: Asked): Promise<CallerKeys> {
  const { region, file, isLoopback, env = process.env } = asked;
  const inFile = file === undefined ? {} : keysIn(file);
  const given = (name: keyof CallerKeys): SigningKey | null =>
    keyInEnvironment(CALLER_VARIABLES[name].variable, env) ?? inFile[name] ?? null;
  const keys = {
    principal: given('principal'),
    outsider: given('outsider'),
    denied: given('denied'),
    expired: given('expired'),
  };
  if (keys.principal) return keys;
  if (isLoopback && !env.AWS_ACCESS_KEY_ID && !env.AWS_PROFILE) {
    const ordinary = credentialsAmong(ORDINARY_KEYS);
    return {
      principal: ordinary.principal,
      outsider: keys.outsider ?? ordinary.outsider,
      denied: keys.denied ?? ordinary.denied,
      expired: keys.expired ?? ordinary.expired,
    };
  }
  return { ...keys, principal: await credentialsOfChain(region) };
}

/** @throws UserError if a variable has one half of a key only. */
function keyInEnvironment(variable: string, env: NodeJS.ProcessEnv): SigningKey | null {
  const id = env[`${variable}_ACCESS_KEY_ID`];
  const secret = env[`${variable}_SECRET_ACCESS_KEY`];
  if (!id && !secret) return null;
  if (!id || !secret) {
    throw new UserError(
      `set both ${variable}_ACCESS_KEY_ID and ${variable}_SECRET_ACCESS_KEY, or neither`,
    );
  }
  const token = env[`${variable}_SESSION_TOKEN`];
  return { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) };
}

function keysIn(file: string): Partial<Record<keyof CallerKeys, SigningKey | null>> {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`the credentials ${file} cannot be read: give a JSON file`);
  }
  const { principal, refused, denied, expired } = readKeys(parseWrittenJson(json, file), file);
  const signing = (one: typeof principal): SigningKey | null =>
    one && { ...one, sessionToken: one.sessionToken ?? undefined };
  return {
    principal: signing(principal),
    outsider: signing(refused),
    denied: signing(denied),
    expired: signing(expired),
  };
}
