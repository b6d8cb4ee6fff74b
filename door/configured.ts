/** What the configuration of a project says of the emulator, for the emulator in a test. */

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { StaffPlan } from '../campaigns/shifts.ts';
import type { Config } from '../config/config.ts';
import { CONFIG_NAMES, findConfig, namedConfig } from '../config/find.ts';
import type { Loaded } from '../config/load.ts';
import { BUILT_IN_PLANS } from '../emulator/faults/built-in-plans.ts';
import { readFaultPlan } from '../emulator/faults/plan.ts';
import { UserError } from '../system/errors.ts';
import { parseJson } from '../system/read.ts';
import type { StartOptions } from './emulator.ts';

/**
 * Reads the configuration of the project.
 *
 * @param file a `dialproof.config.ts`, `.js` or `.json`. By default it is looked for in the working folder and above.
 * @returns options of `startEmulator`: Region, account, instances, keys, agents, choices, faults, and of `emulator`
 *   the quota, `speed` and `retention`. Ports, stores and files are not among them: each test has its own.
 * @throws UserError if there is no configuration, or for one that cannot be used.
 */
export function configuredOptions(file?: string): StartOptions {
  const path = file === undefined ? findConfig(process.cwd()) : namedConfig(file);
  if (path === null) {
    throw new UserError(
      `there is no configuration in ${process.cwd()} or above: write ${CONFIG_NAMES[0]} with "npx dialproof init", or name the file`,
    );
  }
  // It knows every scenario and every locale, so it is loaded only where it is asked for.
  const { loadConfig } = require('../config/load') as typeof import('../config/load.ts');
  const loaded = loadConfig(path);
  const { region, account, instances, keys, agents, choices, emulator = {} } = loaded.config;
  const { profile, rate, burst, speed, retention } = emulator;
  const faults = faultsOf(loaded);
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(instances || keys
      ? { seed: { ...(instances && { instances }), ...(keys && { keys }) } }
      : {}),
    ...(agents === undefined ? {} : { agents: staffOf(agents) }),
    ...(choices === undefined ? {} : { choices }),
    ...(faults === undefined ? {} : { faults }),
    ...(profile === undefined ? {} : { profile }),
    ...(rate === undefined ? {} : { rate }),
    ...(burst === undefined ? {} : { burst }),
    ...(speed === undefined ? {} : { speed }),
    ...(retention === undefined ? {} : { retentionSeconds: retention }),
  };
}

function staffOf(agents: NonNullable<Config['agents']>): StaffPlan {
  return typeof agents === 'number' ? { count: agents } : { shifts: agents };
}

/** A plan in a file is read here: the path counts from the folder of the configuration. */
function faultsOf({ config, file, wrong }: Loaded): StartOptions['faults'] {
  const { faults } = config;
  if (typeof faults !== 'string') return faults;
  const builtIn = Object.keys(BUILT_IN_PLANS).find((name) => name === faults);
  if (builtIn !== undefined) return builtIn as StartOptions['faults'];
  const path = resolve(dirname(file), faults);
  try {
    return readFaultPlan(parseJson(readFileSync(path, 'utf8'), faults));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw wrong('faults', code === undefined ? message : `cannot read ${faults} (${code})`);
  }
}
