/** Two scenarios one after the other on the same VU, each with its own function, env and tags. */

import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

const calls = new Counter('calls');

const iterations = { executor: 'per-vu-iterations', vus: 1, iterations: 2, gracefulStop: '0s' };

export const options = {
  tags: { everywhere: 'yes' },
  scenarios: {
    first: {
      ...iterations,
      exec: 'one',
      env: { WHO: 'first' },
      tags: { part: 'a' },
      maxDuration: '2s',
    },
    second: { ...iterations, exec: 'two', startTime: '2s', tags: { part: 'b' } },
  },
  thresholds: {
    'calls{scenario:first}': ['count==2'],
    'calls{part:b}': ['count==20'],
    'calls{everywhere:yes}': ['count==22'],
  },
};

function tell(by: number): void {
  calls.add(by);
  console.log(
    JSON.stringify({
      vu: exec.vu.idInTest,
      iter: __ITER,
      inScenario: exec.vu.iterationInScenario,
      inTest: exec.scenario.iterationInTest,
      name: exec.scenario.name,
      executor: exec.scenario.executor,
      who: __ENV.WHO ?? 'nobody',
      vus: exec.instance.vusInitialized,
    }),
  );
}

export function one(): void {
  tell(1);
}

export function two(): void {
  tell(10);
}
