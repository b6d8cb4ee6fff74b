import type { LoadResult, PartVerdict, Run, RunVerdict } from '../../run/run.ts';
import type { LoadReason } from '../../run/statements/load.ts';
import {
  invariantVerdicts,
  judge,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeLoad,
  judgeMutation,
  standing,
  worst,
} from '../../run/verdict.ts';
import { judgedThreshold } from '../support/threshold.ts';
import {
  consumerOnly,
  empty,
  failing,
  INTERACTIONS,
  interrupted,
  notValid,
  partly,
  passing,
} from './samples.ts';

const SO = { kind: 'interrupted' } as const;

function withLoad(change: Partial<LoadResult>): Run {
  const [first] = passing.load;
  if (!first) throw new Error('the passing sample has load');
  return { ...passing, load: [{ ...first, ...change }] };
}

describe('worst', () => {
  it('lets fail outweigh not exercised, that not valid, and that pass', () => {
    expect(worst(['pass', 'not valid', 'not exercised', 'fail'])).toBe('fail');
    expect(worst(['pass', 'not valid', 'not exercised'])).toBe('not exercised');
    expect(worst(['pass', 'not valid'])).toBe('not valid');
    expect(worst(['pass', 'pass'])).toBe('pass');
  });

  it('has nothing exercised where there is nothing', () => expect(worst([])).toBe('not exercised'));
});

describe('judge', () => {
  it('passes without a reason when all parts pass', () => {
    expect(judge(passing)).toEqual({ verdict: 'pass', reasons: [] });
  });

  it('weighs only the parts that were asked for', () => {
    expect(judge({ ...passing, load: [] }).verdict).toBe('pass');
    expect(judge({ ...passing, contracts: [] }).verdict).toBe('pass');
  });

  it('weighs only the side of an interaction that is asked', () => {
    expect(judge(consumerOnly)).toEqual({ verdict: 'pass', reasons: [] });
  });

  it('names the part and what failed in it', () => {
    const { verdict, reasons } = judge(failing);
    expect(verdict).toBe('fail');
    expect(reasons).toEqual([
      {
        kind: 'interactions',
        verdict: 'fail',
        names: ['a call refused with IdempotencyException'],
        of: INTERACTIONS.length,
      },
      {
        kind: 'campaign checks',
        verdict: 'fail',
        names: ['every accepted dial request is in one contact or one stated failure'],
        of: 2,
      },
      ...failing.load.flatMap(({ scenario, reasons: own }) =>
        own.map((because) => ({ kind: 'load', scenario, because })),
      ),
      { kind: 'self-checks', verdict: 'fail', names: ['fault plan ambiguous'], of: 2 },
    ]);
  });

  it('never takes campaigns for better than their checks', () => {
    const { campaigns } = passing;
    if (!campaigns) throw new Error('the passing sample has campaigns');
    const of = (recorded: PartVerdict, ...verdicts: PartVerdict[]) =>
      judge({
        ...passing,
        campaigns: {
          ...campaigns,
          verdict: recorded,
          checks: campaigns.checks.map((one, i) => ({ ...one, verdict: verdicts[i] ?? 'pass' })),
        },
      });
    expect(of('pass').verdict).toBe('pass');
    expect(of('pass', 'pass', 'fail').verdict).toBe('fail');
    expect(of('pass', 'not exercised').verdict).toBe('not exercised');
    expect(of('fail')).toEqual({
      verdict: 'fail',
      reasons: [{ kind: 'campaigns', verdict: 'fail' }],
    });
  });

  it('fails where the harness missed what it must catch, and passes nothing that it did not try', () => {
    const check = (verdict: PartVerdict) => ({ name: 'seeded bug drops-item', verdict, detail });
    const detail = { kind: 'interrupted' } as const;
    const of = (...verdicts: PartVerdict[]) =>
      judge({ ...passing, selfChecks: verdicts.map(check) }).verdict;
    expect(of('pass', 'pass')).toBe('pass');
    expect(of('pass', 'fail')).toBe('fail');
    expect(of('pass', 'not exercised')).toBe('not exercised');
    expect(of('fail')).toBe('fail');
  });

  it('fails for a seeded bug that was not caught, and for no other', () => {
    const catcher = { kind: 'scenario', scenario: 'smoke', invariant: 'one' } as const;
    const bug = { bug: 'drops-item', meaning: 'an item is lost', catcher };
    const of = (caught: boolean | null) => judge({ ...passing, seededBugs: [{ ...bug, caught }] });
    expect(of(true)).toEqual({ verdict: 'pass', reasons: [] });
    expect(of(null)).toEqual({ verdict: 'pass', reasons: [] });
    expect(of(false)).toEqual({
      verdict: 'fail',
      reasons: [{ kind: 'bug missed', bug: 'drops-item', catcher }],
    });
  });

  it('passes neither an interrupted run nor an empty one nor one half exercised', () => {
    expect(judge({ ...passing, interrupted: true }).verdict).toBe('not exercised');
    for (const run of [interrupted, empty, partly]) {
      expect(judge(run).verdict).toBe('not exercised');
      expect(judge(run).reasons).not.toEqual([]);
    }
  });
});

