/** Plans as they are read, and which requests they choose. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createService } from '../../emulator/emulator.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { DISTRIBUTIONS, sampleWait, type Wait } from '../../emulator/faults/distribution.ts';
import { createFaults } from '../../emulator/faults/faults.ts';
import { FAULT_KINDS, FAULTS, type FaultKind, POINTS } from '../../emulator/faults/kinds.ts';
import { readFaultPlan } from '../../emulator/faults/plan.ts';
import { SELECTORS, selectorOf, type When } from '../../emulator/faults/selector.ts';
import { Draw } from '../../system/draw.ts';
import { UserError } from '../../system/errors.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { expectGoldenParts, markdownTable } from '../support/golden.ts';
import { body, contacts, run, stoppedClock } from './fixtures.ts';
import { SAMPLE_FAULTS } from './sample-faults.ts';

describe('readFaultPlan', () => {
  it('fills in what is left out, and reads its own result again to the same', () => {
    const plan = readFaultPlan({
      faults: [
        { fault: 'latency', ms: { distribution: 'lognormal', median: 80 } },
        { fault: 'latency', ms: 1, when: { share: 0.5, nth: [1, 2] } },
        { fault: 'drop-after-commit', name: 'cable' },
      ],
    });
    expect(plan).toEqual({
      seed: 1,
      faults: [
        {
          fault: 'latency',
          name: 'latency',
          when: {},
          ms: { distribution: 'lognormal', median: 80, sigma: 0.5, max: 60_000 },
        },
        { fault: 'latency', name: 'latency-2', when: { share: 0.5, nth: [1, 2] }, ms: 1 },
        { fault: 'drop-after-commit', name: 'cable', when: {}, with: 'close' },
      ],
    });
    expect(readFaultPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(readFaultPlan({})).toEqual({ seed: 1, faults: [] });
  });

  it.each(FAULT_KINDS)('reads %s, and says which member it needs', (fault) => {
    const needed = Object.entries(FAULTS[fault].members).filter(([, row]) => !('default' in row));
    const given: Readonly<Record<string, unknown>> = SAMPLE_FAULTS[fault];
    expect(Object.keys(given)).toEqual(needed.map(([name]) => name));
    expect(readFaultPlan({ faults: [{ fault, ...given }] }).faults).toHaveLength(1);
    for (const [name] of needed) {
      const { [name]: _, ...rest } = given;
      expect(() => readFaultPlan({ faults: [{ fault, ...rest }] })).toThrow(
        `faults[0] needs ${name}, `,
      );
    }
  });

  const one = (members: object) => ({ faults: [{ fault: 'throttle', ...members }] });
  const when = (members: object) => one({ when: members });
  const latency = (ms: unknown) => ({ faults: [{ fault: 'latency', ms }] });

  it.each<[unknown, string]>([
    [[], 'a fault plan must be an object'],
    [{ fault: 'throttle' }, "a fault plan has no member 'fault'; it has seed, faults"],
    [{ seed: -1 }, 'seed must be a whole number from 0 to 4294967295'],
    [{ faults: {} }, 'faults must be a list'],
    [{ faults: ['throttle'] }, 'faults[0] must be an object'],
    [{ faults: [{ fault: 'flood' }] }, 'faults[0].fault must be one of latency, drop-on-arrival,'],
    [{ faults: [{ fault: 'toString' }] }, 'faults[0].fault must be one of'],
    [one({ ms: 1 }), "faults[0] has no member 'ms'; it has fault, name, when"],
    [one({ toString: 1 }), "faults[0] has no member 'toString'"],
    [one({ name: '' }), 'faults[0].name must be a text that is not empty'],
    [
      {
        faults: [
          { fault: 'throttle', name: 'a' },
          { fault: 'latency', ms: 1, name: 'a' },
        ],
      },
      "faults[1].name 'a' is another fault's name too",
    ],
    [latency('long'), 'faults[0].ms must be a number from 0 to 600000, or a distribution'],
    [latency(-1), 'faults[0].ms must be a number from 0 to 600000'],
    [latency(null), 'faults[0].ms must be a number from 0 to 600000'],
    [
      latency({ distribution: 'normal' }),
      'faults[0].ms.distribution must be "uniform" or "exponential" or',
    ],
    [latency({ distribution: 'exponential' }), 'faults[0].ms needs mean, a number'],
    [
      latency({ distribution: 'exponential', mean: 1, sigma: 1 }),
      "faults[0].ms has no member 'sigma'; it has mean, max",
    ],
    [
      latency({ distribution: 'uniform', min: 3, max: 2 }),
      'faults[0].ms.min must not be above faults[0].ms.max',
    ],
    [
      { faults: [{ fault: 'drop-on-arrival', with: 'scissors' }] },
      'faults[0].with must be "close" or "reset"',
    ],
    [
      { faults: [{ fault: 'load-balancer-error', status: 500 }] },
      'faults[0].status must be 502 or 503 or 504',
    ],
    [one({ when: [] }), 'faults[0].when must be an object'],
    [when({ shares: 1 }), "faults[0].when has no member 'shares'; it has operation, share, nth,"],
    [when({ share: 1.5 }), 'faults[0].when.share must be a number from 0 to 1'],
    [when({ nth: 3 }), 'faults[0].when.nth must be a list that is not empty'],
    [when({ nth: [] }), 'faults[0].when.nth must be a list that is not empty'],
    [when({ nth: [1, 0] }), 'faults[0].when.nth[1] must be a whole number from 1'],
    [when({ every: 0 }), 'faults[0].when.every must be a whole number from 1'],
    [
      when({ token: '(' }),
      "faults[0].when.token must be a regular expression in the syntax of RE2, without lookahead, lookbehind and backreference, which '(' is not (error parsing regexp: missing closing ): `(`)",
    ],
    [when({ from: 5, to: 5 }), 'faults[0].when.to must be above faults[0].when.from'],
    [when({ from: 5, period: 5 }), 'faults[0].when.period must be above faults[0].when.from'],
  ])('%j', (plan, message) => {
    expect(() => readFaultPlan(plan)).toThrow(UserError);
    expect(() => readFaultPlan(plan)).toThrow(message);
  });
});

/** A call of BatchPutContact with this body. */
const requestOf = (bytes: string | Buffer) => ({
  method: 'PUT',
  target: '/contact/batch/an-instance',
  body: Buffer.from(bytes),
});

