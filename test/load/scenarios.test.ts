/** Each scenario passes against a correct emulator, and catches the seeded bugs that are its own. */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SCENARIOS } from '../../cli/commands/run.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { runContracts } from '../../contracts/contracts.ts';
import { BUG_NAMES } from '../../emulator/bugs/bugs.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { FAULT_KINDS } from '../../emulator/faults/kinds.ts';
import { readFaultPlan, type WrittenPlan } from '../../emulator/faults/plan.ts';
import { INVARIANT_NAMES } from '../../load/audit/invariants.ts';
import { anyMet } from '../../load/endpoint/faults-met.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import { SCENARIO_NAMES, type ScenarioName } from '../../load/lib/profiles.ts';
import { ROAD_INVARIANT_NAMES } from '../../load/road/invariants.ts';
import { ownScript, scriptOf } from '../../load/run/run-script.ts';
import { briefly } from '../../load/self-check/brief.ts';
import { BUG_CATCHERS } from '../../load/self-check/bug-catchers.ts';
import {
  type Emulated,
  SELF_CHECKS,
  type SelfCheck,
  type SelfChecks,
} from '../../load/self-check/self-checks.ts';
import type { LoadResult } from '../../run/run.ts';
import type { Finding } from '../../run/statements/load.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { SAMPLE_FAULTS } from '../emulator/sample-faults.ts';
import { ahead } from '../support/ahead.ts';
import { tempDir } from '../support/temp-dir.ts';
import {
  type Bench,
  nextTag,
  openBench,
  runBriefly,
  runOnEmulator,
  startTarget,
} from './scenarios.ts';

const dir = tempDir();

// A run of the whole contract is one of the tests.
jest.setTimeout(120_000);
let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

const faultsIn = (findings: readonly Finding[]) =>
  findings.find((finding) => finding.kind === 'faults met')?.counts ?? {};

/** The runs that measure time against a correct emulator: they wait, and do not disturb each other. */
const QUOTA_RUNS = [
  'ordinary',
  'at most 10',
  'at most 40',
  'unreliable',
  'limit-exceeded alone',
] as const;

const quotaRun = ahead(QUOTA_RUNS, (name) => {
  if (name === 'ordinary') return runBriefly(bench, 'quota');
  if (name === 'unreliable' || name === 'limit-exceeded alone') {
    return runBriefly(bench, 'quota', { faults: faultsNamed(name) });
  }
  const values = briefly('quota');
  const cap = name === 'at most 10' ? 10 : 40;
  const aws = { profile: 'aws' } as const;
  return runOnEmulator(bench, scriptOf('quota', values), values, aws, embeddedEngine, cap);
});

const otherRun = ahead(
  SCENARIO_NAMES.filter((name) => name !== 'quota'),
  (scenario) => runBriefly(bench, scenario),
);

/** Each scenario against a correct emulator, run once for all tests that look at it. */
const ordinary = (scenario: ScenarioName): Promise<LoadResult> =>
  scenario === 'quota' ? quotaRun('ordinary') : otherRun(scenario);

const violated = ({ audit }: Pick<LoadResult, 'audit'>) =>
  audit.invariants.filter(({ verdict }) => verdict === 'violated');

