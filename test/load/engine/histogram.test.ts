import fc from 'fast-check';
import { Histogram } from '../../../load/engine/metrics/histogram.ts';

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** The sample at the same rank, found by sorting. */
function exactPercentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((p / 100) * sorted.length)) - 1] as number;
}

/** Of every order of magnitude alike; fc.double would draw from the doubles, most of which are next to 0. */
const magnitude = fc
  .tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: -4, max: 8 }))
  .map(([digits, power]) => digits * 10 ** power);
const anyValue = fc.oneof(
  magnitude,
  magnitude.map((value) => -value),
);
const percent = fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10);

test('percentiles are within 0.8 % (or half a thousandth) of the exact sample', () => {
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1, maxLength: 200 }), percent, (values, p) => {
      const exact = exactPercentile(values, p);
      const found = of(values).percentile(p);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.008 + 0.000_501);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('count, sum, min and max are exact', () => {
  const histogram = of([3, 1.25, 70_000, 0]);
  expect(histogram).toMatchObject({ count: 4, sum: 70_004.25, min: 0, max: 70_000 });
  expect(histogram.percentile(100)).toBe(70_000);
  expect(histogram.percentile(0)).toBe(0);
});

test('merging equals recording everything in one', () => {
  fc.assert(
    fc.property(fc.array(anyValue), fc.array(anyValue), percent, (left, right, p) => {
      const merged = of(left);
      merged.merge(of(right));
      const whole = of([...left, ...right]);
      expect(merged.toRecord().buckets).toEqual(whole.toRecord().buckets);
      expect(merged.toRecord().negative).toEqual(whole.toRecord().negative);
      expect(merged.percentile(p)).toBe(whole.percentile(p));
      expect([merged.count, merged.min, merged.max]).toEqual([whole.count, whole.min, whole.max]);
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('a record is plain JSON and comes back the same', () => {
  const histogram = of([0.001, 12, -4, 1e9]);
  const back = Histogram.fromRecord(JSON.parse(JSON.stringify(histogram.toRecord())));
  expect(back.toRecord()).toEqual(histogram.toRecord());
});

test('without samples there is nothing to tell', () => {
  const empty = new Histogram();
  expect(empty.percentile(99)).toBe(0);
  expect(empty.mean).toBe(0);
  expect(empty.toRecord()).toMatchObject({ count: 0, min: null, max: null, buckets: [] });
});
