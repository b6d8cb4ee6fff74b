import { durationMs } from '../../../load/engine/read/duration.ts';

test.each([
  ['1m30s', 90_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['0.5s', 500],
  ['.5s', 500],
  ['250ms', 250],
  ['1500us', 1.5],
  ['1500', 1_500],
  [1_500, 1_500],
  [0, 0],
])('%p is %p ms', (text, ms) => {
  expect(durationMs(text)).toBeCloseTo(ms, 9);
});

test.each(['', 'soon', '1x', '-1s', '1s later', -1, Number.NaN, null, undefined, {}])(
  '%p is no duration',
  (value) => {
    expect(durationMs(value)).toBeNull();
  },
);
