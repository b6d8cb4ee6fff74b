import type { LoadResult, Run, RunVerdict } from '../../run/run.ts';
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
import { consumerOnly, empty, failing, interrupted, partly, passing } from './samples.ts';

function withLoad(change: Partial<LoadResult>): Run {
  const [first] = passing.load;
  if (!first) throw new Error('the passing sample has load');
  return { ...passing, load: [{ ...first, ...change }] };
}

describe('worst', () => {
  it('lets fail outweigh not exercised, and that pass', () => {
    expect(worst(['pass', 'not exercised', 'fail'])).toBe('fail');
    expect(worst(['pass', 'not exercised'])).toBe('not exercised');
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
    expect(judge({ ...passing, contracts: null }).verdict).toBe('pass');
  });

  it('weighs only the side of an interaction that is asked', () => {
    expect(judge(consumerOnly)).toEqual({ verdict: 'pass', reasons: [] });
  });

  it('names the part and what failed in it', () => {
    const { verdict, reasons } = judge(failing);
    expect(verdict).toBe('fail');
    expect(reasons).toEqual([
      'Contracts: 1 of 21 interactions fails: a call refused with IdempotencyException',
      'Load replays: 2 of 7 invariants violated: one-contact-per-item, replay-is-equal',
      'Load replays: 1 of 3 thresholds not met: http_req_duration p(99)<250',
      'Self-checks: 1 of 2 checks fails: fault plan ambiguous',
    ]);
  });

  it('fails where the harness missed what it must catch, and passes nothing that it did not try', () => {
    const check = (verdict: RunVerdict) => ({ name: 'seeded bug drops-item', verdict, detail: '' });
    const of = (...verdicts: RunVerdict[]) =>
      judge({ ...passing, selfChecks: verdicts.map(check) }).verdict;
    expect(of('pass', 'pass')).toBe('pass');
    expect(of('pass', 'fail')).toBe('fail');
    expect(of('pass', 'not exercised')).toBe('not exercised');
    expect(of('fail')).toBe('fail');
  });

  it('fails for a seeded bug that was not caught, and for no other', () => {
    const bug = { bug: 'drops-item', meaning: 'an item is lost', catcher: 'the audit' };
    const of = (caught: boolean | null) => judge({ ...passing, seededBugs: [{ ...bug, caught }] });
    expect(of(true)).toEqual({ verdict: 'pass', reasons: [] });
    expect(of(null)).toEqual({ verdict: 'pass', reasons: [] });
    expect(of(false)).toEqual({
      verdict: 'fail',
      reasons: ['Seeded bug drops-item was not caught (the audit).'],
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
    expect(standing({ ...failing, reasons: ['so'] })).toMatchObject({
      verdict: 'fail',
      reasons: ['so'],
    });
  });

  it.each<[string, Run]>([
    ['a violated invariant', { ...failing, contracts: null, verdict: 'pass', reasons: [] }],
    ['a failed interaction', { ...failing, load: [], verdict: 'pass', reasons: [] }],
    [
      'an unmet threshold',
      withLoad({ thresholds: [{ metric: 'm', expression: 'count>0', ok: false, value: null }] }),
    ],
    ['a failed scenario', withLoad({ verdict: 'fail' })],
    ['an interruption', { ...passing, interrupted: true }],
    ['nothing exercised', { ...empty, verdict: 'pass', reasons: [] }],
  ])('does not show pass over %s', (_, run) => {
    const { verdict, reasons } = standing(run);
    expect(verdict).not.toBe('pass');
    expect(reasons[0]).toBe('The run is recorded as pass, but its parts are not.');
    expect(reasons.length).toBeGreaterThan(1);
  });

  it('finds reasons for a verdict that was recorded without any', () => {
    expect(standing({ ...failing, reasons: [] }).reasons).toEqual(judge(failing).reasons);
    const alone = withLoad({ verdict: 'fail', reasons: ['so'] });
    expect(standing({ ...alone, verdict: 'fail' }).reasons).toEqual(['Load steady: so']);
    expect(standing({ ...passing, verdict: 'fail' }).reasons).toHaveLength(1);
  });
});

describe('coverage, mutation and drift', () => {
  const { contracts } = failing;
  if (!contracts?.mutation || !contracts.drift) throw new Error('the failing sample has them');
  const { coverage, mutation, drift } = contracts;

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
    const passed = passing.contracts;
    if (!passed) throw new Error('the passing sample has contracts');
    for (const broken of [{ coverage }, { mutation }, { drift }]) {
      expect(judgeContracts({ ...passed, ...broken }).verdict).toBe('fail');
    }
  });
});

describe('judgeContracts', () => {
  const { contracts } = passing;
  if (!contracts) throw new Error('the passing sample has contracts');
  const { interactions, checks } = contracts;
  const failed = 'fail' as const;

  it('names the first of the interactions that fail', () => {
    const change = (provider: RunVerdict) =>
      judgeContracts({
        ...contracts,
        interactions: interactions.map((one, i) => (i < 5 ? { ...one, provider } : one)),
      });
    const names = interactions.slice(0, 3).map(({ description }) => description);
    expect(change('fail')).toEqual({
      verdict: 'fail',
      reasons: [`5 of 21 interactions fail: ${names.join('; ')} and 2 more`],
    });
    expect(change('not exercised')).toEqual({
      verdict: 'not exercised',
      reasons: [`5 of 21 interactions were not exercised: ${names.join('; ')} and 2 more`],
    });
  });

  it('names the checks that fail', () => {
    const three = checks.map((one) => ({ ...one, verdict: failed }));
    expect(judgeContracts({ ...contracts, checks: three })).toEqual({
      verdict: 'fail',
      reasons: [
        '3 contract checks fail: every failure code is pinned; every modelled error is pinned; no interaction was lost',
      ],
    });
  });

  it('does without a mutation score and drift', () => {
    expect(judgeContracts({ ...contracts, mutation: null, drift: null }).verdict).toBe('pass');
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

  it.each<[string, Partial<LoadResult>, RunVerdict, string[]]>([
    ['a threshold', { thresholds: unmet }, 'fail', ['1 of 3 thresholds not met']],
    ['an invariant', { audit: violated }, 'fail', ['1 of 7 invariants violated']],
    ['an audit', { audit: { ...audit, verdict: 'fail' } }, 'fail', ['fails']],
    ['nothing exercised', { verdict: 'not exercised' }, 'not exercised', ['was not exercised']],
    ['its own reason', { thresholds: unmet, reasons: ['so'] }, 'fail', ['so']],
    ['no reason for a pass', { reasons: ['so'] }, 'pass', []],
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
