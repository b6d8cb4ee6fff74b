/**
 * Execution segments: the part of a run's VUs, iterations and arrivals that is one instance's. Pure.
 *
 * What is divided is dealt out place by place, as k6 does, and not cut into blocks: all instances start
 * and end together, and the parts add up to the whole whatever the numbers are.
 */

import { ScriptRefused } from './refusal.ts';

/** A segment as k6's options write it. */
export interface SegmentText {
  /** `from:to`, each a fraction of the run, such as `1/4:2/4`. */
  readonly executionSegment: string;
  /** The borders of all segments, such as `0,1/4,2/4,3/4,1`. */
  readonly executionSegmentSequence: string;
}

/** More places than this in one round of dealing are a mistake in the fractions. */
const MAX_CYCLE = 10_000;

export class Segment {
  /** Reduced fractions. */
  readonly text: SegmentText;
  /** Size of every segment of the sequence, in places of a cycle. */
  readonly #weights: readonly number[];
  readonly #own: number;
  readonly #cycle: number;
  /** This segment's places in a cycle, ascending. */
  readonly #places: readonly number[];

  /** @param own number of this segment in `weights`. */
  constructor(text: SegmentText, weights: readonly number[], own: number) {
    const divisor = weights.reduce(greatestCommonDivisor, 0) || 1;
    this.text = text;
    this.#weights = weights.map((weight) => weight / divisor);
    this.#own = own;
    this.#cycle = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#places = placesOf(this.#weights, own);
  }

  /** Size of this segment, 0 to 1. */
  get portion(): number {
    return this.#cycle === 0 ? 0 : this.#places.length / this.#cycle;
  }

