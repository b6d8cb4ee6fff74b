/** Feeds k6's http metrics from one finished request. */

import type { Metric, Origin, SubMetric, Tags } from '../metrics/metric.ts';
import type { BuiltIn } from '../metrics/registry.ts';
import type { Timings } from './timings.ts';

export class HttpMetrics {
  readonly #metrics: BuiltIn;
  /** k6 always sets this tag. */
  readonly #expected: SubMetric<'trend'>;
  readonly #trends: readonly (readonly [Metric<'trend'>, keyof Timings])[];
  #tagged: boolean | null = null;

  constructor(builtIn: BuiltIn) {
    this.#metrics = builtIn;
    this.#expected = builtIn.http_req_duration.subMetric([['expected_response', 'true']]);
    this.#trends = [
      [builtIn.http_req_duration, 'duration'],
      [builtIn.http_req_blocked, 'blocked'],
      [builtIn.http_req_connecting, 'connecting'],
      [builtIn.http_req_tls_handshaking, 'tls_handshaking'],
      [builtIn.http_req_sending, 'sending'],
      [builtIn.http_req_waiting, 'waiting'],
      [builtIn.http_req_receiving, 'receiving'],
    ];
  }

  /**
   * @param expected whether the response was as expected; null where the script does not judge it.
   * @param ownTags makes the tags of this request. It is called only where they are needed.
   */
  record(timings: Timings, expected: boolean | null, origin: Origin, ownTags: () => Tags): void {
    const { http_reqs, http_req_failed } = this.#metrics;
    http_reqs.sink.add(1);
    for (const [metric, name] of this.#trends) metric.sink.add(timings[name]);
    const failed = expected ? 0 : 1;
    if (expected !== null) http_req_failed.sink.add(failed);
    if (expected) this.#expected.sink.add(timings.duration);
    this.#tagged ??= this.#isTagged();
    if (!this.#tagged) return;
    const own = ownTags();
    http_reqs.addByTags(1, origin, own);
    if (expected !== null) http_req_failed.addByTags(failed, origin, own);
    for (const [metric, name] of this.#trends) {
      metric.addByTags(timings[name], origin, own, this.#expected);
    }
  }

  #isTagged(): boolean {
    const { http_reqs, http_req_failed } = this.#metrics;
    const metrics = [http_reqs, http_req_failed, ...this.#trends.map(([metric]) => metric)];
    return metrics.some((metric) => metric.wantsTags(this.#expected));
  }
}
