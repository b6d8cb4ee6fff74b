/** The contact events of an account, for tests. */

import type { Service } from '../emulator/emulator.ts';
import type { ContactEvent, ContactEventDetail } from '../operation/connect/contact-event/event.ts';
import { Waiters, type WaitOptions } from './waiters.ts';

export type { ContactEvent, ContactEventDetail };

/** Members that must be equal. */
export interface EventFilter {
  readonly eventType?: ContactEventDetail['eventType'];
  readonly contactId?: string;
  readonly campaignId?: string;
  readonly disconnectReason?: string;
}

/** Events of contacts that campaigns made, in the order in which they were given. */
export interface Events {
  /** The last 10,000 events. */
  list(filter?: EventFilter): readonly ContactEvent[];
  /**
   * Waits until the predicate returns a truthy value. It is called at once, and again after each event.
   *
   * @returns that value.
   * @throws Error, with the last events, if the time is over or the emulator closes.
   */
  waitFor<T>(predicate: (events: Events) => T, options?: WaitOptions): Promise<NonNullable<T>>;
}

export interface EventReader {
  readonly events: Events;
  /** Rejects every pending wait. */
  close(): void;
}

const SHOWN_EVENTS = 5;

export function createEvents({ events: feed }: Service): EventReader {
  const waiters = new Waiters(() => {
    const last = feed.from(feed.range.to - SHOWN_EVENTS).map(({ time, detail }) => {
      const { eventType, contactId, disconnectReason: reason } = detail;
      return `  ${time} ${eventType} of ${contactId}${reason === undefined ? '' : `: ${reason}`}`;
    });
    return last.length === 0 ? 'There was no event.' : ['The last events:', ...last].join('\n');
  });
  feed.onChange(() => waiters.look());
  const events: Events = {
    list: (filter) => feed.from(0).filter((event) => meets(event, filter)),
    waitFor: (predicate, options) => waiters.wait(() => predicate(events), options),
  };
  return { events, close: () => waiters.close() };
}

function meets({ detail }: ContactEvent, filter: EventFilter = {}): boolean {
  const { campaignId, ...others } = filter;
  if (campaignId !== undefined && detail.campaign.campaignId !== campaignId) return false;
  return Object.entries(others).every(
    ([name, value]) => detail[name as keyof typeof others] === value,
  );
}
