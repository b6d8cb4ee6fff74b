/** How the parts of a run differ from those of an earlier one: verdicts, codes, errors, counts. */

import type { RunVerdict } from '../run.ts';
import type { Change, Effect } from '../statements/changes.ts';
import { LOAD_OPERATION, type LoadLine, type RunLine } from './line.ts';

/** A count is told as changed from this share on. Runs that send by the clock never send equally much. */
export const COUNT_CHANGES_FROM = 0.1;

interface Part {
  readonly name: string;
  readonly verdict: RunVerdict;
}

/** The parts that a run may have. */
function partsOf(line: RunLine): readonly Part[] {
  return [
    ...line.contracts.map(({ name, verdict }) => ({ name: `contract ${name}`, verdict })),
    ...(line.campaigns ? [{ name: 'campaigns', verdict: line.campaigns.verdict }] : []),
    ...line.load.map(({ scenario, verdict }) => ({ name: `load ${scenario}`, verdict })),
    ...(line.selfChecks ? [{ name: 'self-checks', verdict: line.selfChecks }] : []),
  ];
}

/** @param counts whether counts are compared too. */
export function changesOfParts(
  before: RunLine,
  after: RunLine,
  counts: boolean,
): readonly Change[] {
  return [
    ...changesOfVerdicts(before, after),
    ...changesOfCodes(before, after),
    ...changesOfCampaignCodes(before, after),
    ...both(before, after).flatMap(([then, now]) => [
      ...changesOfErrors(then, now),
      ...changesOfDecisions(then, now),
      ...(counts ? changesOfCounts(`load ${now.scenario}`, countsOf(then), countsOf(now)) : []),
    ]),
    ...(counts ? changesOfCampaignCounts(before, after) : []),
  ];
}

function changesOfVerdicts(before: RunLine, after: RunLine): readonly Change[] {
  const [then, now] = [partsOf(before), partsOf(after)];
  const whole = { name: 'run', before: before.verdict, after: after.verdict };
  const pairs = now.flatMap(({ name, verdict }) => {
    const old = then.find((one) => one.name === name);
    return old ? [{ name, before: old.verdict, after: verdict }] : [];
  });
  return [
    ...[whole, ...pairs]
      .filter((one) => one.before !== one.after)
      .map(
        (one): Change => ({
          kind: 'verdict',
          effect: effectOf(one.before, one.after),
          part: one.name,
          before: one.before,
          after: one.after,
        }),
      ),
    ...then
      .filter(({ name }) => !now.some((one) => one.name === name))
      .map(
        ({ name, verdict }): Change => ({
          kind: 'part gone',
          effect: verdict === 'not exercised' ? 'change' : 'regression',
          part: name,
          before: verdict,
        }),
      ),
    ...now
      .filter(({ name }) => !then.some((one) => one.name === name))
      .map(
        ({ name, verdict }): Change => ({
          kind: 'part new',
          effect: 'change',
          part: name,
          after: verdict,
        }),
      ),
  ];
}

/** From bad to good. What is not valid or not exercised is no failure of the endpoint, and no success. */
const RANK: Readonly<Record<RunVerdict, number>> = {
  fail: 0,
  'not exercised': 1,
  'not valid': 2,
  pass: 3,
};

function effectOf(before: RunVerdict, after: RunVerdict): Effect {
  // Where the machine was too slow, nothing is known of the endpoint.
  if (before === 'not valid' || after === 'not valid') {
    return after === 'fail' ? 'regression' : 'change';
  }
  return RANK[after] < RANK[before] ? 'regression' : 'improvement';
}

function both(before: RunLine, after: RunLine): readonly (readonly [LoadLine, LoadLine])[] {
  return after.load.flatMap((now) => {
    const then = before.load.find(({ scenario }) => scenario === now.scenario);
    return then ? [[then, now] as const] : [];
  });
}

/** Over the scenarios that both runs have. */
function changesOfCodes(before: RunLine, after: RunLine): readonly Change[] {
  const pairs = both(before, after);
  const then = new Set(pairs.flatMap(([one]) => one.codes));
  const now = new Set(pairs.flatMap(([, one]) => one.codes));
  const predicted = new Set(pairs.flatMap(([, one]) => one.predicted));
  const came = [...now].filter((code) => !then.has(code));
  const went = [...then].filter((code) => !now.has(code));
  const of = (kind: 'code new' | 'code gone', codes: string[], isPredicted: boolean): Change[] => {
    if (codes.length === 0) return [];
    // An unpredicted code that is there, and a predicted one that is not, are wrong.
    const wrong = isPredicted === (kind === 'code gone');
    return [
      {
        kind,
        effect: wrong ? 'regression' : 'change',
        operation: LOAD_OPERATION,
        codes: codes.sort(),
        predicted: isPredicted ? 'yes' : 'no',
      },
    ];
  };
  return [true, false].flatMap((isPredicted) => [
    ...of(
      'code new',
      came.filter((code) => predicted.has(code) === isPredicted),
      isPredicted,
    ),
    ...of(
      'code gone',
      went.filter((code) => predicted.has(code) === isPredicted),
      isPredicted,
    ),
  ]);
}

function changesOfCampaignCodes(before: RunLine, after: RunLine): readonly Change[] {
  return Object.entries(after.campaigns?.codes ?? {}).flatMap(([operation, now]) => {
    const then = before.campaigns?.codes[operation];
    if (!then) return [];
    const came = now.filter((code) => !then.includes(code));
    const went = then.filter((code) => !now.includes(code));
    const change = { effect: 'change', operation, predicted: 'unknown' } as const;
    return [
      ...(came.length > 0 ? [{ kind: 'code new', ...change, codes: came } as const] : []),
      ...(went.length > 0 ? [{ kind: 'code gone', ...change, codes: went } as const] : []),
    ];
  });
}

function changesOfErrors(then: LoadLine, now: LoadLine): readonly Change[] {
  const part = `load ${now.scenario}`;
  const came = now.errors.filter((error) => !then.errors.includes(error));
  const went = then.errors.filter((error) => !now.errors.includes(error));
  return [
    ...(came.length > 0
      ? [{ kind: 'error new', effect: 'regression', part, errors: came } as const]
      : []),
    ...(went.length > 0
      ? [{ kind: 'error gone', effect: 'change', part, errors: went } as const]
      : []),
  ];
}

function changesOfDecisions(then: LoadLine, now: LoadLine): readonly Change[] {
  if (then.open === now.open) return [];
  return [
    {
      kind: 'undecided',
      effect: now.open > then.open ? 'regression' : 'improvement',
      part: `load ${now.scenario}`,
      before: then.open,
      after: now.open,
    },
  ];
}

type Counts = Readonly<Record<string, number>>;

function countsOf({ requests, contacts, held }: LoadLine): Counts {
  return { requests, contacts, 'invariants that hold': held };
}

function changesOfCampaignCounts(before: RunLine, after: RunLine): readonly Change[] {
  return Object.entries(after.campaigns?.counts ?? {}).flatMap(([operation, now]) => {
    const then = before.campaigns?.counts[operation];
    return then ? changesOfCounts(`campaigns, ${operation}`, then, now) : [];
  });
}

function changesOfCounts(part: string, then: Counts, now: Counts): readonly Change[] {
  return Object.entries(now).flatMap(([what, after]) => {
    const before = then[what];
    if (before === undefined) return [];
    if (Math.abs(after - before) < COUNT_CHANGES_FROM * Math.max(before, 1)) return [];
    return [{ kind: 'count', effect: 'change', part, what, before, after } as const];
  });
}