describe('standing', () => {
  it('shows the recorded verdict and reasons', () => {
    expect(standing(passing)).toMatchObject({ verdict: 'pass', reasons: [] });
    expect(standing({ ...failing, reasons: [SO] })).toMatchObject({
      verdict: 'fail',
      reasons: [SO],
    });
  });

  it.each<[string, Run]>([
    ['a violated invariant', { ...failing, contracts: [], verdict: 'pass', reasons: [] }],
    ['a failed interaction', { ...failing, load: [], verdict: 'pass', reasons: [] }],
    [
      'an unmet threshold',
      withLoad({ thresholds: [judgedThreshold('m', 'count>0', false, null)] }),
    ],
    ['a failed scenario', withLoad({ verdict: 'fail' })],
    ['an open threshold', withLoad({ thresholds: notValid.load[0]?.thresholds ?? [] })],
    ['an interruption', { ...passing, interrupted: true }],
    ['nothing exercised', { ...empty, verdict: 'pass', reasons: [] }],
  ])('does not show pass over %s', (_, run) => {
    const { verdict, reasons } = standing(run);
    expect(verdict).not.toBe('pass');
    expect(reasons[0]).toEqual({ kind: 'pass disputed' });
    expect(reasons.length).toBeGreaterThan(1);
  });

  it('finds reasons for a verdict that was recorded without any', () => {
    expect(standing({ ...failing, reasons: [] }).reasons).toEqual(judge(failing).reasons);
    const alone = withLoad({ verdict: 'fail', reasons: [SO] });
    expect(standing({ ...alone, verdict: 'fail' }).reasons).toEqual([
      { kind: 'load', scenario: 'steady', because: SO },
    ]);
    expect(standing({ ...passing, verdict: 'fail' }).reasons).toEqual([{ kind: 'unsaid' }]);
  });
});

describe('coverage, mutation and drift', () => {
  const [contract] = failing.contracts;
  if (!contract?.mutation || !contract.drift) throw new Error('the failing sample has them');
  const { coverage, mutation, drift } = contract;

  it('fail for a cell, a survivor and a difference that nobody answers for', () => {
    expect(judgeCoverage(coverage)).toBe('fail');
    expect(judgeMutation(mutation)).toBe('fail');
    expect(judgeDrift(drift)).toBe('fail');
  });

  it('pass without them, and a score of nothing is none', () => {
    expect(judgeCoverage(coverage.filter(({ status }) => status !== 'unaccounted'))).toBe('pass');
    expect(judgeMutation({ ...mutation, survivors: [] })).toBe('pass');
    expect(judgeDrift({ ...drift, differences: drift.differences.slice(1) })).toBe('pass');
    const client = { mutants: 0, killed: 0 };
    for (const none of [{ client }, { provider: client }]) {
      expect(judgeMutation({ ...mutation, ...none, survivors: [] })).toBe('not exercised');
    }
  });

  it('weigh on contracts that are recorded as pass', () => {
    const [passed] = passing.contracts;
    if (!passed) throw new Error('the passing sample has contracts');
    for (const broken of [{ coverage }, { mutation }, { drift }]) {
      expect(judgeContracts({ ...passed, ...broken }).verdict).toBe('fail');
    }
  });
});

