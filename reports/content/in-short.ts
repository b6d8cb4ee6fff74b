/** One line each on the figures of a scenario, an audit and the self-checks. */

import { count, latency, perSecond, rate, whole } from '../../run/figures.ts';
import type { AuditResult, CheckResult, LoadResult } from '../../run/run.ts';
import { invalidPart } from './generator.ts';
import { scriptTotalsOf } from './totals.ts';

/** One line on the self-checks. */
export function selfChecksSaid(checks: readonly CheckResult[]): string {
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
  return `${whole(passed)} of ${count(checks.length, 'check')} pass`;
}

/** One line on a scenario's figures. Also used where a report has room for one line only. */
export function loadSaid(load: LoadResult): string {
  const { requests, durationMs, validity } = load;
  const each = perSecond(requests, durationMs);
  return [
    count(requests, 'request'),
    ...(each === null ? [] : [`${rate(each)}/s`]),
    latenciesSaid(load),
    validity.valid ? 'figures valid' : `${invalidPart(validity)} not valid`.toUpperCase(),
  ].join(', ');
}

function latenciesSaid(load: LoadResult): string {
  const { latencyMs } = load;
  if (latencyMs) return `p50 ${latency(latencyMs.p50)}, p99 ${latency(latencyMs.p99)}`;
  const { p95 } = scriptTotalsOf({ load: [load] });
  return p95 === null ? 'no response time' : `p95 ${latency(p95)}`;
}

/** One line on an audit. */
export function auditSaid({ invariants }: AuditResult): string {
  if (invariants.length === 0) return 'no invariant was checked';
  const n = (verdict: string): number => invariants.filter((one) => one.verdict === verdict).length;
  return [
    `${n('holds')} of ${count(invariants.length, 'invariant')} hold`,
    ...(n('violated') > 0 ? [`${n('violated')} violated`] : []),
    ...(n('not decidable') > 0 ? [`${n('not decidable')} not asked`] : []),
  ].join(', ');
}
