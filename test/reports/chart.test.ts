import { type Chart, chart } from '../../reports/html/chart.ts';
import { bin } from '../../reports/html/series.ts';

const second = (at: number, requests: number, p99: number) => ({
  second: at,
  requests,
  errors: 0,
  p50: p99 / 2,
  p95: p99,
  p99,
  vus: null,
  failed: {},
  codes: {},
});

describe('bin', () => {
  it('keeps seconds apart while they fit, with a gap where no request finished', () => {
    const { secondsPerBin, bins } = bin([second(0, 4, 8), second(2, 6, 10)], 10);
    expect(secondsPerBin).toBe(1);
    expect(bins.map((one) => [one.second, one.requestsPerSecond, one.p99])).toEqual([
      [0, 4, 8],
      [1, 0, null],
      [2, 6, 10],
    ]);
  });

  it('takes the mean rate and the worst percentiles of a bin, the last one cut short', () => {
    const series = [1, 2, 3, 4, 5].map((n, i) => second(i, n, n * 10));
    const { secondsPerBin, bins } = bin(series, 3);
    expect(secondsPerBin).toBe(2);
    expect(bins.map((one) => [one.second, one.requestsPerSecond, one.p50, one.p99])).toEqual([
      [0, 1.5, 10, 20],
      [2, 3.5, 20, 40],
      [4, 5, 25, 50],
    ]);
  });

  it('does not take a percentile of a second without requests', () => {
    expect(bin([second(0, 0, 0)], 10).bins[0]).toMatchObject({ p50: null, p99: null });
  });

  it('has no bins without a series', () => expect(bin([], 10).bins).toEqual([]));

  it('bins a day of seconds', () => {
    const day = Array.from({ length: 86_400 }, (_, i) => second(i, 1, 1));
    expect(bin(day, 240)).toMatchObject({ secondsPerBin: 360, bins: { length: 240 } });
  });
});

describe('chart', () => {
  const draw = (points: Chart['lines'][number]['points']): string =>
    chart({
      title: 'T',
      unit: 'ms',
      description: 'D.',
      lines: [{ label: 'p99', look: 'main', points }],
    }).html;

  it('is an image with a description, wide and narrow', () => {
    const html = draw([
      [0, 1],
      [1, 2],
    ]);
    expect(html.match(/<svg [^>]*role="img" aria-label="T\. D\."/g)).toHaveLength(2);
  });

  it('breaks the line at a gap', () => {
    const path = /<path class="line main" d="([^"]*)"/.exec(
      draw([
        [0, 1],
        [1, 2],
        [2, null],
        [3, 1],
        [4, 2],
      ]),
    );
    expect(path?.[1]?.match(/M/g)).toHaveLength(2);
  });

  it('marks a point that no line reaches', () => {
    expect(draw([[0, 3]]).match(/<circle/g)).toHaveLength(2);
    expect(
      draw([
        [0, 3],
        [1, null],
        [2, 3],
        [3, 3],
      ]).match(/<circle/g),
    ).toHaveLength(2);
  });

  it.each([
    ['at the top', 100],
    ['at the bottom', 0],
  ])('keeps the names of lines apart and in the picture: %s', (_, value) => {
    const lines = (['main', 'second', 'third'] as const).map((look) => ({
      label: look,
      look,
      points: [
        [0, 100],
        [1, value],
      ] as const,
    }));
    const { html } = chart({ title: 'T', unit: '', description: '', lines, small: true });
    const at = [...html.matchAll(/<text class="\w+" x="\d+" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    const sorted = at.toSorted((a, b) => a - b);
    expect(at).toHaveLength(3);
    expect(sorted[0]).toBeGreaterThanOrEqual(10);
    expect(sorted[2]).toBeLessThanOrEqual(190);
    for (const [i, y] of sorted.slice(1).entries()) {
      expect(y - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(14);
    }
  });

  it('draws only finite numbers', () => {
    for (const html of [
      draw([]),
      draw([[0, 0]]),
      draw([[0, null]]),
      draw([
        [0, 1e9],
        [1, 0],
      ]),
    ]) {
      expect(html).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
