/** The files that one instance of a divided run writes for `dialproof load merge`. */

import { readFile, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import type { CorpusManifest } from '../../generators/corpus.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { TargetFacts } from '../../run/run.ts';
import type { LoadFault, Note } from '../../run/statements/load.ts';
import { UserError } from '../../system/errors.ts';
import { object } from '../../system/read.ts';
import { endpointState } from '../endpoint/endpoint-figures.ts';
import { type FaultsMet, faultsMet } from '../endpoint/faults-met.ts';
import { saveLedger } from '../endpoint/ledger.ts';
import type { InstanceOutcome } from '../engine/engine.ts';
import type { SegmentText } from '../engine/read/segment.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { openOutputs } from '../engines/with-outputs.ts';
import { runWorker } from '../engines/workers/engine.ts';
import type { ScenarioName } from '../lib/profiles.ts';
import type { OutputChoices } from '../outputs/choices.ts';
import {
  environmentOf,
  isOnThisMachine,
  needsFaults,
  openHistory,
  type ScriptRun,
  systemEnvironment,
  unexercised,
  untried,
} from '../run/run-script.ts';

export const INSTANCE_FILE = 'instance.json';

/** Version 1 had sentences as notes, and did not name the shipped scenario. */
const SCHEMA = 'dialproof-instance/2';

export interface InstanceResult {
  readonly schema: typeof SCHEMA;
  /** What the script is called. */
  readonly scenario: string;
  /** The shipped scenario; null for a user's own script. */
  readonly ours: ScenarioName | null;
  readonly engineVersion: string;
  /** What the instances of one run have in common: their ClientTokens begin with it. */
  readonly runTag: string;
  readonly target: TargetFacts;
  readonly quota: Quota;
  readonly manifest: CorpusManifest;
  /** This path and the three that follow are relative to the folder of this file, or absolute. */
  readonly corpus: string;
  readonly history: string;
  /** Null where the endpoint outlives the instance, so that its ledger is read when all are merged, or where it is gone. */
  readonly ledger: string | null;
  /** The ledger as it was before the run, where it is kept. Older instances do not have it. */
  readonly ledgerBefore?: string | null;
  /** Null where the endpoint does not tell. */
  readonly faults: FaultsMet | null;
  /** What the script left out at its endpoint; absent in older files. */
  readonly unexercised?: readonly LoadFault[];
  /** What its outputs did not take. */
  readonly notes: readonly Note[];
  readonly outcome: InstanceOutcome;
}

export interface InstanceRun extends Omit<ScriptRun, 'engine'> {
  readonly segment: SegmentText;
  /** Awaited when all is ready to start. */
  readonly ready: () => Promise<void>;
  readonly facts: TargetFacts;
  /** They get this instance's part alone, under its segment. */
  readonly outputs: OutputChoices;
  /** Whether the endpoint ends with the instance, so that its ledger must be kept. */
  readonly keepLedger: boolean;
}

/** Runs a segment and writes its result, history and, where it must be kept, ledger. Judges nothing. */
export async function runAsInstance(run: InstanceRun): Promise<InstanceResult> {
  const { script, outDir, target } = run;
  const { controlUrl } = target;
  const historyFile = await openHistory(run);
  const before = controlUrl ? await endpointState(controlUrl) : null;
  const ledgerBefore = await keptAs('ledger-before.ndjson', run);
  const { end, ...told } = await openOutputs(run.outputs, {
    testid: run.runTag,
    scenario: script.name,
    segment: run.segment.executionSegment,
  });
  const outcome = await runWorker(
    {
      script: script.path,
      env: { ...systemEnvironment(), ...environmentOf(run) },
      historyFile,
      ...told,
      ...(run.rps === undefined ? {} : { rps: run.rps }),
      loopbackOnly: isOnThisMachine(target),
      ...(run.signal ? { signal: run.signal } : {}),
      ...(run.onProgress ? { onProgress: run.onProgress } : {}),
    },
    { segment: run.segment, ready: run.ready },
  );
  const notes = [...untried(run), ...(await end())];
  // A control door that is gone by now must not cost what was measured.
  const untold = ({ message }: Error) => {
    notes.push({ kind: 'endpoint untold', message });
    return null;
  };
  const after = controlUrl && before ? await endpointState(controlUrl).catch(untold) : null;
  const ledger = await keptAs('ledger.ndjson', run).catch(untold);
  const inside = relative(outDir, run.corpusDir);
  const result: InstanceResult = {
    schema: SCHEMA,
    scenario: script.name,
    ours: script.scenario,
    engineVersion: ENGINE_VERSION,
    runTag: run.runTag,
    target: run.facts,
    quota: target.quota,
    manifest: run.manifest,
    corpus: inside.startsWith('..') || isAbsolute(inside) ? resolve(run.corpusDir) : inside,
    history: basename(historyFile),
    ledger,
    unexercised: unexercised(run),
    ledgerBefore,
    faults: before && after ? faultsMet(before, after, needsFaults(script)) : null,
    notes,
    outcome,
  };
  await writeFile(join(outDir, INSTANCE_FILE), `${JSON.stringify(result, null, 1)}\n`);
  return result;
}

/** Keeps the ledger as it is now. @returns the name of the file; null where it is not to be kept. */
async function keptAs(file: string, { keepLedger, target, outDir }: InstanceRun) {
  if (!keepLedger || target.controlUrl === null) return null;
  await saveLedger(target.controlUrl, join(outDir, file));
  return file;
}

/** @throws UserError where `dir` has no result of an instance, or one of another version. */
export async function readInstance(dir: string): Promise<InstanceResult> {
  const file = join(dir, INSTANCE_FILE);
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ENOENT'
        ? `${dir} has no ${INSTANCE_FILE}: give the --out folders of "dialproof load run --execution-segment"`
        : `cannot read ${file} (${code ?? 'it is not JSON'})`,
    );
  }
  const { schema } = object(read, file);
  if (schema !== SCHEMA) {
    throw new UserError(
      `${file} has the format ${JSON.stringify(schema)}, and this dialproof merges ${SCHEMA}: merge with the dialproof that wrote it`,
    );
  }
  return read as InstanceResult;
}
