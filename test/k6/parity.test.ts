/**
 * Every scenario on the embedded engine and on a real k6: `npm run test:k6`, with a k6 on PATH or in
 * K6_BIN. Where there is none, nothing of it is run, and it is listed as skipped.
 */

import { embeddedEngine } from '../../load/engines/embedded.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { SCENARIO_NAMES, type ScenarioName } from '../../load/lib/profiles.ts';
import { hasIterations } from '../../load/self-check/brief.ts';
import type { LoadResult } from '../../run/run.ts';
import { can, describeIf } from '../clients/program.ts';
import { type Bench, openBench, runBriefly } from '../load/scenarios.ts';
import { tempDir } from '../support/temp-dir.ts';
import { judgedThreshold } from '../support/threshold.ts';
import { type Counts, differences } from './parity.ts';

const K6 = process.env.K6_BIN ?? 'k6';
const dir = tempDir();
let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

describeIf(can(K6, ['version']), 'the embedded engine and k6 agree on', `no ${K6}`, () => {
  // The breakpoint is found by the machine's speed: it is each engine's own.
  it.each(SCENARIO_NAMES.filter((name) => name !== 'breakpoint'))('%s', async (name) => {
    const ours = await runBriefly(bench, name);
    const theirs = await runBriefly(bench, name, {}, await findK6(K6));
    expect(theirs.engine.name).toBe('k6');
    expect(differences(ours, theirs, countsOf(name))).toEqual([]);
  });
});

function countsOf(name: ScenarioName): Counts {
  if (name === 'ambiguous' || name === 'fault') return 'iterations';
  return hasIterations(name) ? 'exact' : 'near';
}

describe('the comparison', () => {
  let one: LoadResult;

  beforeAll(async () => {
    one = await runBriefly(bench, 'smoke', {}, embeddedEngine);
  });

  it('leaves out what only one engine judges, and what chance decides', () => {
    const windowed = judgedThreshold('checks', 'rate==1 in every 1s', true, 1);
    const other = {
      ...one,
      thresholds: [...one.thresholds, windowed],
      requests: one.requests + 9,
      statuses: { ...one.statuses, '503': 9 },
    };
    expect(differences(one, other, 'iterations')).toEqual([]);
    expect(differences(one, other, 'exact')).toHaveLength(2);
    expect(differences(one, { ...one, iterations: 1 }, 'iterations')).toHaveLength(1);
  });

  it('finds nothing between equals', () => {
    expect(one.iterations).toBeGreaterThan(0);
    expect(differences(one, one, 'exact')).toEqual([]);
  });

  it.each<[string, (result: LoadResult) => Partial<LoadResult>]>([
    ['verdict', () => ({ verdict: 'fail' })],
    [
      'thresholds',
      ({ thresholds }) => ({ thresholds: thresholds.map((t) => ({ ...t, ok: !t.ok })) }),
    ],
    ['thresholds', ({ thresholds }) => ({ thresholds: thresholds.slice(1) })],
    ['checks', ({ checks }) => ({ checks: checks.map((check) => ({ ...check, fails: 1 })) })],
    ['invariants', ({ audit }) => ({ audit: { ...audit, invariants: audit.invariants.slice(1) } })],
    ['statuses', ({ statuses }) => ({ statuses: { ...statuses, '503': 1 } })],
    ['iterations', ({ iterations }) => ({ iterations: iterations + 1 })],
    ['requests', ({ requests }) => ({ requests: requests - 1 })],
    ['contacts', ({ contacts }) => ({ contacts: contacts + 1 })],
  ])('finds a difference of %s', (what, change) => {
    const other = { ...one, ...change(one) };
    expect(differences(one, other, 'exact')).toEqual([expect.stringMatching(`^${what}: `)]);
  });
});