describe('against a correct emulator', () => {
  // First, while nothing else runs here: these runs measure time.
  it('quota measures the burst and the rate', async () => {
    const { findings } = await ordinary('quota');
    const found = findings.find(({ kind }) => kind === 'quota measured');
    if (found?.kind !== 'quota measured') throw new Error('nothing was measured');
    // A busy machine widens the intervals.
    expect(found.burst?.from).toBeLessThanOrEqual(15);
    expect(found.burst?.to).toBeGreaterThanOrEqual(15);
    expect(found.burst?.to).toBeLessThan(25);
    expect(found.rate?.from).toBeLessThan(10);
    expect(found.rate?.to).toBeGreaterThan(10);
  });

  it.each([
    [10, 'not exercised', [{ kind: 'burst not sent', cap: 10 }]],
    [40, 'pass', []],
  ] as const)(
    'quota with at most %i requests a second: %s',
    async (cap, verdict, reasons) => {
      const result = await quotaRun(`at most ${cap}`);
      expect(result).toMatchObject({ verdict, reasons });
      expect((result.statuses[429] ?? 0) > 0).toBe(cap > 10);
    },
    30_000,
  );

  it.each(SCENARIO_NAMES)('%s passes', async (scenario) => {
    const result = await ordinary(scenario);
    expect({ verdict: result.verdict, reasons: result.reasons }).toEqual({
      verdict: 'pass',
      reasons: [],
    });
    expect(result.checks.filter(({ fails, passes }) => fails > 0 || passes === 0)).toEqual([]);
  });

  it.each(['race', 'replay', 'ambiguous'] as const)(
    '%s passes where a call is refused while an equal one is in flight',
    async (scenario) => {
      // A store on disk takes some time to commit. Whether equal calls meet in it is up to the machine.
      let refused = 0;
      for (let tries = 1; tries <= 3 && refused === 0; tries += 1) {
        const result = await runBriefly(bench, scenario, {
          choices: { inFlightDuplicate: 'refuse' },
          dataDir: join(dir, `in-flight-${scenario}-${tries}`),
        });
        expect(result).toMatchObject({ verdict: 'pass', reasons: [] });
        if (scenario === 'ambiguous') return;
        refused = result.statuses[409] ?? 0;
      }
      expect(refused).toBeGreaterThan(0);
    },
  );

  it('the scenarios of a default run decide every invariant between them', async () => {
    const results: LoadResult[] = [];
    for (const scenario of DEFAULT_SCENARIOS) results.push(await ordinary(scenario));
    const decided = results
      .flatMap(({ audit }) => audit.invariants)
      .filter(({ verdict }) => verdict === 'holds')
      .map(({ name }) => name);
    expect(decided).toEqual(expect.arrayContaining([...INVARIANT_NAMES]));
    expect(decided).toEqual(expect.arrayContaining([...ROAD_INVARIANT_NAMES]));
  });
});

describe('against faults', () => {
  it.each(['ambiguous', 'retry-storm'] as const)(
    '%s passes where replies get lost after the commit, and calls before it',
    async (scenario) => {
      const faults = {
        faults: [
          { fault: 'error-after-commit', when: { share: 0.2 } },
          { fault: 'drop-after-commit', when: { share: 0.1 } },
          { fault: 'half-reply', when: { share: 0.1 } },
          { fault: 'error-before-commit', when: { share: 0.1 } },
        ],
      } as const;
      const result = await runBriefly(bench, scenario, { faults });
      expect(result).toMatchObject({ verdict: 'pass', reasons: [] });
      expect(result.statuses[500]).toBeGreaterThan(0);
      const holding = result.audit.invariants.filter(({ verdict }) => verdict === 'holds');
      expect(holding.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['acknowledged is kept', 'nothing is doubled']),
      );
    },
  );
});

it("takes a script that is given by its path for the user's own, whatever its name", async () => {
  const { path, scenario } = scriptOf('breakpoint');
  expect(scenario).toBe('breakpoint');
  expect(await ownScript(path)).toMatchObject({ name: 'breakpoint', path, scenario: null });
});

it('the scenario about faults tells which it met, and fails where it met none', async () => {
  const { verdict, findings } = await runBriefly(bench, 'fault');
  expect({ verdict, findings }).toEqual({
    verdict: 'pass',
    findings: expect.arrayContaining([expect.objectContaining({ kind: 'faults met' })]),
  });
  expect(anyMet(faultsIn(findings))).toBe(true);
  // A code that says to try again is an answer of an unreliable endpoint as any other.
  const failing = await runBriefly(bench, 'fault', {
    faults: BUILT_IN_PLANS['failing-items'].plan,
  });
  expect(failing).toMatchObject({ verdict: 'pass', reasons: [] });
  const namesake = { ...scriptOf('smoke'), name: 'fault' };
  expect((await runOnEmulator(bench, namesake, { iterations: 2 })).verdict).toBe('pass');
  const spared = await runBriefly(bench, 'fault', { faults: readFaultPlan({ faults: [] }) });
  expect(spared).toMatchObject({
    verdict: 'fail',
    reasons: [{ kind: 'no fault met' }],
  });
});

