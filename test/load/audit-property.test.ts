/** Whatever clients do, the audit does not blame a correct endpoint, and catches each wrong one. */

import fc from 'fast-check';
import { audit } from '../../load/audit/audit.ts';
import { stream } from './audited.ts';
import {
  FATES,
  type Observed,
  observe,
  type Plan,
  type PlannedCall,
  WRONGS,
  type Wrong,
} from './modelled.ts';

const SEED = 20_261_129;

const wait = fc.nat({ max: 40 });

const anyCall: fc.Arbitrary<PlannedCall> = fc.record({
  token: fc.nat({ max: 3 }),
  payload: fc.nat({ max: 1 }),
  waits: fc.tuple(wait, wait, wait, wait),
  timeout: fc.oneof(fc.constant(10_000), fc.integer({ min: 1, max: 80 })),
  fate: fc.oneof({ weight: 6, arbitrary: fc.constant(FATES[0]) }, fc.constantFrom(...FATES)),
  // A payload that is refused for what it is never gets a 200.
  refusal: fc.constantFrom(403, 413, 429),
});

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  users: fc.array(
    fc.record({
      instance: fc.nat({ max: 2 }),
      steps: fc.array(
        fc.record({
          pause: fc.nat({ max: 30 }),
          calls: fc.array(anyCall, { minLength: 1, maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  clocks: fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 1, maxLength: 3 }),
  setBack: fc.record({ at: fc.nat({ max: 200 }), by: fc.constantFrom(0, 1, 30, 3_000) }),
  inFlightDuplicate: fc.constantFrom('wait', 'refuse'),
  replayMode: fc.constantFrom('whole', 'rerun-retryable'),
  tokenLifetimeMs: fc.constantFrom(1_000, 604_800_000),
});

async function violatedIn({ history, ledger }: Observed, plan: Plan, withLedger: boolean) {
  const { invariants } = await audit({
    history,
    historyBytes: 0,
    predictions: null,
    ledger: withLedger ? stream(ledger) : null,
    before: stream([]),
    quota: null,
    tokenLifetimeSeconds: plan.tokenLifetimeMs / 1_000,
    cut: false,
  });
  return invariants
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ name, evidence }) => ({ name, evidence }));
}

const withoutSeen = (observed: Observed): Observed => ({
  ...observed,
  history: observed.history.map(({ seen: _, ...attempt }) => attempt),
});

it('does not blame a correct endpoint', async () => {
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(anyPlan, async (plan) => {
      const observed = observe(plan);
      refusals += observed.history.filter(({ status }) => status === 409).length;
      expect(await violatedIn(observed, plan, true)).toEqual([]);
    }),
    { seed: SEED, numRuns: 400 },
  );
  // Otherwise nothing could have been blamed.
  expect(refusals).toBeGreaterThan(400);
});

it('does not blame it by a history of version dp1, written by one clock', async () => {
  const onePlan = anyPlan.map((plan): Plan => {
    const users = plan.users.map(({ steps, ...user }) => ({
      ...user,
      steps: steps.map(({ pause, calls }) => ({
        pause,
        calls: calls.map((call) => ({
          ...call,
          waits: [0, call.waits[1], call.waits[2], call.waits[3]] as const,
        })),
      })),
    }));
    return { ...plan, users, clocks: [0], setBack: { at: 0, by: 0 } };
  });
  await fc.assert(
    fc.asyncProperty(onePlan, async (plan) => {
      expect(await violatedIn(withoutSeen(observe(plan)), plan, true)).toEqual([]);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

/** One virtual user that sends batches, each once or more, and gets every answer. */
const plainPlan = (refusal: PlannedCall['refusal']): fc.Arbitrary<Plan> =>
  fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 20 }).map((tokens) => ({
    users: [
      {
        instance: 0,
        steps: tokens.map((token) => ({
          pause: 1,
          calls: [
            { token, payload: 0, waits: [0, 1, 1, 1], timeout: 10_000, fate: 'answered', refusal },
          ],
        })),
      },
    ],
    clocks: [0],
    setBack: { at: 0, by: 0 },
    inFlightDuplicate: 'wait',
    replayMode: 'whole',
    tokenLifetimeMs: 604_800_000,
  }));

const CATCHERS: Readonly<Record<Wrong, string>> = {
  'reuses a contact': 'contacts are unique',
  'refuses a replay with 400': 'nothing is refused wrongly',
  'refuses a replay with 404': 'nothing is refused wrongly',
  'refuses a replay with 409': 'nothing is refused wrongly',
  'refuses a new token': 'nothing is refused wrongly',
  'swaps stored identifiers': 'nothing is doubled',
  'creates a contact without a token': 'nothing foreign',
};

const NEEDS_LEDGER: readonly Wrong[] = [
  'swaps stored identifiers',
  'creates a contact without a token',
];

it.each(WRONGS)('catches an endpoint that %s', async (wrong) => {
  const refusal = wrong.endsWith('400') ? 400 : 404;
  await fc.assert(
    fc.asyncProperty(plainPlan(refusal), async (plan) => {
      const observed = observe(plan, wrong);
      fc.pre(observed.bites > 0);
      const found = await violatedIn(observed, plan, NEEDS_LEDGER.includes(wrong));
      expect(found.map(({ name }) => name)).toEqual([CATCHERS[wrong]]);
    }),
    { seed: SEED, numRuns: 50 },
  );
});
