/**
 * Where contact events go: the feed of this process, and sinks. A sink gets the events of committed steps out of the
 * store, each at least once and with the same id if it comes again.
 */

import type { ContactStep } from '../../campaigns/campaign-engine.ts';
import { Delivery, type DeliveryFigures } from '../sinks/delivery.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Outgoing } from '../stores/record-shelf.ts';
import { Disturbance, type EventFaults } from './disturbance.ts';
import type { EventFeed } from './event-feed.ts';
import { eventOf, idOf } from './step-event.ts';

export interface EventOptions {
  readonly feed: EventFeed;
  /** That of the campaign engine. */
  readonly seed: number;
  readonly sinks: readonly Sink[];
  /** What becomes of events on their way to sinks and to the feed; null for nothing. */
  readonly faults: EventFaults | null;
}

export interface EventFigures {
  /** Events of committed steps. */
  readonly events: number;
  readonly sinks: readonly EventSinkFigures[];
}

export interface EventSinkFigures extends DeliveryFigures {
  /** Events that `faults` did not give to the sink. */
  readonly lost: number;
}

interface Outlet {
  readonly name: string;
  readonly delivery: Delivery;
  readonly disturbance: Disturbance<Outgoing> | null;
  lost: number;
}

export class EventOutlets {
  readonly #options: EventOptions;
  readonly #outlets: readonly Outlet[];
  readonly #toFeed: Disturbance<ContactStep> | null;
  #events = 0;

  /** @param drop told of the numbers of lines that need not be kept any more. */
  constructor(options: EventOptions, drop: (numbers: readonly number[]) => void) {
    this.#options = options;
    const { feed, sinks, faults } = options;
    this.#toFeed =
      faults &&
      new Disturbance(
        faults,
        idOf,
        (steps) => feed.add(steps),
        () => {},
      );
    this.#outlets = sinks.map((sink) => {
      const delivery = new Delivery(sink, drop);
      // A repetition is a line of its own, for the delivery tells lines apart.
      const give = (lines: readonly Outgoing[]) => delivery.add(lines.map((line) => ({ ...line })));
      const lose = (lines: readonly Outgoing[]) => {
        outlet.lost += lines.length;
        drop(lines.map(({ number }) => number));
      };
      const outlet: Outlet = {
        // A line that waits for a sink waits for the one of the same name after a restart.
        name: `events ${sink.target}`,
        delivery,
        disturbance: faults && new Disturbance(faults, idOfLine, give, lose),
        lost: 0,
      };
      return outlet;
    });
  }

  /** The lines of a step, to be committed with it: one for each sink. */
  linesOf(step: ContactStep): readonly Omit<Outgoing, 'number'>[] {
    if (this.#outlets.length === 0) return [];
    const line = JSON.stringify(eventOf(this.#options.seed, step));
    return this.#outlets.map(({ name }) => ({ sink: name, line }));
  }

  /** Gives steps that are committed to the feed. */
  tell(steps: readonly ContactStep[]): void {
    if (steps.length === 0) return;
    this.#events += steps.length;
    if (this.#toFeed) this.#toFeed.add(steps);
    else this.#options.feed.add(steps);
  }

  /** Gives lines that are committed, or were kept at the start, to their sinks. */
  add(lines: readonly Outgoing[]): void {
    for (const { name, delivery, disturbance } of this.#outlets) {
      const own = lines.filter(({ sink }) => sink === name);
      if (own.length > 0) (disturbance ?? delivery).add(own);
    }
  }

  get figures(): EventFigures {
    return {
      events: this.#events,
      sinks: this.#outlets.map(({ delivery, disturbance, lost }) => {
        const { waiting, ...figures } = delivery.figures;
        return { ...figures, waiting: waiting + (disturbance?.held ?? 0), lost };
      }),
    };
  }

  clear(): void {
    this.#events = 0;
    this.#toFeed?.clear();
    this.#options.feed.clear();
    for (const outlet of this.#outlets) {
      outlet.disturbance?.clear();
      outlet.delivery.clear();
      outlet.lost = 0;
    }
  }

  /** Ends the readers of the feed. */
  stop(): void {
    this.#toFeed?.flush();
    this.#options.feed.close();
  }

  async close(): Promise<void> {
    for (const { disturbance } of this.#outlets) disturbance?.flush();
    await Promise.all(this.#outlets.map(({ delivery }) => delivery.close()));
  }
}

function idOfLine({ line }: Outgoing): string {
  return (JSON.parse(line) as { readonly id: string }).id;
}