/** Each kind of fault by itself, on some of the requests; a header of failures needs some. */
const PLANS: readonly (readonly [string, WrittenPlan])[] = FAULT_KINDS.map((fault) => {
  const when = { share: 0.3 };
  const failing = fault.endsWith('retry-after') ? [{ fault: 'service-unavailable', when }] : [];
  const faults = [...failing, { fault, ...SAMPLE_FAULTS[fault], when }];
  return [`${fault} alone`, { faults } as WrittenPlan] as const;
});

function faultsNamed(name: string): WrittenPlan {
  const alone = PLANS.find(([plan]) => plan === name)?.[1];
  return alone ?? BUILT_IN_PLANS.unreliable.plan;
}

describe('a correct emulator is never blamed', () => {
  const ambiguous = ahead(PLANS, ([, faults]) => runBriefly(bench, 'ambiguous', { faults }));

  it.each(PLANS.map((plan) => [plan[0], plan] as const))('under %s', async (name, plan) => {
    const { findings, ...result } = await ambiguous(plan);
    const [kind] = name.split(' ');
    expect(faultsIn(findings)[kind ?? '']).toBeGreaterThan(0);
    expect(violated(result)).toEqual([]);
  });

  it.each<[ScenarioName, string]>([
    ['quota', 'unreliable'],
    ['quota', 'limit-exceeded alone'],
    ['retry-storm', 'load-balancer-error alone'],
    ['conflict', 'clock-skew alone'],
  ])('in %s under %s', async (scenario, name) => {
    const result = await (scenario === 'quota'
      ? quotaRun(name as (typeof QUOTA_RUNS)[number])
      : runBriefly(bench, scenario, { faults: faultsNamed(name) }));
    expect(anyMet(faultsIn(result.findings))).toBe(true);
    expect(violated(result)).toEqual([]);
  });
});

/** Emulators in this process, for checks that start their own. */
function selfChecks(change: Partial<Emulated> = {}): SelfChecks {
  return {
    engine: embeddedEngine,
    corpusDir: join(dir, 'corpus'),
    manifest: bench.manifest,
    outDir: mkdtempSync(join(dir, 'self-check-')),
    newRunTag: nextTag,
    start: (emulated) => startTarget({ ...emulated, ...change }),
  };
}

