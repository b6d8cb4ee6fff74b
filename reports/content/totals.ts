/** The run in four numbers: one of BatchPutContact, and one of the user's own scripts without a history. */

import { isRoad, type LoadResult, type Run } from '../../run/run.ts';
import { interactionVerdict, invariantVerdicts } from '../../run/verdict.ts';

export interface Totals {
  /** Items answered with a contact or a code under load; null without load. */
  readonly contacts: number | null;
  /** Of these, with a ContactId: that of a replay too, which creates nothing. */
  readonly created: number | null;
  /** Items of the generated corpus; null where none was made. */
  readonly generated: number | null;
  readonly interactions: { readonly passed: number; readonly of: number } | null;
  readonly requests: number | null;
  /** Requests not answered with 200; null without load. */
  readonly notOk: number | null;
  /** Each invariant once, over all scenarios; null without load. */
  readonly invariants: {
    readonly hold: number;
    readonly violated: number;
    readonly open: number;
    readonly of: number;
  } | null;
}

export function totalsOf(run: Run): Totals {
  const { load, contracts } = run;
  const interactions = contracts.flatMap((one) => one.interactions);
  const sumOf = (some: typeof load, of: (one: LoadResult) => number): number | null =>
    some.length === 0 ? null : some.reduce((total, one) => total + of(one), 0);
  const sum = (of: (one: LoadResult) => number) => sumOf(load, of);
  const batches = load.filter((one) => !isRoad(one));
  const verdicts = [...invariantVerdicts(run).values()];
  const of = (verdict: string) => verdicts.filter((one) => one === verdict).length;
  return {
    contacts: sumOf(batches, (one) => one.contacts),
    created: sumOf(batches, (one) => one.answered.CREATED ?? 0),
    generated: run.contacts?.contacts ?? null,
    interactions:
      contracts.length === 0
        ? null
        : {
            passed: interactions.filter((one) => interactionVerdict(one) === 'pass').length,
            of: interactions.length,
          },
    requests: sum((one) => one.requests),
    notOk: sum((one) => one.requests - (one.statuses['200'] ?? 0)),
    invariants:
      verdicts.length === 0
        ? null
        : {
            hold: of('holds'),
            violated: of('violated'),
            open: of('not decidable'),
            of: verdicts.length,
          },
  };
}

export interface ScriptTotals {
  readonly iterations: number;
  readonly requests: number;
  /** Requests that failed, as k6 defines it; null where that was not measured. */
  readonly failed: number | null;
  /** Results of all checks. */
  readonly checks: { readonly passed: number; readonly of: number };
  /** 95th percentile of the response times, milliseconds: the highest of all scripts; null where there is none. */
  readonly p95: number | null;
}

export function scriptTotalsOf({ load }: Pick<Run, 'load'>): ScriptTotals {
  const sum = (of: (one: LoadResult) => number): number =>
    load.reduce((total, one) => total + of(one), 0);
  const valuesOf = (metric: string, aggregate: string): number[] =>
    load.flatMap(
      ({ metrics }) => metrics.find(({ name }) => name === metric)?.values[aggregate] ?? [],
    );
  const failed = valuesOf('http_req_failed', 'passes');
  const p95 = valuesOf('http_req_duration', 'p(95)');
  const passed = sum(({ checks }) => checks.reduce((n, { passes }) => n + passes, 0));
  return {
    iterations: sum((one) => one.iterations),
    requests: sum((one) => one.requests),
    failed: failed.length === 0 ? null : failed.reduce((n, one) => n + one, 0),
    checks: {
      passed,
      of: passed + sum(({ checks }) => checks.reduce((n, { fails }) => n + fails, 0)),
    },
    p95: p95.length === 0 ? null : Math.max(...p95),
  };
}