describe('judgeContracts', () => {
  const [contract] = passing.contracts;
  if (!contract) throw new Error('the passing sample has contracts');
  const { interactions, checks } = contract;
  const failed = 'fail' as const;

  it('names the interactions that fail', () => {
    const change = (provider: PartVerdict) =>
      judgeContracts({
        ...contract,
        interactions: interactions.map((one, i) => (i < 5 ? { ...one, provider } : one)),
      });
    const names = interactions.slice(0, 5).map(({ description }) => description);
    expect(change('fail')).toEqual({
      verdict: 'fail',
      reasons: [{ kind: 'interactions', verdict: 'fail', names, of: interactions.length }],
    });
    expect(change('not exercised')).toEqual({
      verdict: 'not exercised',
      reasons: [{ kind: 'interactions', verdict: 'not exercised', names, of: interactions.length }],
    });
  });

  it('names the checks that fail', () => {
    const three = checks.map((one) => ({ ...one, verdict: failed }));
    expect(judgeContracts({ ...contract, checks: three })).toEqual({
      verdict: 'fail',
      reasons: [
        { kind: 'contract checks', verdict: 'fail', names: checks.map(({ name }) => name), of: 3 },
      ],
    });
  });

  it('does without a mutation score and drift', () => {
    expect(judgeContracts({ ...contract, mutation: null, drift: null }).verdict).toBe('pass');
  });
});

describe('judgeLoad', () => {
  const [load] = passing.load;
  if (!load) throw new Error('the passing sample has load');
  const { audit, thresholds } = load;
  const unmet = thresholds.map((one, i) => (i === 0 ? { ...one, ok: false } : one));
  const violated = {
    ...audit,
    invariants: audit.invariants.map((one, i) =>
      i === 0 ? { ...one, verdict: 'violated' as const } : one,
    ),
  };

  it.each<[string, Partial<LoadResult>, RunVerdict, LoadReason[]]>([
    [
      'a threshold',
      { thresholds: unmet },
      'fail',
      [{ kind: 'thresholds missed', missed: 1, of: 3 }],
    ],
    [
      'an invariant',
      { audit: violated },
      'fail',
      [{ kind: 'invariants violated', violated: 1, of: 7 }],
    ],
    [
      'an audit',
      { audit: { ...audit, verdict: 'fail' } },
      'fail',
      [{ kind: 'unsaid', verdict: 'fail' }],
    ],
    [
      'nothing exercised',
      { verdict: 'not exercised' },
      'not exercised',
      [{ kind: 'unsaid', verdict: 'not exercised' }],
    ],
    [
      'an open threshold',
      { thresholds: thresholds.map((one) => ({ ...one, ok: false, judged: false })) },
      'not valid',
      [{ kind: 'unsaid', verdict: 'not valid' }],
    ],
    ['its own reason', { thresholds: unmet, reasons: [SO] }, 'fail', [SO]],
    ['no reason for a pass', { reasons: [SO] }, 'pass', []],
  ])('says why: %s', (_, change, verdict, reasons) => {
    expect(judgeLoad({ ...load, ...change })).toEqual({ verdict, reasons });
  });

  it.each([
    [['violated', 'holds'], 'violated'],
    [['not decidable', 'holds'], 'holds'],
    [['holds', 'not decidable'], 'holds'],
    [['holds', 'violated'], 'violated'],
    [['not decidable'], 'not decidable'],
  ] as const)('an invariant that is %j is %s', (verdicts, expected) => {
    const [one] = audit.invariants;
    if (!one) throw new Error('the audit has invariants');
    const run = verdicts.map((verdict) => ({
      ...load,
      audit: { ...audit, invariants: [{ ...one, verdict }] },
    }));
    expect([...invariantVerdicts({ load: run })]).toEqual([[one.name, expected]]);
  });
});
