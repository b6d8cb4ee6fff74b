/** One line about a load run that is under way. */

import type { EngineProgress } from '../../load/engines/engine.ts';

/**
 * The line, from what was told now and a while ago.
 *
 * @param before what was told last; null for the first time.
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
  return [
    `${name} ${seconds(elapsedMs)}${left === null ? '' : `, ${seconds(left)} left`}`,
    `${iterations} iterations${target ? ` (aim now ${Math.round(target.value)} ${target.unit})` : ''}`,
    `${requests} requests${rate === null ? '' : `, ${Math.round(rate)}/s`}`,
    ...(failed === undefined || failed === 0 ? [] : [`${failed} failed`]),
    ...(p95Ms == null ? [] : [`p95 ${p95Ms < 10 ? p95Ms.toFixed(1) : Math.round(p95Ms)} ms`]),
    ...(vus === undefined ? [] : [`${vus} VUs`]),
  ].join(' | ');
}

/** Gives the line for each thing that is told, remembering what was told half a second or more ago. */
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
