/** A sample of the pairs of scenario and choice, and of scenario and fault plan. `npm run pairs` runs all of them. */

import type { ChoiceRow } from '../../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { CHOICES } from '../../operation/connect/choices.ts';
import type { LoadResult } from '../../run/run.ts';
import { Draw } from '../../system/draw.ts';
import { PAIRS, type Pair, runPair } from '../pairs/pairs.ts';
import { failing, passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

function pairOf(name: string): Pair {
  const found = PAIRS.find((pair) => pair.name === name);
  if (!found) throw new Error(`there is no pair ${name}`);
  return found;
}

/** Pairs in which a correct emulator was blamed, and some others. */
const SEED = 15;
const DRAWN = 4;
const SAMPLE: readonly Pair[] = [
  pairOf('quota under throttleError=LimitExceededException'),
  pairOf('quota under bucketRefill=per-second'),
  pairOf('smoke under diallableTypes=EMAIL_ADDRESS'),
  pairOf('mix under diallableTypes=EMAIL_ADDRESS'),
  pairOf('pipeline under diallableTypes=VOIP'),
  pairOf('smoke under the plan unreliable'),
  pairOf('dial under the plan unreliable'),
  ...Array.from({ length: DRAWN }, (_, i) => new Draw(SEED, i).pick(PAIRS)),
];

it.each(SAMPLE)('$name blames nobody', async (pair) => {
  expect(await runPair(dir, pair)).toBeNull();
});

it('are of every scenario with every value to try, and with every plan', () => {
  const all = { ...CHOICES, ...CAMPAIGN_CHOICES };
  for (const [choice, row] of Object.entries<ChoiceRow<unknown>>(all)) {
    const read = row.samples.map((text) => row.read(text));
    expect({ choice, read }).toEqual({ choice, read: read.filter((value) => value !== null) });
    // Something else than the default, too.
    expect(new Set([...read, row.default].map(String)).size).toBeGreaterThan(1);
  }
  expect(new Set(PAIRS.map(({ name }) => name)).size).toBe(PAIRS.length);
  expect(pairOf('expiry under concurrentCalls=0').emulated.campaignChoices).toEqual({
    concurrentCalls: 0,
  });
});

it('find an emulator that is wrong', async () => {
  const pair = pairOf('smoke under emptyLists=omitted');
  const wrong = { ...pair, emulated: { ...pair.emulated, bugs: ['drops-item' as const] } };
  expect(await runPair(dir, wrong)).toMatch(/^"one result per item" is violated: \{/);
});

describe('a result is as it should be', () => {
  const [passed] = passing.load as [LoadResult];
  const audit = passed.audit;
  const missed = { metric: 'checks', expression: 'rate==1', value: 0.5 };
  const threshold = { kind: 'threshold missed' as const, ...missed };
  const attributed = { kind: 'missed under faults' as const, ...missed, faults: ['latency'] };
  const codes = { kind: 'codes missing' as const, codes: ['INVALID_QUEUE'] };
  const result = (verdict: LoadResult['verdict'], ...reasons: LoadResult['reasons']) => {
    return { ...passed, audit, verdict, reasons };
  };
  const choice = pairOf('smoke under emptyLists=omitted');
  const plan = pairOf('smoke under the plan slow');

  it.each<[string, Pair, LoadResult, RegExp | null]>([
    ['a pass', choice, result('pass'), null],
    ['a pass', plan, result('pass'), null],
    ['not exercised, with a reason', choice, result('not exercised', codes), null],
    ['not exercised, without a reason', choice, result('not exercised'), /without a reason/],
    ['a missed threshold', choice, result('fail', threshold), /Threshold checks rate==1 failed/],
    ['a missed threshold', plan, result('fail', threshold), /Threshold checks rate==1 failed/],
    ['a threshold missed under faults', plan, result('fail', attributed), null],
    ['one of two so', plan, result('fail', attributed, threshold), /Threshold checks/],
    ['a threshold missed under faults', choice, result('fail', attributed), /Threshold checks/],
    ['a fail without a reason', plan, result('fail'), /without a reason/],
  ])('%s, $name', (_, { wrong }, load, expected) => {
    if (expected === null) expect(wrong(load)).toBeNull();
    else expect(wrong(load)).toMatch(expected);
  });

  it('unless an invariant is violated', () => {
    const violated = failing.load.find((load) => load.audit.verdict === 'fail') as LoadResult;
    for (const { wrong } of [choice, plan]) expect(wrong(violated)).toMatch(/is violated/);
  });
});
