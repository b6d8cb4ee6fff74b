import fc from 'fast-check';
import { constantArrivals, rampingArrivals } from '../../../load/engine/executors/arrivals.ts';
import { readOptions } from '../../../load/engine/plan/options.ts';
import {
  equalSegment,
  readSegment,
  type Segment,
  segmentsOf,
  WHOLE,
} from '../../../load/engine/read/segment.ts';

const numbersOf = (count: number) => Array.from({ length: count }, (_, i) => i);
const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

/** Borders of one to six segments, of any sizes. */
const sequences = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  .map((sizes) => {
    const sumOf = (some: readonly number[]) => some.reduce((sum, size) => sum + size, 0);
    const ends = sizes.map((_, i) => sumOf(sizes.slice(0, i + 1)));
    return ['0', ...ends.map((end) => `${end}/${sumOf(sizes)}`)].join(',');
  });

/** Every segment of a sequence. */
function partsOf(executionSegmentSequence: string): Segment[] {
  return segmentsOf({ executionSegment: '', executionSegmentSequence }).map((one) =>
    readSegment(one, executionSegmentSequence),
  );
}

describe('the segments of a run add up to it', () => {
  it('in whatever is counted, and in the numbers of it', () => {
    fc.assert(
      fc.property(sequences, fc.nat(500), (sequence, count) => {
        const numbers = partsOf(sequence).map((part) =>
          numbersOf(part.share(count)).map((own) => part.nth(own)),
        );
        expect(ascending(numbers.flat())).toEqual(numbersOf(count));
        for (const own of numbers) expect(own).toEqual(ascending(own));
      }),
      { seed: 1 },
    );
  });

  it('in iterations and arrivals too, whoever of them got a VU', () => {
    fc.assert(
      fc.property(
        sequences,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(300),
        (sequence, vus, count) => {
          const parts = partsOf(sequence);
          const numbers = parts.map((part) => [...part.among(vus).of(numbersOf(count))]);
          expect(ascending(numbers.flat())).toEqual(numbersOf(count));
          parts.forEach((part, i) => {
            expect(numbers[i]).toHaveLength(part.among(vus).share(count));
            if (part.share(vus) === 0) expect(numbers[i]).toEqual([]);
          });
        },
      ),
      { seed: 2 },
    );
  });

  it('with no segment more than one place from its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(500), (parts, count) => {
        for (const i of numbersOf(parts)) {
          const { executionSegment, executionSegmentSequence } = equalSegment(i, parts);
          const share = readSegment(executionSegment, executionSegmentSequence).share(count);
          expect(Math.abs(share - count / parts)).toBeLessThan(1);
        }
      }),
      { seed: 3 },
    );
  });

  const vus = fc.integer({ min: 1, max: 30 });
  const rate = fc.integer({ min: 1, max: 300 });
  const scenarios = fc.oneof(
    fc.record({ executor: fc.constant('constant-vus'), vus, duration: fc.constant('1s') }),
    fc.record({ executor: fc.constant('per-vu-iterations'), vus, iterations: rate }),
    vus.chain((most) =>
      fc.record({
        executor: fc.constant('shared-iterations'),
        vus: fc.integer({ min: 1, max: most }),
        iterations: fc.integer({ min: most, max: 500 }),
      }),
    ),
    fc.record({
      executor: fc.constant('ramping-vus'),
      startVUs: vus,
      stages: fc.array(fc.record({ duration: fc.constant('1s'), target: vus }), { minLength: 1 }),
    }),
    fc.record({
      executor: fc.constant('constant-arrival-rate'),
      rate,
      duration: fc.constant('1s'),
      preAllocatedVUs: vus,
    }),
  );

  it('in the plan of any scenario', () => {
    fc.assert(
      fc.property(sequences, scenarios, (sequence, scenario) => {
        const options = { scenarios: { s: scenario } };
        const plan = (executionSegment: string, executionSegmentSequence: string) => {
          const given = { executionSegment, executionSegmentSequence };
          const executor = readOptions(options, '', given).scenarios[0]?.executor;
          if (!executor) throw new Error('there is no scenario');
          return executor;
        };
        const whole = plan('0:1', '0,1');
        const parts = segmentsOf({ executionSegment: '', executionSegmentSequence: sequence }).map(
          (one) => plan(one, sequence),
        );
        const sum = (of: (part: typeof whole) => number) =>
          parts.reduce((all, part) => all + of(part), 0);
        expect(sum((part) => part.vus)).toBe(whole.vus);
        expect(sum((part) => part.maxVus)).toBe(whole.maxVus);
        expect(sum((part) => part.iterations ?? 0)).toBe(whole.iterations ?? 0);
        expect(sum((part) => part.target(500) ?? 0)).toBeCloseTo(whole.target(500) ?? 0, 6);
        const numbers = parts.flatMap((part) =>
          numbersOf(part.iterations ?? 0).map((own) => part.numbers.nth(own)),
        );
        expect(ascending(numbers)).toEqual(numbersOf(whole.iterations ?? 0));
      }),
      { seed: 4 },
    );
  });
});

