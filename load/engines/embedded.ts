/** The embedded engine behind the interface that load runs use. */

import type { CheckCount } from '../../run/run.ts';
import { ENGINE_VERSION, type EngineResult, runK6Script } from '../engine/engine.ts';
import { EXIT } from '../engine/read/refusal.ts';
import type { K6Summary } from '../engine/result/summary.ts';
import { cutOf, type Engine, type EngineOutcome, STARTED_METRIC } from './engine.ts';

export const embeddedEngine: Engine = {
  name: 'dialproof',
  version: ENGINE_VERSION,
  async run({ historyFile, samples, rps, signal, onProgress, onSnapshots, ...run }) {
    const { script, env, loopbackOnly } = run;
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
    errors: [
      ...result.scriptErrors.map(({ message, count, where }) => ({
        kind: 'script threw' as const,
        message,
        count,
        where,
      })),
      // A threshold that ends the run tells so itself.
      ...(result.aborted && result.exitCode !== EXIT.thresholds
        ? [{ kind: 'ended early' as const, why: result.aborted }]
        : []),
    ],
    droppedIterations: result.droppedIterations,
    latenessP99Ms: validity.latenessP99Ms,
    eventLoopDelayP99Ms: validity.eventLoopDelayP99Ms,
    busy: { what: 'the generator’s event loop', share: validity.utilization },
    interrupted: result.interrupted,
    cutIterations: cutOf(summary.metrics[STARTED_METRIC]?.values.count, result.iterations),
    notes: [],
  };
}

function checksOf(group: K6Summary['root_group']): CheckCount[] {
  const own = group.checks.map(({ name, passes, fails }) => ({ name, passes, fails }));
  return [...own, ...group.groups.flatMap(checksOf)];
}
