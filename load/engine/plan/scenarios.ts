/** The scenarios of the script's options: those of `scenarios`, or the one that the shorthands stand for. */

import { EXECUTORS, isExecutorName } from '../executors/table.ts';
import { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import type { Segment } from '../read/segment.ts';
import type { ScenarioPlan } from './plan.ts';

const SHORTHANDS = ['vus', 'iterations', 'duration', 'stages'];

export function readScenarios(fields: Fields, segment: Segment): ScenarioPlan[] {
  const shorthands = SHORTHANDS.filter((name) => fields.has(name));
  if (!fields.has('scenarios')) return [readShorthand(fields, shorthands, segment)];
  if (shorthands[0]) {
    throw new ScriptRefused(
      `options has both scenarios and ${shorthands[0]}: give only one of them`,
    );
  }
  const scenarios = Object.entries(new Fields('scenarios', fields.raw('scenarios')).all());
  if (scenarios.length === 0) throw new ScriptRefused('scenarios of options is empty');
  return scenarios.map(([name, value]) => {
    const scenario = new Fields(`scenario "${name}"`, value);
    const executorName = scenario.text('executor', '');
    return readScenario(name, executorName, scenario, segment);
  });
}

function readScenario(
  name: string,
  executorName: string,
  fields: Fields,
  segment: Segment,
): ScenarioPlan {
  if (!/^[0-9a-zA-Z_-]+$/.test(name)) {
    throw new ScriptRefused(`scenario "${name}": a name has letters, digits, _ and - only`);
  }
  if (!isExecutorName(executorName)) {
    throw new ScriptRefused(
      `executor of ${fields.where} is "${executorName}": it must be one of ${Object.keys(EXECUTORS).join(', ')}`,
    );
  }
  const plan = {
    name,
    executorName,
    executor: EXECUTORS[executorName](fields, segment),
    exec: fields.text('exec', 'default'),
    startTimeMs: fields.duration('startTime', 0),
    gracefulStopMs: fields.duration('gracefulStop', 30_000),
    env: fields.record('env'),
    tags: fields.record('tags'),
  };
  fields.finish();
  return plan;
}

/** `vus`, `iterations`, `duration` and `stages` at the top level, as k6 reads them. */
function readShorthand(fields: Fields, given: readonly string[], segment: Segment): ScenarioPlan {
  const values = Object.fromEntries(given.map((name) => [name, fields.raw(name)]));
  if (values.stages !== undefined && (values.iterations ?? values.duration) !== undefined) {
    throw new ScriptRefused('options has stages and iterations or duration: give only one of them');
  }
  const { executor, ...members } = shorthandOf(values);
  return readScenario('default', executor, new Fields('options', members), segment);
}

/** The scenario that they stand for. */
export function shorthandOf(values: Readonly<Record<string, unknown>>) {
  const { vus = 1, iterations, duration, stages } = values;
  if (stages !== undefined) return { executor: 'ramping-vus', startVUs: vus, stages };
  if (iterations !== undefined) {
    return { executor: 'shared-iterations', vus, iterations, maxDuration: duration };
  }
  return duration === undefined
    ? { executor: 'per-vu-iterations' }
    : { executor: 'constant-vus', vus, duration };
}
