/** Instances of a divided run -> one result: their outcomes merged, their histories audited as one. */

import { isAbsolute, join } from 'node:path';
import { readPredictions } from '../../generators/corpus.ts';
import type { LoadResult } from '../../run/run.ts';
import type { LoadFault } from '../../run/statements/load.ts';
import { UserError } from '../../system/errors.ts';
import {
  faultsMetByAll,
  findingsOfFaults,
  namesMet,
  reasonsOfFaults,
} from '../endpoint/faults-met.ts';
import { type LedgerRow, readLedger, readLedgerFile } from '../endpoint/ledger.ts';
import { segmentsOf } from '../engine/read/segment.ts';
import { mergeOutcomes } from '../engine/result/merge.ts';
import { engineOutcomeOf } from '../engines/embedded.ts';
import { mergeHistories } from '../history/merge-histories.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { scenarioRow } from '../lib/profiles.ts';
import { type InstanceResult, readInstance } from './instance.ts';

export interface Instances {
  /** A folder for each. */
  readonly dirs: readonly string[];
  /** Null: where the first instance had it. */
  readonly corpusDir: string | null;
  /** Control doors of the endpoints, one for each ledger that there is. */
  readonly controlUrls: readonly string[];
  /** Folder that gets the merged history. */
  readonly outDir: string;
}

export interface MergedRun {
  readonly load: LoadResult;
  /** As read, in the order of the folders. */
  readonly instances: readonly InstanceResult[];
}

/** @throws UserError where the instances are not of one run. */
export async function mergeInstances(given: Instances): Promise<MergedRun> {
  const instances = await Promise.all(given.dirs.map(readInstance));
  const [first] = instances;
  const [firstDir] = given.dirs;
  if (!first || firstDir === undefined) throw new UserError('there is no instance to merge');
  checkSameRun(instances, given.dirs);
  const gaps = divisionFaults(instances, given.dirs);
  const historyFile = join(given.outDir, `${first.scenario}.history.tsv`);
  await mergeHistories(
    instances.map(({ history }, i) => join(given.dirs[i] ?? '', history)),
    historyFile,
  );
  const corpusDir =
    given.corpusDir ?? (isAbsolute(first.corpus) ? first.corpus : join(firstDir, first.corpus));
  const outcome = engineOutcomeOf(mergeOutcomes(instances.map((one) => one.outcome)));
  const faults = faultsMetByAll(
    instances.flatMap((one) => one.faults ?? []),
    instances.every(({ ledger }) => ledger !== null),
  );
  const load = await judgeRun({
    scenario: first.scenario,
    row: scenarioRow(first.ours),
    engine: { name: 'dialproof', version: first.engineVersion },
    outcome,
    historyFile,
    ledger: ledgerOf(instances, given),
    ledgerBefore: ledgerBeforeOf(instances, given),
    quota: first.quota,
    predictions: await readPredictions(corpusDir, first.manifest).catch((error: Error) => {
      throw new UserError(`cannot read the corpus ${corpusDir} (${error.message}): give --corpus`);
    }),
    // An instance that is missing may have sent what no line tells of.
    cut: outcome.cutIterations > 0 || gaps.length > 0,
    faults: namesMet(faults.counts),
    reasons: [
      ...gaps,
      ...cutShort(instances),
      ...(first.unexercised ?? []),
      ...(outcome.interrupted ? [] : reasonsOfFaults(faults)),
    ],
    findings: [
      { kind: 'divided', instances: instances.length },
      ...findingsOfFaults(faults),
      ...instances.flatMap(({ notes, outcome: { segment } }) =>
        notes.map((note) => ({
          kind: 'segment' as const,
          segment: segment.executionSegment,
          note,
        })),
      ),
    ],
  });
  return { load, instances };
}

/** What all instances of a run must have in common. */
const COMMON: Readonly<Record<string, (instance: InstanceResult) => string>> = {
  'run tag': ({ runTag }) => runTag,
  scenario: ({ scenario }) => scenario,
  corpus: ({ manifest }) => manifest.sha256,
  'engine version': ({ engineVersion }) => engineVersion,
  'segment sequence': ({ outcome }) => outcome.segment.executionSegmentSequence,
};

function checkSameRun(instances: readonly InstanceResult[], dirs: readonly string[]): void {
  for (const [what, of] of Object.entries(COMMON)) {
    const values = instances.map(of);
    const other = values.findIndex((value) => value !== values[0]);
    if (other < 0) continue;
    throw new UserError(
      `${dirs[other]} is of another run than ${dirs[0]}: its ${what} is ${values[other]}, not ${values[0]}`,
    );
  }
}

/** Segments that no instance ran, and segments that several instances ran. */
function divisionFaults(
  instances: readonly InstanceResult[],
  dirs: readonly string[],
): LoadFault[] {
  const [first] = instances;
  return segmentsOf(
    first?.outcome.segment ?? { executionSegment: '', executionSegmentSequence: '' },
  ).flatMap((segment): LoadFault[] => {
    const by = dirs.filter((_, i) => instances[i]?.outcome.segment.executionSegment === segment);
    if (by.length === 0) return [{ kind: 'segment missing', segment }];
    return by.length > 1 ? [{ kind: 'segment doubled', segment, by }] : [];
  });
}

/** An instance that its own figures ended: what is merged may keep the threshold, and is not the whole run. */
function cutShort(instances: readonly InstanceResult[]): LoadFault[] {
  return instances.flatMap(({ outcome: { abortion, segment } }) =>
    abortion
      ? [{ kind: 'segment cut short', segment: segment.executionSegment, why: abortion.why }]
      : [],
  );
}

/** Null unless the ledgers of all instances are there: a part of it would look like a loss. */
function ledgerOf(
  instances: readonly InstanceResult[],
  { dirs, controlUrls }: Instances,
): AsyncIterable<LedgerRow> | null {
  const kept = instances.flatMap(({ ledger }, i) =>
    ledger === null ? [] : [join(dirs[i] ?? '', ledger)],
  );
  if (controlUrls.length === 0 && kept.length < instances.length) return null;
  return oneAfterTheOther([...kept.map(readLedgerFile), ...controlUrls.map(readLedger)]);
}

/** Null unless each instance kept all that there was: a part of it would make the rest look new. */
function ledgerBeforeOf(
  instances: readonly InstanceResult[],
  { dirs, controlUrls }: Instances,
): AsyncIterable<LedgerRow> | null {
  const kept = instances.flatMap(({ ledgerBefore }, i) =>
    ledgerBefore ? [join(dirs[i] ?? '', ledgerBefore)] : [],
  );
  if (controlUrls.length > 0 || kept.length < instances.length) return null;
  return oneAfterTheOther(kept.map(readLedgerFile));
}

async function* oneAfterTheOther<T>(parts: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const part of parts) yield* part;
}
