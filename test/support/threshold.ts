/** A threshold's result as engines tell it, its expression read as they read it. */

import { readExpression } from '../../load/engine/metrics/expression.ts';
import type { ThresholdResult } from '../../run/run.ts';

export function threshold(
  metric: string,
  expression: string,
  ok: boolean,
  value: number | null,
): ThresholdResult {
  const [, written = '', seconds] = /^(.*?)(?: in every (\d+)s)?$/.exec(expression) ?? [];
  const read = readExpression(written);
  if (!read) throw new Error(`${expression} is no expression`);
  const windowMs = seconds === undefined ? null : Number(seconds) * 1_000;
  return { metric, expression, promised: { ...read, windowMs }, ok, value, judged: true };
}
