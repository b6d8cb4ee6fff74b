/** A threshold's result as engines tell it, its expression read as they read it. */

import { readExpression } from '../../load/engine/metrics/expression.ts';
import type { MeasuredThreshold } from '../../load/engines/engine.ts';
import type { ThresholdResult } from '../../run/run.ts';

export function threshold(
  metric: string,
  expression: string,
  ok: boolean,
  value: number | null,
): MeasuredThreshold {
  const [, written = '', seconds] = /^(.*?)(?: in every (\d+)s)?$/.exec(expression) ?? [];
  const read = readExpression(written);
  if (!read) throw new Error(`${expression} is no expression`);
  const windowMs = seconds === undefined ? null : Number(seconds) * 1_000;
  return { metric, expression, promised: { ...read, windowMs }, ok, value };
}

/** The same in a result. */
export function judgedThreshold(...told: Parameters<typeof threshold>): ThresholdResult {
  return { ...threshold(...told), judged: true };
}
