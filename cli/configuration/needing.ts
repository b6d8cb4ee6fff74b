/** The members of a configuration that need something of this machine. */

import { dirname } from 'node:path';
import type { Loaded } from '../../config/load.ts';
import type { Needing } from '../stages/configured-needs.ts';
import { hasSlash, isPlanFile, isScript, rebaseFrom } from './rows.ts';

export function needingOf({ config, file }: Loaded): Needing {
  const rebase = rebaseFrom(dirname(file));
  const { contracts, load, emulator, faults, scenarios, outputs, publishing } = config;
  const k6 = load?.k6 ?? 'k6';
  const { otlp, prometheus } = outputs ?? {};
  return {
    contracts: contracts === true,
    k6: load?.engine === 'k6' ? (hasSlash(k6) ? rebase(k6) : k6) : null,
    store: emulator?.store ?? null,
    faults: typeof faults === 'string' ? (isPlanFile(faults) ? rebase(faults) : faults) : null,
    scripts: Object.keys(scenarios ?? {})
      .filter(isScript)
      .map(rebase),
    outputs: { ...(otlp && { otlp }), ...(prometheus && { prometheus }) },
    targets: publishing?.to ?? [],
  };
}