test('arrivals keep their time: the segments take turns', () => {
  const quarters = numbersOf(4).map((i) => {
    const { executionSegment, executionSegmentSequence } = equalSegment(i, 4);
    return readSegment(executionSegment, executionSegmentSequence);
  });
  const due = quarters.map((part) => [...part.among(8).of(constantArrivals(10, 1_000, 1_000))]);
  expect(due).toEqual([
    [0, 400, 800],
    [100, 500, 900],
    [200, 600],
    [300, 700],
  ]);
  const stages = [{ durationMs: 1_000, target: 40 }];
  const ramp = [...rampingArrivals(0, 1_000, stages)];
  const own = quarters.map((part) => [...part.among(8).of(rampingArrivals(0, 1_000, stages))]);
  expect(ascending(own.flat())).toEqual(ramp);
  expect(own[1]?.[0]).toBe(ramp[1]);
});

describe('a segment is read', () => {
  it.each([
    ['', '', '0:1', '0,1'],
    ['1/4:2/4', '', '1/4:1/2', '0,1/4,1/2,3/4,1'],
    ['1/3', '', '0:1/3', '0,1/3,2/3,1'],
    ['50%:100%', '', '1/2:1', '0,1/2,1'],
    ['0.25:1', '0,0.25,1', '1/4:1', '0,1/4,1'],
    ['2/6:3/6', '0,1/3,1/2,1', '1/3:1/2', '0,1/3,1/2,1'],
  ])('"%s" of "%s"', (segment, sequence, executionSegment, executionSegmentSequence) => {
    expect(readSegment(segment, sequence).text).toEqual({
      executionSegment,
      executionSegmentSequence,
    });
  });

  it.each([
    ['1/4:1', '', 'give executionSegmentSequence too'],
    ['2/4:1/4', '', 'must end after its beginning'],
    ['0:5/4', '', '"5/4" is not a fraction'],
    ['0:1/0', '', '"1/0" is not a fraction'],
    ['a:b', '', '"a" is not a fraction'],
    ['0:1/2', '0,1/4,1', 'not one of the sequence'],
    ['0:1/2', '1/2,0,1', 'must rise from 0 to 1'],
    ['0:1/2', '0,1/2', 'must rise from 0 to 1'],
    ['0:1/9973', '0,1/9973,1/9967,1', 'no common denominator'],
    ['', '0,1', 'without executionSegment'],
  ])('"%s" of "%s" is refused', (segment, sequence, message) => {
    expect(() => readSegment(segment, sequence)).toThrow(message);
    expect(() => readSegment(segment, sequence)).toThrow(
      expect.objectContaining({ exitCode: 104 }),
    );
  });

  it('from the options, unless one is given beside them', () => {
    const options = { vus: 4, duration: '1s', executionSegment: '0:1/2' };
    expect(readOptions(options, '').scenarios[0]?.executor.vus).toBe(2);
    const given = equalSegment(0, 4);
    expect(readOptions(options, '', given).scenarios[0]?.executor.vus).toBe(1);
    expect(WHOLE.portion).toBe(1);
  });
});
