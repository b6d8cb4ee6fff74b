/** Reads the seed of an endpoint: JSON that adds instances, queues, numbers, campaign ids and keys. */

import type { Facts, Instance, Queue } from '../operation/connect/facts.ts';
import { UserError } from '../system/errors.ts';
import { anything, exactly, filledText, flag, having, list, optional } from '../system/read.ts';
import { patchFacts } from './control/facts-patch.ts';
import type { AccessKey } from './identity/keys.ts';

/** Every member may be left out. */
export interface Seed {
  readonly instances?: readonly SeedInstance[];
  readonly keys?: readonly SeedKey[];
}

/** A new instance, or additions to the existing instance with that id. */
export interface SeedInstance {
  readonly id: string;
  /** A queue takes the place of one with the same id. */
  readonly queues?: readonly Queue[];
  /** Phone numbers claimed to the instance (E.164). */
  readonly numbers?: readonly string[];
  /** Campaign ids that are known from then on, and no others; null accepts any, as an instance without does. */
  readonly campaigns?: readonly string[] | null;
}

export interface SeedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Epoch milliseconds from which the session token counts as expired. */
  readonly expiresAt?: number;
  /** The caller's account, 12 digits. Default the account of the endpoint. */
  readonly account?: string;
  /** ARN named in AccessDeniedException. Default one of the account's. */
  readonly principalArn?: string;
  /** Whether this is outbound campaigns, which alone may call BatchPutContact. Default true. */
  readonly servicePrincipal?: boolean;
}

/** A seed that was read, as additions to facts and keys. */
export interface ReadSeed {
  addedTo(facts: Facts): Facts;
  readonly keys: readonly AccessKey[];
}

const MOMENT = having<number>('a whole number of epoch milliseconds', Number.isSafeInteger, {
  type: 'integer',
});

export const ACCOUNT = having<string>(
  'an account of 12 digits',
  (value) => typeof value === 'string' && /^\d{12}$/.test(value),
  { type: 'string', pattern: '^\\d{12}$' },
);

const INSTANCE = exactly({
  id: anything,
  queues: optional(anything, []),
  numbers: optional(anything, []),
  campaigns: anything,
});

/** The form of a key of a seed. */
export const KEY = exactly({
  accessKeyId: filledText,
  secretAccessKey: filledText,
  sessionToken: optional(filledText, undefined),
  expiresAt: optional(MOMENT, undefined),
  account: optional(ACCOUNT, undefined),
  principalArn: optional(filledText, undefined),
  servicePrincipal: optional(flag, true),
});

const SEED = exactly(
  { instances: optional(list(INSTANCE), []), keys: optional(list(KEY), []) },
  'a seed',
);

/**
 * Reads a seed from parsed JSON.
 *
 * @param facts those of the endpoint: account and Region of what is added.
 * @throws UserError that names the place, such as `instances[0].queues[1].enabled`.
 */
export function readSeed(value: unknown, facts: Facts): ReadSeed {
  const seed = SEED(value, '');
  const { instances } = patchFacts(facts, { instances: seed.instances });
  const keys = seed.keys.map((key) => keyOf(key, facts));
  return {
    keys,
    addedTo: (before) => ({
      ...before,
      instances: instances.reduce<readonly Instance[]>(
        (all, one, i) => withInstance(all, one, seed.instances[i]?.campaigns !== undefined),
        before.instances,
      ),
    }),
  };
}

/** @param saysCampaigns whether the seed has a word on campaigns: without one they stay as they are. */
function withInstance(
  all: readonly Instance[],
  added: Instance,
  saysCampaigns: boolean,
): readonly Instance[] {
  const before = all.find(({ id }) => id === added.id);
  if (!before) return [...all, added];
  const queueIds = new Set(added.queues.map(({ id }) => id));
  const merged: Instance = {
    id: before.id,
    queues: [...before.queues.filter(({ id }) => !queueIds.has(id)), ...added.queues],
    numbers: [...new Set([...before.numbers, ...added.numbers])],
    campaigns: saysCampaigns
      ? added.campaigns && [...new Set([...(before.campaigns ?? []), ...added.campaigns])]
      : before.campaigns,
  };
  return all.map((one) => (one === before ? merged : one));
}

function keyOf(key: ReturnType<typeof KEY>, facts: Facts): AccessKey {
  const { sessionToken, expiresAt, servicePrincipal } = key;
  const { account = facts.account } = key;
  const own = servicePrincipal
    ? `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForConnectCampaigns/seeded`
    : `arn:aws:iam::${account}:user/seeded`;
  return {
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(account === facts.account ? {} : { account }),
    principalArn: key.principalArn ?? own,
    servicePrincipal,
  };
}

/** @throws UserError for a key id that is already in use. */
export function withKeys(
  keys: readonly AccessKey[],
  added: readonly AccessKey[],
): readonly AccessKey[] {
  const all = [...keys];
  for (const key of added) {
    if (all.some(({ accessKeyId }) => accessKeyId === key.accessKeyId)) {
      throw new UserError(`the access key ${key.accessKeyId} is there already: give it another id`);
    }
    all.push(key);
  }
  return all;
}
