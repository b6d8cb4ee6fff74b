import { spawnSync } from 'node:child_process';
import v8 from 'node:v8';
import { run } from './support.ts';

const FLAG = '--heap-growing-percent=50';

it.each([
  [999, []],
  [1_000, [[FLAG]]],
])('lets V8 keep less garbage from 1,000 VUs on: %d', async (vus, flags) => {
  const set = jest.spyOn(v8, 'setFlagsFromString').mockReturnValue();
  const { result } = await run(
    `export const options = { scenarios: { all: { executor: 'per-vu-iterations', vus: ${vus} } } };
    export default function () {}`,
  );
  expect(result.summary.metrics.iterations?.values).toMatchObject({ count: vus });
  expect(set.mock.calls).toEqual(flags);
  set.mockRestore();
});

it('names a flag that this V8 has', () => {
  const node = (flag: string) => spawnSync(process.execPath, [flag, '-e', '0']).status;
  expect(node(FLAG)).toBe(0);
  expect(node('--no-such-flag')).not.toBe(0);
});
