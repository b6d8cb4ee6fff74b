import {
  clock,
  count,
  duration,
  figure,
  latency,
  perSecond,
  rate,
  share,
  utc,
  whole,
} from '../../run/figures.ts';

describe('figures for people', () => {
  it.each([
    [whole(0), '0'],
    [whole(999), '999'],
    [whole(32_768), '32,768'],
    [whole(1_234_567), '1,234,567'],
    [figure(12_000), '12,000'],
    [figure(249.996), '249.996'],
    [figure(0.0125), '0.0125'],
    [figure(1), '1'],
    [figure(-1_234.5), '-1,234.5'],
    [figure(12_345_678.9), '12,345,679'],
    [latency(4.2051), '4.21 ms'],
    [latency(84.24), '84.2 ms'],
    [latency(1_204.4), '1,204 ms'],
    [rate(4.25), '4.3'],
    [rate(4_955.2), '4,955'],
    [duration(0), '0 ms'],
    [duration(850.4), '850 ms'],
    [duration(12_340), '12.3 s'],
    [duration(59_980), '1 min 0 s'],
    [duration(192_400), '3 min 12 s'],
    [duration(7_500_000), '2 h 5 min'],
    [duration(7_199_900), '2 h 0 min'],
    [clock(0), '0:00'],
    [clock(725), '12:05'],
    [clock(3_600), '1:00:00'],
    [utc('2026-11-23T22:40:07.123Z'), '2026-11-23 22:40:07 UTC'],
    [utc('yesterday'), 'yesterday'],
    [count(1, 'request'), '1 request'],
    [count(0, 'batch', 'batches'), '0 batches'],
  ])('%s is %s', (shown, expected) => expect(shown).toBe(expected));

  it('never rounds a share up to all', () => {
    expect(share(999_999, 1_000_000)).toBe('99.99 %');
    expect(share(7, 7)).toBe('100 %');
    expect(share(1, 2)).toBe('50 %');
    expect(share(0, 0)).toBe('none');
  });

  it('gives no rate to what took no time', () => {
    expect(perSecond(5, 0)).toBeNull();
    expect(perSecond(5, 500)).toBe(10);
  });
});