  /** How many of the run's first `count` things are this segment's. */
  share(count: number): number {
    if (this.#places.length === 0) return 0;
    const rest = count % this.#cycle;
    const started = this.#places.filter((place) => place < rest).length;
    return Math.floor(count / this.#cycle) * this.#places.length + started;
  }

  /**
   * The number, in the whole run, of this segment's thing number `own`. Both count from 0.
   *
   * @throws Error where the segment is empty.
   */
  nth(own: number): number {
    const size = this.#places.length;
    if (size === 0) throw new Error('this segment has no part of it');
    return Math.floor(own / size) * this.#cycle + (this.#places[own % size] ?? 0);
  }

  /** The things of an endless or finite row that are this segment's, in their order. */
  *of<T>(row: Iterable<T>): Generator<T, void> {
    if (this.#places.length === 0) return;
    let place = 0;
    let own = 0;
    for (const one of row) {
      if (place === this.nth(own)) {
        own += 1;
        yield one;
      }
      place += 1;
    }
  }

  /**
   * The same division, in proportion to the VUs that each segment has of `vus`.
   *
   * Iterations and arrivals are divided so, as in k6: a segment that got no VU gets none of them.
   */
  among(vus: number): Segment {
    const shares = this.#weights.map((_, i) => new Segment(this.text, this.#weights, i).share(vus));
    return new Segment(this.text, shares, this.#own);
  }
}

/** The whole run. */
export const WHOLE = new Segment(
  { executionSegment: '0:1', executionSegmentSequence: '0,1' },
  [1],
  0,
);

/** Segment number `index` of `count` equal ones. */
export function equalSegment(index: number, count: number): SegmentText {
  const borders = Array.from({ length: count + 1 }, (_, i) => said({ over: i, under: count }));
  return {
    executionSegment: `${borders[index]}:${borders[index + 1]}`,
    executionSegmentSequence: borders.join(','),
  };
}

/** The segments of a sequence, as `executionSegment` writes them. */
export function segmentsOf({ executionSegmentSequence }: SegmentText): string[] {
  const borders = executionSegmentSequence.split(',');
  return borders.slice(1).map((border, i) => `${borders[i]}:${border}`);
}

/**
 * Reads `executionSegment` and `executionSegmentSequence`.
 *
 * Without a sequence the segment must be one of some number of equal ones: then the others are known.
 * (k6 makes up a sequence for each instance, and the parts need not add up.)
 *
 * @throws ScriptRefused (104) where the texts do not divide a run.
 */
export function readSegment(segment: string, sequence: string): Segment {
  if (segment === '') {
    if (sequence === '') return WHOLE;
    throw new ScriptRefused('executionSegmentSequence is given without executionSegment');
  }
  const [first = '', second] = segment.split(':');
  const from = second === undefined ? { over: 0, under: 1 } : readFraction(first, segment);
  const to = readFraction(second ?? first, segment);
  if (!before(from, to)) throw wrongSegment(segment, 'it must end after its beginning');
  const borders =
    sequence === ''
      ? equalBorders(from, to, segment)
      : sequence.split(',').map((one) => readFraction(one, sequence));
  const names = borders.map(said);
  if (names[0] !== '0' || names.at(-1) !== '1' || !borders.every(ascending)) {
    throw new ScriptRefused(
      `executionSegmentSequence "${sequence}" must rise from 0 to 1, such as 0,1/4,2/4,3/4,1`,
    );
  }
  const own = names.indexOf(said(from));
  if (own < 0 || names[own + 1] !== said(to)) {
    throw wrongSegment(segment, `it is not one of the sequence "${sequence}"`);
  }
  const cycle = borders.reduce((lcm, { under }) => leastCommonMultiple(lcm, under), 1);
  if (cycle > MAX_CYCLE) {
    throw wrongSegment(segment, `the fractions have no common denominator up to ${MAX_CYCLE}`);
  }
  const ends = borders.map(({ over, under }) => (over * cycle) / under);
  return new Segment(
    {
      executionSegment: `${names[own]}:${names[own + 1]}`,
      executionSegmentSequence: names.join(','),
    },
    ends.slice(1).map((end, i) => end - (ends[i] ?? 0)),
    own,
  );
}

interface Fraction {
  readonly over: number;
  readonly under: number;
}

/** `1/4`, `0.25` or `25%`, reduced. */
function readFraction(text: string, whole: string): Fraction {
  const [, over, under, decimal, percent] =
    /^\s*(?:(\d{1,9})\/(\d{1,9})|(\d(?:\.\d{1,6})?)|(\d{1,3}(?:\.\d{1,4})?)%)\s*$/.exec(text) ?? [];
  const read =
    over !== undefined
      ? { over: Number(over), under: Number(under) }
      : { over: Math.round(Number(decimal ?? Number(percent) / 100) * 1e6), under: 1e6 };
  if (!(read.under > 0 && read.over <= read.under)) {
    throw wrongSegment(whole, `"${text}" is not a fraction such as 1/4, 0.25 or 25%`);
  }
  const divisor = greatestCommonDivisor(read.over, read.under);
  return { over: read.over / divisor, under: read.under / divisor };
}

function equalBorders(from: Fraction, to: Fraction, segment: string): Fraction[] {
  const under = leastCommonMultiple(from.under, to.under);
  const start = (from.over * under) / from.under;
  const size = (to.over * under) / to.under - start;
  if (under % size !== 0 || start % size !== 0) {
    throw wrongSegment(segment, 'give executionSegmentSequence too, for the segments differ');
  }
  const count = under / size;
  if (count > MAX_CYCLE) throw wrongSegment(segment, `there are at most ${MAX_CYCLE} segments`);
  return Array.from({ length: count + 1 }, (_, i) => reduced(i, count));
}

function wrongSegment(segment: string, why: string): ScriptRefused {
  return new ScriptRefused(`executionSegment "${segment}": ${why}`);
}

function reduced(over: number, under: number): Fraction {
  const divisor = greatestCommonDivisor(over, under);
  return { over: over / divisor, under: under / divisor };
}

function said({ over, under }: Fraction): string {
  const least = reduced(over, under);
  return least.under === 1 ? String(least.over) : `${least.over}/${least.under}`;
}

function before(a: Fraction, b: Fraction): boolean {
  return a.over * b.under < b.over * a.under;
}

function ascending(border: Fraction, i: number, borders: readonly Fraction[]): boolean {
  const last = borders[i - 1];
  return last === undefined || before(last, border);
}

/** Deals the places of a cycle. Each goes to the segment that is furthest behind its share. */
function placesOf(weights: readonly number[], own: number): number[] {
  const cycle = weights.reduce((sum, weight) => sum + weight, 0);
  const taken = weights.map(() => 0);
  const places: number[] = [];
  for (let place = 0; place < cycle; place += 1) {
    const behind = (i: number) => (weights[i] ?? 0) * (place + 1) - (taken[i] ?? 0) * cycle;
    let next = 0;
    for (let i = 1; i < weights.length; i += 1) if (behind(i) > behind(next)) next = i;
    taken[next] = (taken[next] ?? 0) + 1;
    if (next === own) places.push(place);
  }
  return places;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}
