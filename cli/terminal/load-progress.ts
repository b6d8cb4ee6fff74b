/** Formats one line about a running load run. */

import type { EngineProgress } from '../../load/engines/engine.ts';

/**
 * The line, made of the current progress and an earlier one.
 *
 * @param before the earlier progress; null for the first line.
 */
export function loadProgress(
  name: string,
  now: EngineProgress,
  before: EngineProgress | null,
): string {
  const { elapsedMs, plannedMs, iterations, requests, failed, vus, target, p95Ms } = now;
  const passedMs = elapsedMs - (before?.elapsedMs ?? 0);
  const rate = passedMs > 0 ? ((requests - (before?.requests ?? 0)) * 1_000) / passedMs : null;
  const left = plannedMs == null ? null : Math.max(0, plannedMs - elapsedMs);
  // The most important first: a narrow terminal cuts off the rest.
  return [
    `${name} ${seconds(elapsedMs)}${left === null ? '' : `, ${seconds(left)} left`}`,
    ...(failed === undefined || failed === 0 ? [] : [`${failed} failed`]),
    ...(p95Ms == null ? [] : [`p95 ${p95Ms < 10 ? p95Ms.toFixed(1) : Math.round(p95Ms)} ms`]),
    ...(vus === undefined ? [] : [`${vus} VUs`]),
    `${rate === null ? '' : `${Math.round(rate)}/s, `}${requests} requests`,
    `${iterations} iterations${target ? ` (aim now ${Math.round(target.value)} ${target.unit})` : ''}`,
  ].join(' | ');
}

/** Makes the line for each progress, and compares it with the progress of half a second or more ago. */
export function progressOf(name: string): (now: EngineProgress) => string {
  let before: EngineProgress | null = null;
  return (now) => {
    const line = loadProgress(name, now, before);
    if (!before || now.elapsedMs - before.elapsedMs >= 500) before = now;
    return line;
  };
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1_000);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
