/** Every sample of a run as a line of JSON, in the format of k6's JSON output. */

import { LineFile } from '../read/line-file.ts';
import type { Metric, Origin, SampleListener, Tags } from './metric.ts';

export class SampleLog implements SampleListener {
  readonly #file: LineFile;
  readonly #told = new Set<Metric>();
  /** By the name of their metric; known before the first sample. */
  thresholds: ReadonlyMap<string, readonly string[]> = new Map();

  /** @param file is added to. */
  constructor(file: string) {
    this.#file = new LineFile(file, 'the file of samples', { append: true });
  }

  /** A metric is declared before its first sample. */
  point(metric: Metric, value: number, { tags, metadata = {} }: Origin, own?: Tags): void {
    const { name } = metric;
    if (!this.#told.has(metric)) {
      this.#told.add(metric);
      this.#write(name, 'Metric', {
        name,
        type: metric.type,
        contains: metric.contains,
        tainted: null,
        thresholds: this.thresholds.get(name) ?? [],
        submetrics: metric.subMetrics.map((one) => ({ name: one.name })),
      });
    }
    this.#write(name, 'Point', {
      time: new Date().toISOString(),
      value,
      tags: { ...tags, ...own },
      ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    });
  }

  /** @throws ScriptRefused where lines could not be written. */
  close(): Promise<void> {
    return this.#file.close();
  }

  #write(metric: string, type: 'Metric' | 'Point', data: object): void {
    this.#file.write(JSON.stringify({ metric, type, data }));
  }
}
