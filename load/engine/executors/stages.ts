/** Stages: from one target to the next, each over its duration. Pure. */

import type { Fields } from '../read/fields.ts';

export interface Stage {
  readonly durationMs: number;
  readonly target: number;
}

export function readStages(fields: Fields): Stage[] {
  return fields.list('stages').map((stage) => {
    const read = { durationMs: stage.duration('duration'), target: stage.whole('target', 0) };
    stage.finish();
    return read;
  });
}

export function totalMs(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stage.durationMs, 0);
}

/** The target at `elapsedMs`, on the straight line between two stages' targets. */
export function targetAt(start: number, stages: readonly Stage[], elapsedMs: number): number {
  let from = start;
  let left = elapsedMs;
  for (const { durationMs, target } of stages) {
    if (left < durationMs) return from + ((target - from) * left) / durationMs;
    left -= durationMs;
    from = target;
  }
  return from;
}

export interface Step {
  readonly atMs: number;
  readonly vus: number;
}

/** The moments at which a ramp of VUs gains or loses one, first to last. */
export function rampSteps(start: number, stages: readonly Stage[]): Step[] {
  const steps: Step[] = [{ atMs: 0, vus: start }];
  let from = start;
  let begin = 0;
  for (const { durationMs, target } of stages) {
    const change = Math.abs(target - from);
    const sign = Math.sign(target - from);
    if (durationMs === 0 && change > 0) steps.push({ atMs: begin, vus: target });
    else {
      for (let i = 1; i <= change; i += 1) {
        steps.push({ atMs: begin + (durationMs * i) / change, vus: from + sign * i });
      }
    }
    begin += durationMs;
    from = target;
  }
  return steps;
}
