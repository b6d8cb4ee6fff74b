/** What `dialproof run` asks of its scenarios, so that it passes on a busy machine. */

import { calmed, DEFAULT_SCENARIOS } from '../../cli/commands/run.ts';
import type { ProfileValues, ScenarioName } from '../../load/lib/profiles.ts';

const none = (...scenarios: ScenarioName[]) =>
  new Map(scenarios.map((scenario): [ScenarioName, ProfileValues] => [scenario, {}]));

it('gives the default scenarios a wide objective, and arrivals enough virtual users', () => {
  const values = calmed(none(...DEFAULT_SCENARIOS));
  expect([...values.keys()]).toEqual(DEFAULT_SCENARIOS);
  const more: Partial<Record<ScenarioName, ProfileValues>> = {
    throughput: { vus: 100 },
    dial: { vus: 100, seconds: 2 },
  };
  for (const [scenario, own] of values) {
    expect(own).toEqual({ p95Ms: 5_000, ...more[scenario] });
  }
});

it('leaves what was given, and the scenarios that search and measure', () => {
  expect(calmed(new Map([['throughput', { p95Ms: 90, vus: 3 }]])).get('throughput')).toEqual({
    p95Ms: 90,
    vus: 3,
  });
  expect(calmed(none('breakpoint', 'soak'))).toEqual(none('breakpoint', 'soak'));
});
