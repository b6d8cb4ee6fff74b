/** k6's response callbacks: they define which statuses count as expected. */

interface Range {
  readonly min: number;
  readonly max: number;
}

export class StatusJudge {
  readonly #ranges: readonly Range[];

  constructor(ranges: readonly Range[]) {
    this.#ranges = ranges;
  }

  expects(status: number): boolean {
    return this.#ranges.some(({ min, max }) => status >= min && status <= max);
  }
}

/** k6's default: 200 to 399. */
export const DEFAULT_JUDGE = new StatusJudge([{ min: 200, max: 399 }]);

/**
 * `http.expectedStatuses(200, { min: 400, max: 499 })`.
 *
 * @throws Error without arguments, or where one is neither a status nor a range.
 */
export function expectedStatuses(...given: unknown[]): StatusJudge {
  if (given.length === 0) throw new Error('expectedStatuses() takes at least one status');
  return new StatusJudge(
    given.map((one) => {
      if (typeof one === 'number') return { min: one, max: one };
      const { min, max } = (one ?? {}) as Partial<Range>;
      if (typeof min === 'number' && typeof max === 'number') return { min, max };
      throw new Error('expectedStatuses() takes statuses and { min, max } objects');
    }),
  );
}
