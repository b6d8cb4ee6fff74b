/** Runs one instance of a divided run, from the ready generator to the result files. */

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { INSTANCE_FILE, runAsInstance } from '../../load/divide/instance.ts';
import type { OutputChoices } from '../../load/outputs/choices.ts';
import { noteSaid } from '../../reports/english/load.ts';
import type { TargetFacts } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { makeOutFolder } from '../../system/make-folder.ts';
import type { Division } from '../options/instance-options.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { progressOf } from '../terminal/load-progress.ts';
import { targetOf } from './own-endpoints.ts';
import type { LoadStage } from './put-load.ts';
import type { Stage } from './stages.ts';

/** The folder of an instance. @throws UserError where one has left its result there. */
export async function openInstanceFolder(dir: string): Promise<string> {
  const taken = await access(join(dir, INSTANCE_FILE)).then(
    () => true,
    () => false,
  );
  if (taken) {
    throw new UserError(`${dir} already has the result of an instance: give another --out`);
  }
  await makeOutFolder(dir);
  return dir;
}

export interface InstanceStage extends Omit<LoadStage, 'engine'> {
  readonly division: Division;
  readonly facts: TargetFacts;
  readonly outputs: OutputChoices;
}

/**
 * @returns the exit code. It is 0 when the segment has run, whatever it measured: the merge judges the figures.
 * @throws Error where there is no load to run.
 */
export async function putInstance(
  { terminal, signal }: Stage,
  { division, facts, outputs, endpointFor, corpusDir, manifest, outDir, loads }: InstanceStage,
): Promise<number> {
  const [load] = loads;
  if (!load) throw new Error('there is nothing to run');
  const { script, endpoint, values } = load;
  const { segment, runTag, startAt } = division;
  const at = await endpointFor(endpoint);
  const line = progressOf(`${script.name} ${segment.executionSegment}`);
  const result = await runAsInstance({
    script,
    values,
    segment,
    runTag,
    facts,
    outputs,
    keepLedger: facts.kind === 'embedded emulator',
    target: targetOf(at),
    ...(at.rps === undefined ? {} : { rps: at.rps }),
    corpusDir,
    manifest,
    outDir,
    signal,
    ready: () => untilStart(startAt, signal, (warning) => terminal.warn(warning)),
    onProgress: (progress) => terminal.progress(line(progress)),
  });
  for (const note of result.notes) terminal.warn(noteSaid(note));
  const { iterations, interrupted } = result.outcome;
  if (terminal.json) terminal.document(result);
  else {
    terminal.say(
      `segment ${segment.executionSegment} of ${script.name}: ${iterations} iterations; "dialproof load merge" judges it together with the others: ${outDir}`,
    );
  }
  return interrupted ? EXIT_CODES.interrupted : EXIT_CODES.pass;
}

async function untilStart(
  startAt: Date | null,
  signal: AbortSignal,
  warn: (text: string) => void,
): Promise<void> {
  if (!startAt) return;
  const ms = startAt.getTime() - Date.now();
  if (ms < 0) {
    warn(
      `--start-at was ${Math.ceil(-ms / 1_000)} s ago: this instance starts later than the others`,
    );
    return;
  }
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