it.each(Object.entries(BUILT_IN_PLANS))('the plan %s can be read, and selects', (_, { plan }) => {
  const faults = createFaults(readFaultPlan(plan), 0);
  const selected = Array.from({ length: 500 }, (_, i) => faults?.select(requestOf(''), i * 30));
  expect(selected.some((selected) => selected !== null)).toBe(true);
});

describe('when', () => {
  it.each<[When, boolean]>([
    [{ from: 2.007 }, true],
    [{ to: 2.007 }, false],
    [{ to: 0.01, period: 2.007 }, true],
  ])('%j is held to in whole milliseconds, of which 2.007 s are 2007', (when, expected) => {
    const occasion = { n: 1, milliseconds: 2007, clientToken: null };
    expect(selectorOf(when)(occasion, new Draw(1, 1))).toBe(expected);
  });

  /** Numbers of those of 100 requests, 100 ms apart, that are selected. */
  function selectedBy(when: When, seed = 1, token = (n: number) => `t${n}`): number[] {
    const plan = readFaultPlan({ seed, faults: [{ fault: 'throttle', when }] });
    const faults = createFaults(plan, 1_000_000);
    const selected = [];
    for (let n = 1; n <= 100; n += 1) {
      const bytes = Buffer.from(body(contacts(1), token(n)));
      if (faults?.select(requestOf(bytes), 1_000_000 + (n - 1) * 100)) selected.push(n);
    }
    return selected;
  }
  const from = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i);

  const CASES: Readonly<Record<keyof typeof SELECTORS, () => void>> = {
    operation() {
      const when = { operation: 'PutDialRequestBatch', nth: [2] };
      const faults = createFaults(readFaultPlan({ faults: [{ fault: 'throttle', when }] }), 0);
      const feeder = { method: 'PUT', target: '/campaigns/a/dial-requests', body: Buffer.from('') };
      const calls = [requestOf(''), feeder, requestOf(''), requestOf(''), feeder, feeder];
      const selected = calls.map((call) => faults?.select(call, 0) !== null);
      expect(selected).toEqual([false, false, false, false, true, false]);
    },
    share() {
      expect(selectedBy({ share: 0 })).toEqual([]);
      expect(selectedBy({ share: 1 })).toEqual(from(1, 100));
      const plan = readFaultPlan({ faults: [{ fault: 'throttle', when: { share: 0.2 } }] });
      const faults = createFaults(plan, 0);
      let selected = 0;
      for (let i = 0; i < 10_000; i += 1) if (faults?.select(requestOf(''), 0)) selected += 1;
      expect(selected / 10_000).toBeCloseTo(0.2, 2);
    },
    nth: () => expect(selectedBy({ nth: [7, 3, 200] })).toEqual([3, 7]),
    every: () => expect(selectedBy({ every: 30 })).toEqual([30, 60, 90]),
    token() {
      expect(selectedBy({ token: '^t2\\d$' })).toEqual(from(20, 29));
      expect(selectedBy({ token: '^\\u0074(?<n>2)\\d$' })).toEqual(from(20, 29));
      // With the engine of JavaScript, this takes minutes.
      expect(selectedBy({ token: '(a+)+$' }, 1, () => `${'a'.repeat(40)}!`)).toEqual([]);
      expect(selectedBy({ token: '^$' }, 1, () => '')).toEqual(from(1, 100));
      const faults = createFaults(readFaultPlan({ faults: [tokenless] }), 0);
      for (const text of ['{', '[]', 'null', '{"ClientToken":7}', body(contacts(1))]) {
        expect(faults?.select(requestOf(text), 0)).toBeNull();
      }
    },
    from: () => expect(selectedBy({ from: 9.5 })).toEqual(from(96, 100)),
    to: () => expect(selectedBy({ to: 0.5 })).toEqual(from(1, 5)),
    period: () => {
      expect(selectedBy({ from: 1, to: 1.2, period: 4 })).toEqual([11, 12, 51, 52, 91, 92]);
    },
  };
  const tokenless = { fault: 'throttle', when: { token: '.*' } };

  it.each(Object.keys(SELECTORS) as (keyof typeof SELECTORS)[])('%s', (name) => CASES[name]());

  it('takes a request that meets all its members, and every request without any', () => {
    expect(selectedBy({})).toEqual(from(1, 100));
    expect(selectedBy({ every: 2, token: '5', to: 6 })).toEqual([50, 52, 54, 56, 58]);
  });

  it('draws the same for a seed, and otherwise for another', () => {
    expect(selectedBy({ share: 0.3 }, 5)).toEqual(selectedBy({ share: 0.3 }, 5));
    expect(selectedBy({ share: 0.3 }, 5)).not.toEqual(selectedBy({ share: 0.3 }, 6));
  });

  it('draws for each fault apart', () => {
    const half = { fault: 'throttle', when: { share: 0.5 } };
    const faults = createFaults(readFaultPlan({ faults: [half, half] }), 0);
    let both = 0;
    for (let i = 0; i < 1000; i += 1) {
      if (faults?.select(requestOf(''), 0)?.applyAll('throttle').length === 2) both += 1;
    }
    // A quarter; drawn as one they would be half.
    expect(both / 1000).toBeCloseTo(0.25, 1);
  });
});

