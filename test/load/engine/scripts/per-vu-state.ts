/** What the init context keeps for a VU, and what all VUs share. */

import { SharedArray } from 'k6/data';
import exec from 'k6/execution';

let calls = 0;
const early = __VU;
let made = 0;
const shared = new SharedArray('numbers', () => {
  made += 1;
  return [{ n: 1 }, { n: 2 }];
});

export const options = {
  scenarios: { s: { executor: 'per-vu-iterations', vus: 3, iterations: 2 } },
};

export function setup() {
  return { list: [1] };
}

export default function (data: { list: number[] }) {
  calls += 1;
  data.list.push(exec.vu.idInTest);
  let frozen = false;
  try {
    (shared[0] as { n: number }).n = 9;
  } catch {
    frozen = true;
  }
  console.log(
    JSON.stringify({
      vu: exec.vu.idInTest,
      early,
      calls,
      made,
      list: data.list,
      frozen,
      sum: shared.reduce((sum, { n }) => sum + n, 0),
    }),
  );
}