describe('the self-checks', () => {
  it('have every seeded bug that a scenario is to catch, and every fault plan with a name', () => {
    const byScenario = BUG_NAMES.filter((bug) => BUG_CATCHERS[bug].kind === 'scenario');
    expect(SELF_CHECKS.map(({ name }) => name)).toEqual([
      ...byScenario.map((bug) => `seeded bug ${bug}`),
      ...Object.keys(BUILT_IN_PLANS).map((plan) => `fault plan ${plan}`),
    ]);
  });

  const checked = ahead(SELF_CHECKS, (check) => check.run(selfChecks()));

  it.each(SELF_CHECKS)(
    '$name',
    async (check) => {
      const { verdict, detail } = await checked(check);
      expect(verdict).toBe('pass');
      if (detail.kind === 'invariant asked') expect(detail.violations).toBeGreaterThan(0);
      else {
        expect(detail).toMatchObject({ kind: 'faults stood', blamed: null });
        expect(anyMet(detail.kind === 'faults stood' ? detail.faults : {})).toBe(true);
      }
    },
    30_000,
  );

  const checkOf = (name: string): SelfCheck => {
    const found = SELF_CHECKS.find((check) => check.name === name);
    if (!found) throw new Error(`there is no check ${name}`);
    return found;
  };

  it('fail where a bug is not caught', async () => {
    expect(await checkOf('seeded bug forgets-tokens').run(selfChecks({ bugs: [] }))).toEqual({
      name: 'seeded bug forgets-tokens',
      verdict: 'fail',
      detail: {
        kind: 'invariant asked',
        scenario: 'replay',
        invariant: 'replays are equal',
        verdict: 'holds',
        violations: 0,
        checked: expect.any(Number),
      },
    });
  });

  it('fail where an endpoint is blamed, and where no fault was met', async () => {
    const check = checkOf('fault plan ambiguous');
    expect(await check.run(selfChecks({ bugs: ['forgets-tokens'] }))).toMatchObject({
      verdict: 'fail',
      detail: {
        kind: 'faults stood',
        blamed: expect.any(String),
        evidence: { attempt: { token: expect.any(String) } },
      },
    });
    expect(await check.run(selfChecks({ faults: null }))).toMatchObject({
      verdict: 'fail',
      detail: { kind: 'faults stood', blamed: null, faults: {} },
    });
  });
});

describe('against a seeded bug', () => {
  it('a scenario fails, says which invariant, and shows an attempt that proves it', async () => {
    const result = await runBriefly(bench, 'replay', { bugs: ['forgets-tokens'] });
    expect(result.verdict).toBe('fail');
    const found = violated(result).find(({ name }) => name === 'replays are equal');
    expect(found?.evidence[0]).toMatchObject({
      kind: 'replay differs',
      attempt: { token: expect.stringMatching(/^t\d{7}-\d{10}$/) },
    });
    expect(result.reasons).toContainEqual(
      expect.objectContaining({ kind: 'invariant violated', invariant: 'replays are equal' }),
    );
  });

  it.each(
    BUG_NAMES.flatMap((bug) => {
      const catcher = BUG_CATCHERS[bug];
      return catcher.kind === 'contract' ? [[bug, catcher.pins] as const] : [];
    }),
  )('%s: the contract fails where it pins %s', async (bug, pins) => {
    const emulator = await startEmulator({ profile: 'stress', bugs: [bug] });
    const { url, controlUrl, credentials } = emulator;
    const [result] = await runContracts({
      pactDir: join(dir, 'pacts'),
      target: { url, controlUrl, ...credentials },
      contracts: [contractNamed('BatchPutContact')],
      mutated: [],
    }).finally(() => emulator.close());
    const failing = (result?.interactions ?? []).filter(({ provider }) => provider === 'fail');
    expect(failing.map((one) => one.pins)).toEqual([pins]);
  });
});

describe('a script of one’s own', () => {
  const own = ownScript(join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts'));

  it('runs and is audited like ours', async () => {
    const result = await runOnEmulator(bench, await own, {
      pauseMs: 1,
      iterations: 3,
      p95Ms: 20_000,
    });
    expect(result).toMatchObject({ scenario: 'evening-batch', verdict: 'pass', requests: 6 });
    const decided = result.audit.invariants.filter(({ verdict }) => verdict === 'holds');
    expect(decided.map(({ name }) => name)).toContain('replays are equal');
  });

  it('catches a bug like ours', async () => {
    const bugs = ['replay-new-ids'] as const;
    const values = { pauseMs: 1, iterations: 3 };
    const result = await runOnEmulator(bench, await own, values, { bugs });
    expect(violated(result).map(({ name }) => name)).toEqual(['replays are equal']);
  });

  it('refuses a value that its profile does not have', async () => {
    await expect(runOnEmulator(bench, await own, { pause: 1 })).rejects.toThrow(
      'DIALPROOF_SET_PAUSE is set, but the profile has no such value: it has vus, iterations, pauseMs, p95Ms',
    );
  });
});
