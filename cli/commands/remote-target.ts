/** Load on an endpoint of another machine: checks that it is allowed, caps its rate, signs it, and announces it. */

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { isFictional } from '../../generators/fiction-numbers.ts';
import { SCENARIOS, type ScenarioName } from '../../load/lib/profiles.ts';
import { QUOTA, type Quota } from '../../operation/connect/limits.ts';
import { UserError } from '../../system/errors.ts';
import { type ChainCredentials, credentialsOfChain } from '../options/aws-credentials.ts';
import type { EmulatorProcess } from '../stages/emulator-process.ts';
import type { LoadEndpoint } from '../stages/own-endpoints.ts';
import type { Load } from '../stages/put-load.ts';

export interface RemoteOptions {
  readonly quota?: Quota;
  readonly allowRemote?: boolean;
  readonly raiseCap?: number;
}

/** @throws UserError where the options do not allow load on that endpoint. */
export function allowRemote(url: URL, { allowRemote: allowed }: RemoteOptions): void {
  if (url.protocol !== 'https:') {
    throw new UserError(
      `${url.hostname} is not on this machine, so load goes there over https only: use an https URL`,
    );
  }
  if (!allowed) {
    throw new UserError(
      `${url.hostname} is not on this machine: add --allow-remote if you may put load on it`,
    );
  }
}

/** The most requests a second that the endpoint gets, even where the script asks for more. */
export function capOf({ raiseCap }: RemoteOptions): number {
  return raiseCap ?? QUOTA.ratePerSecond;
}

/** @throws UserError where a scenario of ours plans to send faster than the cap lets it. */
export function checkRate({ script, values }: Load, cap: number): void {
  if (!Object.hasOwn(SCENARIOS, script.name)) return;
  const profile = { ...SCENARIOS[script.name as ScenarioName].profile, ...values } as Readonly<
    Record<string, number>
  >;
  for (const key of ['rate', 'peak', 'quotaRate', 'pastRate']) {
    const planned = profile[key];
    // At the quota's rate, `quota` leaves out what exceeds it.
    if (key === 'pastRate' && cap <= (profile.quotaRate ?? 0)) continue;
    if (planned !== undefined && planned > cap) {
      const quota = `${QUOTA.ratePerSecond} requests a second is the published quota`;
      throw new UserError(
        `${script.name} plans ${key} ${planned}, but a remote endpoint gets at most ${cap} requests a second (${quota}): ` +
          `give --set ${key}=${cap}, or --raise-cap ${planned} if the account's quota is higher`,
      );
    }
  }
}

/**
 * The endpoint, with credentials from `find`.
 *
 * @param now epoch milliseconds.
 * @throws UserError where the credentials expire before the planned end of the load.
 */
export async function remoteEndpoint(
  url: URL,
  region: string,
  { script }: Load,
  options: RemoteOptions,
  find: (region: string) => Promise<ChainCredentials> = credentialsOfChain,
  now = Date.now(),
): Promise<LoadEndpoint> {
  const { expiration, ...key } = await find(region);
  const needed = now + (script.seconds ?? 0) * 1_000;
  if (expiration && expiration.getTime() <= needed) {
    throw new UserError(
      `the AWS credentials expire at ${expiration.toISOString()}, before the end of ${script.name}: renew them first`,
    );
  }
  const credentials = {
    principal: key,
    outsider: key,
    otherAccount: null,
  } as EmulatorProcess['credentials'];
  return {
    url: url.origin,
    controlUrl: null,
    quota: options.quota ?? null,
    region,
    credentials,
    rps: capOf(options),
  };
}

/** The sentence that announces what will be sent, and where. */
export function announcement(
  { url, region, credentials, rps }: LoadEndpoint,
  { script }: Load,
  manifest: CorpusManifest,
): string {
  const { accessKeyId } = credentials.principal;
  const seconds = script.seconds ? `, about ${script.seconds} s` : '';
  return (
    `sending to ${url} (${region}) as ${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}: ${script.name}${seconds}, at most ${rps} requests ` +
    `a second of up to ${manifest.contactsPerBatch} contacts with fictional numbers, instance ${manifest.instanceId}`
  );
}

const NUMBER = /\+[1-9]\d{7,14}/g;
const RECORDS_AT_A_TIME = 64;

/** A fictional number with more digits after it reaches nobody either. Some failures need such a number. */
function reachesNobody(number: string): boolean {
  for (let length = number.length; length > 0; length -= 1) {
    if (isFictional(number.slice(0, length))) return true;
  }
  return false;
}

/** @throws UserError with the first number of the corpus that could be somebody's. */
export async function checkFiction(dir: string, { recordBytes }: CorpusManifest): Promise<void> {
  const file = await open(join(dir, 'batches.bin'));
  try {
    const buffer = Buffer.alloc(recordBytes * RECORDS_AT_A_TIME);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      const found = buffer.toString('latin1', 0, bytesRead).match(NUMBER) ?? [];
      const real = found.find((number) => !reachesNobody(number));
      if (real) {
        throw new UserError(
          `the corpus ${dir} has ${real}, which may be a real phone number: load on a remote endpoint needs fictional numbers`,
        );
      }
    }
  } finally {
    await file.close();
  }
}