it('a seed gives the same answers again, over all', async () => {
  const answers = async (seed: number) => {
    let id = 0;
    const service = createService({
      clock: stoppedClock(),
      profile: 'stress',
      newContactId: () => `id-${id++}`,
      faults: {
        seed,
        faults: [
          { fault: 'error-after-commit', when: { share: 0.3 } },
          { fault: 'fail-items', code: 'INTERNAL_ERROR', items: 0.3 },
        ],
      },
    });
    const texts = [];
    for (let i = 0; i < 20; i += 1) {
      texts.push((await run(service, { body: body(contacts(5), `t${i}`) })).text);
    }
    return texts;
  };
  expect(await answers(7)).toEqual(await answers(7));
  expect(await answers(7)).not.toEqual(await answers(8));
});

describe('waits', () => {
  const drawn = (wait: Wait) =>
    Array.from({ length: 4001 }, (_, i) => sampleWait(wait, new Draw(1, i))).sort((a, b) => a - b);
  const SUMMARIES: Readonly<Record<keyof typeof DISTRIBUTIONS, () => void>> = {
    uniform() {
      const waits = drawn({ distribution: 'uniform', min: 10, max: 30 });
      expect(waits[0]).toBeGreaterThanOrEqual(10);
      expect(waits[4000]).toBeLessThan(30);
      expect(Math.abs((waits[2000] ?? 0) - 20)).toBeLessThan(1);
    },
    exponential() {
      const waits = drawn({ distribution: 'exponential', mean: 50, max: 60_000 });
      expect(Math.abs(waits.reduce((a, b) => a + b) / 4001 - 50)).toBeLessThan(3);
      expect(drawn({ distribution: 'exponential', mean: 50, max: 70 })[4000]).toBe(70);
    },
    lognormal() {
      const waits = drawn({ distribution: 'lognormal', median: 100, sigma: 0.5, max: 60_000 });
      expect(Math.abs((waits[2000] ?? 0) - 100)).toBeLessThan(5);
      // One standard deviation up: 100 e^0.5.
      expect(Math.abs((waits[3366] ?? 0) - 164.9)).toBeLessThan(10);
      expect(drawn({ distribution: 'lognormal', median: 100, sigma: 2, max: 150 })[4000]).toBe(150);
    },
  };
  it.each(Object.keys(DISTRIBUTIONS) as (keyof typeof DISTRIBUTIONS)[])('%s', (name) =>
    SUMMARIES[name](),
  );
  it('fixed', () => expect(sampleWait(12, new Draw(1, 1))).toBe(12));
});

