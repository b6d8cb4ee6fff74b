/** k6/metrics: Counter, Gauge, Rate and Trend. */

import type { Metric, Tags } from '../metrics/metric.ts';
import type { MetricType } from '../metrics/sinks.ts';
import type { Vu } from '../vu/vu.ts';
import type { K6Module } from './module.ts';

export const metricsModule: K6Module = {
  members: ['Counter', 'Gauge', 'Rate', 'Trend'],
  left: ['Metric'],
  make: (vu) => ({
    Counter: constructorOf(vu, 'counter'),
    Gauge: constructorOf(vu, 'gauge'),
    Rate: constructorOf(vu, 'rate'),
    Trend: constructorOf(vu, 'trend'),
  }),
};

/** A constructor that gives every VU objects of one class: call sites stay fast. */
function constructorOf(vu: Vu, type: MetricType) {
  // A declaration, not an arrow function: scripts call it with `new`.
  function make(name: string, isTime = false): CustomMetric {
    if (vu.phase !== 'init') {
      throw new Error(`metric '${name}' must be declared in the init context`);
    }
    const metric = vu.run.registry.custom(name, type, isTime ? 'time' : 'default');
    return new CustomMetric(vu, metric);
  }
  return make;
}

class CustomMetric {
  readonly name: string;
  readonly #vu: Vu;
  readonly #metric: Metric;

  constructor(vu: Vu, metric: Metric) {
    this.name = metric.name;
    this.#vu = vu;
    this.#metric = metric;
  }

  add(value: number | boolean | null, tags?: Tags): boolean {
    this.#vu.enter(`add() of metric '${this.name}'`);
    const number = value === null ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) {
      throw new Error(
        `'${String(value)}' is an invalid value for metric '${this.name}', a number or a boolean value is expected`,
      );
    }
    this.#metric.add(number, this.#vu, tags);
    return true;
  }
}
