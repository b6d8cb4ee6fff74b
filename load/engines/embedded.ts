/** The embedded engine behind the interface that load runs use. */

import type { LoadFault } from '../../run/statements/load.ts';
import type { EngineResult } from '../engine/engine.ts';
import { EXIT } from '../engine/read/refusal.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { checksOf, cutOf, type Engine, type EngineOutcome, STARTED_METRIC } from './engine.ts';

export const embeddedEngine: Engine = {
  name: 'dialproof',
  version: ENGINE_VERSION,
  async run({ historyFile, samples, rps, signal, onProgress, onSnapshots, ...run }) {
    const { script, env, loopbackOnly } = run;
    // Loaded on use: commands run it in processes of their own.
    const { runK6Script } = await import('../engine/engine.ts');
    const result = await runK6Script({
      script,
      loopbackOnly,
      env,
      consoleOutput: historyFile,
      ...(samples === undefined ? {} : { samples }),
      ...(rps === undefined ? {} : { rps }),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(onSnapshots ? { onSnapshot: (snapshot) => onSnapshots([snapshot]) } : {}),
    });
    return engineOutcomeOf(result);
  },
};

export function engineOutcomeOf(result: EngineResult): EngineOutcome {
  const { summary, validity } = result;
  return {
    startedAt: result.startedAt,
    durationMs: result.durationMs,
    iterations: result.iterations,
    requests: summary.metrics.http_reqs?.values.count ?? 0,
    thresholds: result.thresholds.map(({ samples: _, ...threshold }) => threshold),
    checks: checksOf(summary.root_group),
    metrics: shownMetrics(result),
    groups: summary.root_group,
    failedAnswers: result.failedAnswers,
    exitCode: result.exitCode,
    errors: errorsOf(result),
    droppedIterations: result.droppedIterations,
    latenessP99Ms: validity.latenessP99Ms,
    eventLoopDelayP99Ms: validity.eventLoopDelayP99Ms,
    busy: { what: 'the generator’s event loop', share: validity.utilization },
    interrupted: result.interrupted,
    cutIterations: Math.max(
      cutOf(summary.metrics[STARTED_METRIC]?.values.count, result.iterations),
      // The number is not known, but there may be such iterations.
      result.linesLost ? 1 : 0,
    ),
    notes: result.warnings.map((message) => ({ kind: 'warning', message })),
  };
}

/** The metrics without the zeros of those that got no sample. k6 hands such zeros to handleSummary. */
function shownMetrics({ summary, thresholds }: EngineResult): EngineOutcome['metrics'] {
  const empty = new Set(thresholds.filter(({ samples }) => samples === 0).map((one) => one.metric));
  return Object.fromEntries(
    Object.entries(summary.metrics).map(([name, one]) => {
      const isEmpty = empty.has(name) && one.type !== 'counter';
      return [name, isEmpty ? { ...one, values: {} } : one];
    }),
  );
}

/** The reasons for the exit code that thresholds and interruptions do not explain. */
function errorsOf({ scriptErrors, aborted, markedFailed, exitCode }: EngineResult): LoadFault[] {
  const errors: LoadFault[] = scriptErrors.map(({ message, count, where }) => ({
    kind: 'script threw',
    message,
    count,
    where: where === '' ? null : where,
  }));
  // A threshold that ends the run is reported as a missed threshold.
  if (aborted && exitCode !== EXIT.thresholds) errors.push({ kind: 'ended early', why: aborted });
  if (markedFailed !== null) errors.push({ kind: 'marked failed', why: markedFailed });
  const isToldElsewhere =
    exitCode === EXIT.ok || exitCode === EXIT.thresholds || exitCode === EXIT.interrupted;
  if (errors.length === 0 && !isToldElsewhere) {
    errors.push({ kind: 'engine failed', code: exitCode });
  }
  return errors;
}
