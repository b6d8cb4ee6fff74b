/** Self-checks: run the harness against defects that it must catch. */

import { join } from 'node:path';
import { contractNamed } from '../../contracts/contract-list.ts';
import { verifyContract } from '../../contracts/contracts.ts';
import { BUG_NAMES, type BugName } from '../../emulator/bugs/bugs.ts';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { auditedQuota } from '../../load/audit/audited-quota.ts';
import type { Engine } from '../../load/engines/engine.ts';
import { openRoadSinks } from '../../load/road/road-sinks.ts';
import { BUG_CATCHERS } from '../../load/self-check/bug-catchers.ts';
import {
  type Emulated,
  nameOfBugCheck,
  SELF_CHECKS,
  type SelfCheck,
} from '../../load/self-check/self-checks.ts';
import { chooseCampaigns } from '../../operation/campaigns/choices.ts';
import type { RefusalName } from '../../operation/connect/batch-put-contact/refusals.ts';
import { choose } from '../../operation/connect/choices.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import type { CheckResult, ContractsResult } from '../../run/run.ts';
import type { CrashViolationKind } from '../../run/statements/crash.ts';
import type { RoadCrashKind } from '../../run/statements/road-crash.ts';
import { makeFolder } from '../../system/make-folder.ts';
import { crashTestOwn, crashTestOwnCampaigns } from './durable-emulator.ts';
import { putFaults, spawnOwnEmulator, targetOf } from './own-endpoints.ts';
import { newRunTag } from './put-load.ts';
import type { Stage } from './stages.ts';

/** Kills: the first is of an endpoint that has just begun. */
const CRASH_ROUNDS = 2;
/** Some of them come while a call is under way. */
const ROAD_CRASH_ROUNDS = 4;

export interface SelfCheckStage {
  readonly engine: Engine;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  /** The run's folder. */
  readonly outDir: string;
  /** Empty where no contract was written. The self-checks of the contract are then not run. */
  readonly contracts: readonly ContractsResult[];
}

/** Runs them one after the other. Those that are left at an interruption count as not exercised. */
export async function checkOurselves(
  { terminal, signal }: Stage,
  { contracts, outDir, ...run }: SelfCheckStage,
): Promise<CheckResult[]> {
  const dir = join(outDir, 'self-checks');
  await makeFolder(dir);
  const checks = { ...run, outDir: dir, signal, start: startEmulator, newRunTag };
  const results: CheckResult[] = [];
  for (const check of selfChecksOf(contracts, outDir)) {
    terminal.progress(`self-checks: ${results.length}, ${check.name}`);
    const result = signal.aborted ? null : await check.run(checks);
    results.push(
      result && !signal.aborted
        ? result
        : { name: check.name, verdict: 'not exercised', detail: { kind: 'interrupted' } },
    );
  }
  return results;
}

/** All self-checks that can run. Those of the contract need a written contract. */
export function selfChecksOf(contracts: readonly ContractsResult[], outDir: string): SelfCheck[] {
  const contract = contracts.find(({ name }) => name === 'BatchPutContact');
  const others = BUG_NAMES.flatMap((bug): SelfCheck[] => {
    const catcher = BUG_CATCHERS[bug];
    if (catcher.kind === 'crash test') return [crashCheck(bug, catcher.violation)];
    if (catcher.kind === 'road crash test') return [roadCrashCheck(bug, catcher.violation)];
    if (catcher.kind !== 'contract' || !contract) return [];
    return [contractCheck(bug, catcher.pins, contract, outDir)];
  });
  return [...SELF_CHECKS, ...others];
}

function contractCheck(
  bug: BugName,
  pins: RefusalName,
  { pactFile, interactions }: ContractsResult,
  outDir: string,
): SelfCheck {
  const name = nameOfBugCheck(bug);
  const pinnedBy = (description: string) =>
    interactions.find((one) => one.description === description)?.pins ?? description;
  return {
    name,
    async run({ signal }) {
      const emulator = await spawnOwnEmulator('stress', { bug: [bug], choice: {} }, true);
      try {
        const { url, controlUrl, credentials } = emulator;
        const target = { url, controlUrl, ...credentials };
        const file = join(outDir, pactFile);
        const { results } = await verifyContract(
          contractNamed('BatchPutContact'),
          file,
          target,
          () => {},
          signal,
        );
        const failing = results
          .filter(({ verdict }) => verdict === 'fail')
          .map(({ description }) => pinnedBy(description));
        return {
          name,
          verdict: failing.join() === pins ? 'pass' : 'fail',
          detail: { kind: 'interactions failing', pins, failing },
        };
      } finally {
        await emulator.close();
      }
    },
  };
}

function crashCheck(bug: BugName, sought: CrashViolationKind): SelfCheck {
  const name = nameOfBugCheck(bug);
  return {
    name,
    async run({ signal }) {
      const rounds = { rounds: CRASH_ROUNDS, seed: 1, ...(signal ? { signal } : {}) };
      const { violations } = await crashTestOwn({ bug: [bug] }, rounds, true);
      const found = violations.find(({ kind }) => kind === sought) ?? null;
      return {
        name,
        verdict: found ? 'pass' : 'fail',
        detail: { kind: 'crash violation', sought, found },
      };
    },
  };
}

function roadCrashCheck(bug: BugName, sought: RoadCrashKind): SelfCheck {
  const name = nameOfBugCheck(bug);
  return {
    name,
    async run({ signal }) {
      const rounds = { rounds: ROAD_CRASH_ROUNDS, seed: 1, ...(signal ? { signal } : {}) };
      const { violations } = await crashTestOwnCampaigns({ bug: [bug] }, rounds, true);
      const found = violations.find(({ kind }) => kind === sought) ?? null;
      return {
        name,
        verdict: found ? 'pass' : 'fail',
        detail: { kind: 'road crash violation', sought, found },
      };
    },
  };
}

async function startEmulator({ profile, bugs, faults, road }: Emulated) {
  const sinks = road ? await openRoadSinks() : null;
  const options = { bug: bugs, choice: {} };
  const emulator = await spawnOwnEmulator(profile, options, true, sinks?.urls);
  if (faults) await putFaults(emulator, faults);
  const quota = profile === 'aws' ? auditedQuota(QUOTA, {}, faults ?? undefined) : null;
  return {
    target: targetOf({
      ...emulator,
      quota,
      choices: choose(),
      ...(sinks ? { campaignChoices: chooseCampaigns(), ...sinks.doors } : {}),
    }),
    close: async () => {
      await emulator.close();
      await sinks?.close();
    },
  };
}
