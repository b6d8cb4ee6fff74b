/** The scenario that the environment names; every iteration says where it is. */

import { sleep } from 'k6';
import exec from 'k6/execution';

export const options = {
  scenarios: { only: JSON.parse(__ENV.SCENARIO ?? '{}') },
};

export default async function () {
  console.log(
    JSON.stringify({
      vu: exec.vu.idInTest,
      iter: __ITER,
      inScenario: exec.vu.iterationInScenario,
      inTest: exec.scenario.iterationInTest,
    }),
  );
  if (__ENV.SLEEP) await sleep(Number(__ENV.SLEEP));
}
