/** k6/execution: the position of a VU in the test. */

import { EXIT } from '../read/refusal.ts';
import type { ScenarioState } from '../vu/scenario.ts';
import type { Vu } from '../vu/vu.ts';
import type { K6Module } from './module.ts';

export const executionModule: K6Module = {
  members: ['vu', 'scenario', 'instance', 'test'],
  left: [],
  make: (vu) =>
    lazily({
      vu: () => vuInfo(vu),
      scenario: () => scenarioInfo(vu),
      instance: () => instanceInfo(vu),
      test: () => testInfo(vu),
    }),
};

/** Each part is made when it is first asked for: a script reads one or two, and VUs are many. */
function lazily(makers: Readonly<Record<string, () => object>>): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(makers)) {
    const get = () => {
      const value = make();
      Object.defineProperty(parts, name, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(parts, name, { get, enumerable: true, configurable: true });
  }
  return parts;
}

function vuInfo(vu: Vu) {
  return {
    get idInTest() {
      return vu.idInTest;
    },
    get idInInstance() {
      return vu.id;
    },
    get iterationInInstance() {
      return vu.iteration;
    },
    get iterationInScenario() {
      stateOf(vu);
      return vu.iterationInScenario;
    },
    get tags() {
      return vu.tags;
    },
    metrics: {
      get tags() {
        return vu.tags;
      },
      get metadata() {
        return vu.metadata;
      },
    },
  };
}

function scenarioInfo(vu: Vu) {
  return {
    get name() {
      return stateOf(vu).plan.name;
    },
    get executor() {
      return stateOf(vu).plan.executorName;
    },
    get startTime() {
      return stateOf(vu).startedAt;
    },
    get progress() {
      return stateOf(vu).progress;
    },
    get iterationInInstance() {
      stateOf(vu);
      return vu.iterationInInstance;
    },
    get iterationInTest() {
      stateOf(vu);
      return vu.iterationInTest;
    },
  };
}

function instanceInfo({ run }: Vu) {
  return {
    get iterationsCompleted() {
      return run.iterationsCompleted;
    },
    get iterationsInterrupted() {
      return run.iterationsInterrupted;
    },
    get vusActive() {
      return run.vusActive;
    },
    get vusInitialized() {
      return run.vusInitialised;
    },
    get currentTestRunDuration() {
      return run.elapsed();
    },
  };
}

function testInfo(vu: Vu) {
  const { run } = vu;
  return {
    abort(message?: string) {
      const why = message === undefined ? 'test aborted' : `test aborted: ${message}`;
      if (!vu.interruption) run.abort(why, EXIT.aborted);
      vu.interrupt(why);
      // What the script does after it has caught this has no effect.
      throw vu.interruption;
    },
    fail(message?: string) {
      if (vu.interruption) throw vu.interruption;
      run.markedFailed ??= message ?? 'test marked as failed';
    },
    get options() {
      return run.plan.consolidated;
    },
  };
}

function stateOf(vu: Vu): ScenarioState {
  if (vu.scenario) return vu.scenario;
  throw new Error("getting scenario information outside of the VU context isn't supported");
}
