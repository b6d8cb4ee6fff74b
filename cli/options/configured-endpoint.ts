/** What a configuration says of the endpoint itself, for commands that have no flags for it. */

import { readSeed, type SeedInstance, type SeedKey } from '../../emulator/seed.ts';
import { type Choices, choose } from '../../operation/connect/choices.ts';
import { type Facts, ordinaryFacts } from '../../operation/connect/facts.ts';
import type { Configuration } from '../../run/run.ts';

/** What every command that writes a run gets. */
export interface Configured {
  /** What acted of the configuration; absent without one. */
  readonly configuration?: Configuration;
}

export interface ConfiguredEndpoint extends Configured {
  readonly configuredRegion?: string;
  readonly configuredAccount?: string;
  readonly configuredInstances?: readonly SeedInstance[];
  readonly configuredKeys?: readonly SeedKey[];
}

export function isConfigured(options: ConfiguredEndpoint): boolean {
  return configuredArgs(options).length > 0;
}

/** The options of a command without what a configuration says of the endpoint. */
export function withoutConfigured<Options extends ConfiguredEndpoint>(options: Options) {
  const {
    configuredRegion: _region,
    configuredAccount: _account,
    configuredInstances: _instances,
    configuredKeys: _keys,
    ...rest
  } = options;
  return rest;
}

/** Facts and further keys of an endpoint that is as the configuration says. The built-in instance stays the first. */
export function configuredSeed(
  options: ConfiguredEndpoint,
  choices: Choices = choose(),
): { readonly facts: Facts; readonly keys: ReturnType<typeof readSeed>['keys'] } {
  const { configuredRegion: region, configuredAccount: account } = options;
  const ordinary = ordinaryFacts({
    choices,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  });
  const { addedTo, keys } = readSeed(seedOf(options), ordinary);
  return { facts: addedTo(ordinary), keys };
}

/** The same for an emulator in a child process. */
export function configuredArgs(options: ConfiguredEndpoint): string[] {
  const { configuredRegion: region, configuredAccount: account } = options;
  const seed = seedOf(options);
  return [
    ...(region === undefined ? [] : ['--region', region]),
    ...(account === undefined ? [] : ['--account', account]),
    ...(Object.keys(seed).length === 0 ? [] : ['--seed', JSON.stringify(seed)]),
  ];
}

function seedOf({ configuredInstances: instances, configuredKeys: keys }: ConfiguredEndpoint) {
  return { ...(instances && { instances }), ...(keys && { keys }) };
}