describe('docs/faults.md', () => {
  const path = join(PACKAGE_ROOT, 'docs', 'faults.md');
  const docs = readFileSync(path, 'utf8');
  const membersOf = (fault: FaultKind) =>
    Object.entries(FAULTS[fault].members).map(([name, member]) => {
      const otherwise = 'default' in member ? `; default ${JSON.stringify(member.default)}` : '';
      return `\`${name}\`: ${member.meaning} (${member.read.values}${otherwise})`;
    });
  const named = <Row>(
    head: string[],
    rows: Readonly<Record<string, Row>>,
    cells: (row: Row) => string[],
  ) =>
    markdownTable(
      head,
      Object.entries(rows).map(([name, row]) => [`\`${name}\``, ...cells(row)]),
    );

  it('has the tables of the code', () => {
    const kinds = FAULT_KINDS.map((kind) => {
      const { meaning, point } = FAULTS[kind];
      return [`\`${kind}\``, meaning, point, membersOf(kind).join(', ')];
    });
    expectGoldenParts(path, {
      plans: named(['plan', 'what happens'], BUILT_IN_PLANS, ({ meaning }) => [meaning]),
      kinds: markdownTable(['fault', 'what happens', 'point', 'members'], kinds),
      points: named(['point', 'when it is'], POINTS, (meaning) => [meaning]),
      selectors: named(['member', 'selects', 'value'], SELECTORS, ({ meaning, read }) => [
        meaning,
        read.values,
      ]),
      distributions: named(
        ['distribution', 'members, in milliseconds; `sigma` is that of the logarithm'],
        DISTRIBUTIONS,
        (members) => [Object.keys(members).join(', ')],
      ),
    });
  });

  it('has examples that can be read', () => {
    const examples = [...docs.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) expect(readFaultPlan(JSON.parse(text)).faults).not.toEqual([]);
  });
});
