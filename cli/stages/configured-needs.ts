/** What a configuration needs of this machine, as probes of `dialproof doctor`. */

import { access } from 'node:fs/promises';
import { openBackend } from '../../emulator/open-backend.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { needOutputPackages } from '../../load/outputs/choices.ts';
import { readDestination } from '../../publish/targets.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { readFaults } from '../options/fault-option.ts';
import { needContractPackages } from './stages.ts';

export interface Probe {
  readonly name: string;
  readonly needed: boolean;
  /** @returns what was found; rejects with what to do. */
  readonly look: () => Promise<string>;
}

/** Members of the configuration; paths count from the working folder. */
export interface Needing {
  readonly contracts: boolean;
  /** The command or path of k6; null where another engine is chosen. */
  readonly k6: string | null;
  readonly store: string | null;
  /** A plan's name or path; null where there is none, or it is written out. */
  readonly faults: string | null;
  readonly scripts: readonly string[];
  readonly outputs: { readonly otlp?: string; readonly prometheus?: string };
  readonly targets: readonly string[];
}

/** Any will do: the store is opened and closed. */
const QUOTA = { ratePerSecond: 1, burst: 1 };

export function probesOf(needing: Needing, env: NodeJS.ProcessEnv = process.env): Probe[] {
  const { contracts, k6, store, faults, scripts, outputs, targets } = needing;
  const { otlp, prometheus } = outputs;
  return [
    ...when(contracts, 'packages of contracts', async () => {
      needContractPackages();
      return 'installed';
    }),
    ...when(k6, 'k6', async (command) => (await findK6(command)).version),
    ...when(store, 'emulator.store', async (url) => {
      const { store: opened } = await openBackend(QUOTA, { store: url });
      await opened.close();
      return 'answers';
    }),
    ...when(otlp || prometheus, 'packages of outputs', async () => {
      needOutputPackages({
        ...(otlp && { otlp: new URL(otlp) }),
        ...(prometheus && { prometheus: new URL(prometheus) }),
      });
      return 'installed';
    }),
    ...when(faults, 'faults', async (plan) => {
      readFaults(plan);
      return plan;
    }),
    ...scripts.map((script) => ({
      name: 'scenario',
      needed: true,
      look: async () => {
        await access(script).catch((error: NodeJS.ErrnoException) => {
          throw new UserError(
            `cannot read ${script} (${error.code}): correct the path in scenarios`,
          );
        });
        return script;
      },
    })),
    ...targets.flatMap(readDestination).flatMap(({ target }): Probe[] => {
      const [variable] = target.reads;
      if (variable === undefined) return [];
      return [
        {
          name: `publishing ${target.name}`,
          // Other machines than the CI need not publish.
          needed: Boolean(env.CI),
          look: async () => {
            if (env[variable]) return `${variable} is set`;
            throw new UnavailableError(
              `${variable} is not set: set it in the environment of the job that publishes`,
            );
          },
        },
      ];
    }),
  ];
}

function when<T>(
  value: T | null | undefined | false | '',
  name: string,
  look: (value: T) => Promise<string>,
): Probe[] {
  return value ? [{ name, needed: true, look: () => look(value) }] : [];
}
