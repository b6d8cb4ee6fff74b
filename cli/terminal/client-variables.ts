/** The variables by which AWS clients find an endpoint of this machine: as lines for a shell, and for a child. */

import { exceptLoopback } from '../../system/loopback.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** All that the emulator serves, as the variables name them. */
export const SERVICES = ['CONNECT', 'CONNECTCAMPAIGNS', 'CONNECTCAMPAIGNSV2'] as const;

/** They come before the two variables of a key, or make it another key. */
const OTHER_KEYS = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN'];

/** The address, for each of these services. */
export function addressVariables(url: string, services: readonly string[]): Record<string, string> {
  return Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, url]));
}

/** boto3 and version 1 of the AWS CLI read AWS_DEFAULT_REGION only. */
export function regionVariables(region: string): Record<string, string> {
  return { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

export function keyVariables({ accessKeyId, secretAccessKey, sessionToken }: Key) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
  };
}

/** A line for each variable, but one for both names of the Region. */
export function exportLines(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables)
    .filter(([name]) => name !== 'AWS_DEFAULT_REGION')
    .map(([name, value]) =>
      name === 'AWS_REGION'
        ? `export AWS_REGION=${value} AWS_DEFAULT_REGION=${value}`
        : `export ${name}=${value}`,
    );
}

/** A line that takes away variables of this shell, without which the keys are not used. Empty if there are none. */
export function unsetLines(key: Key, env: Environment = process.env): string[] {
  const names = otherKeys(key).filter((name) => env[name]);
  return names.length === 0 ? [] : [`unset ${names.join(' ')}`];
}

/** The environment of a child that is to call the endpoint with this key, whatever keys the user has. */
export function withKey(env: NodeJS.ProcessEnv, key: Key): NodeJS.ProcessEnv {
  const others = otherKeys(key);
  const kept = Object.entries(env).filter(([name]) => !others.includes(name));
  return { ...Object.fromEntries(kept), ...exceptLoopback(env), ...keyVariables(key) };
}

const otherKeys = (key: Key) =>
  OTHER_KEYS.filter((name) => !(name === 'AWS_SESSION_TOKEN' && key.sessionToken));
