/** The two clocks of an endpoint. Clients and signatures go by the wall clock, everything else by the virtual clock. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** A clock that can run faster than the wall clock, be moved, and be held at a moment. */
export class VirtualClock implements Clock {
  /** How many times as fast as the wall clock it runs. */
  readonly speed: number;
  /** Milliseconds by which it was moved. What it gains by its speed is not counted. */
  ahead = 0;
  readonly #wall: Clock;
  #from: number;
  #held: number | null = null;

  constructor(wall: Clock, speed = 1) {
    this.speed = speed;
    this.#wall = wall;
    this.#from = wall.now();
  }

  now(): number {
    return this.#held ?? this.#flowing() + this.ahead;
  }

  /** Stops it at a moment, until it is held at another one or released. */
  hold(at: number): void {
    this.#held = at;
  }

  /** Lets it run again, as if it had never been held. */
  release(): void {
    this.#held = null;
  }

  /** Sets it to the wall clock. */
  reset(): void {
    this.#from = this.#wall.now();
    this.#held = null;
    this.ahead = 0;
  }

  #flowing(): number {
    return this.#from + Math.floor((this.#wall.now() - this.#from) * this.speed);
  }
}
