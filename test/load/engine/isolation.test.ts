import { run } from './support.ts';

test('module state and setup data are per VU, a SharedArray is one and frozen', async () => {
  const { lines } = await run('per-vu-state');
  const expected = [1, 2, 3].flatMap((vu) =>
    [1, 2].map((calls) => ({
      vu,
      early: vu,
      calls,
      // Made while VU 0 was loaded: nobody else calls the maker.
      made: 0,
      list: [1, ...Array<number>(calls).fill(vu)],
      frozen: true,
      sum: 3,
    })),
  );
  expect(lines).toHaveLength(6);
  expect(lines).toEqual(expect.arrayContaining(expected));
});

test('what Node has and k6 has not is out of sight', async () => {
  const { result, lines } = await run('globals');
  const [seen] = lines as { hidden: object; visible: object }[];
  expect(result.exitCode).toBe(0);
  expect(new Set(Object.values(seen?.hidden ?? {}))).toEqual(new Set(['undefined']));
  expect(seen?.visible).toEqual({
    ENV: 'object',
    VU: 'number',
    open: 'function',
    console: 'function',
    setTimeout: 'function',
    clearTimeout: 'function',
    setInterval: 'function',
    TextEncoder: 'function',
    TextDecoder: 'function',
    randomUUID: 'function',
    getRandomValues: 'function',
    subtle: 'object',
    JSON: 'object',
    BigInt: 'function',
  });
  expect('own' in globalThis).toBe(false);
});

test('two runs at the same time know nothing of each other', async () => {
  const counting = (by: number) => `
    import { Counter } from 'k6/metrics';
    const counter = new Counter('same_name');
    export const options = { iterations: 5, vus: 2, thresholds: { same_name: ['count==${5 * by}'] } };
    export default function () { counter.add(${by}); }`;
  const [one, two] = await Promise.all([run(counting(1)), run(counting(3))]);
  expect(one.result).toMatchObject({ exitCode: 0, iterations: 5 });
  expect(two.result).toMatchObject({ exitCode: 0, iterations: 5 });
  expect(two.result.summary.metrics.same_name?.values.count).toBe(15);
});

test('randomSeed makes Math.random repeat, in each VU for itself', async () => {
  const script = `
    import { randomSeed } from 'k6';
    export const options = { vus: 2, iterations: 2 };
    export default function () {
      randomSeed(7);
      console.log(JSON.stringify([Math.random(), Math.random(), Math.floor(2.5)]));
    }`;
  const { lines } = await run(script);
  expect(lines[0]).toEqual(lines[1]);
  const [first, second, floor] = lines[0] as number[];
  expect(first).not.toBe(second);
  expect(floor).toBe(2);
});
