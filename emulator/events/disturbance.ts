/** Loses, repeats and reorders what goes through it, as AWS may do with events. Each is a draw by the id of the event. */

import { clearTimeout, setTimeout } from 'node:timers';
import { drawOf } from '../../campaigns/text-draw.ts';
import { UserError } from '../../system/errors.ts';

/** Shares of the events, from 0 to 1. */
export interface EventFaults {
  /** Of events that nobody gets. */
  readonly loss?: number;
  /** Of events that come twice. */
  readonly repetition?: number;
  /** Of events that come after later ones. */
  readonly reordering?: number;
  /** Makes the same events meet the same faults. Default 1. */
  readonly seed?: number;
}

/** A late event, or a repetition, comes after so many others at most. */
const MOST_OVERTAKEN = 8;
/** Milliseconds of the system clock after which it comes in any case. */
const LONGEST_HELD = 1_000;

export class Disturbance<T> {
  readonly #faults: Required<EventFaults>;
  readonly #idOf: (one: T) => string;
  readonly #give: (some: readonly T[]) => void;
  readonly #lose: (some: readonly T[]) => void;
  #held: { readonly one: T; after: number }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(
    faults: EventFaults,
    idOf: (one: T) => string,
    give: (some: readonly T[]) => void,
    lose: (some: readonly T[]) => void,
  ) {
    this.#faults = checked(faults);
    this.#idOf = idOf;
    this.#give = give;
    this.#lose = lose;
  }

  add(some: readonly T[]): void {
    const given: T[] = [];
    const lost: T[] = [];
    const { loss, repetition, reordering, seed } = this.#faults;
    for (const one of some) {
      const draw = drawOf(seed, this.#idOf(one), 0);
      const isLost = draw.unit() < loss;
      const isLate = draw.unit() < reordering;
      const isRepeated = draw.unit() < repetition;
      if (isLost) {
        lost.push(one);
        continue;
      }
      if (isLate) this.#hold(one, draw.below(MOST_OVERTAKEN) + 1);
      else {
        given.push(one);
        given.push(...this.#overtaken());
      }
      if (isRepeated) this.#hold(one, draw.below(MOST_OVERTAKEN) + 1);
    }
    if (lost.length > 0) this.#lose(lost);
    if (given.length > 0) this.#give(given);
    if (this.#held.length > 0) this.#timer ??= setTimeout(() => this.flush(), LONGEST_HELD).unref();
  }

  /** How many come later. */
  get held(): number {
    return this.#held.length;
  }

  /** Gives what is held. */
  flush(): void {
    const held = this.#held.map(({ one }) => one);
    this.clear();
    if (held.length > 0) this.#give(held);
  }

  /** Forgets what is held. */
  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#held = [];
  }

  #hold(one: T, after: number): void {
    this.#held.push({ one, after });
  }

  /** What comes now, because one more event overtook it. */
  #overtaken(): T[] {
    const due: T[] = [];
    this.#held = this.#held.filter((held) => {
      held.after -= 1;
      if (held.after === 0) due.push(held.one);
      return held.after > 0;
    });
    return due;
  }
}

/** @throws UserError for a share that is not from 0 to 1, or a seed that is not a whole number. */
function checked({
  loss = 0,
  repetition = 0,
  reordering = 0,
  seed = 1,
}: EventFaults): Required<EventFaults> {
  for (const [name, share] of Object.entries({ loss, repetition, reordering })) {
    if (!(share >= 0 && share <= 1)) {
      throw new UserError(`the ${name} of events is a share from 0 to 1, not ${share}`);
    }
  }
  if (!Number.isSafeInteger(seed)) {
    throw new UserError(`the seed of event faults is a whole number, not ${seed}`);
  }
  return { loss, repetition, reordering, seed };
}
