/** Contact events as server-sent events: those that are kept, then each new one. */

import { clearTimeout, setTimeout } from 'node:timers';
import type { EventFeed } from '../events/event-feed.ts';

const EVENTS_PER_CHUNK = 100;
/** Milliseconds between comments that keep a quiet connection open. */
const PULSE = 15_000;

/**
 * Begins after the event that `lastId` names. Without one, or if that event is not kept, it begins with the first
 * event kept. It ends when the feed is closed.
 *
 * @param signal ends it when the reader is gone.
 */
export async function* eventStream(
  feed: EventFeed,
  lastId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const after = lastId === undefined ? null : feed.after(lastId);
  yield lastId === undefined || after !== null
    ? ': contact events\n\n'
    : ': the event of Last-Event-ID is not kept: all events kept follow\n\n';
  let next = after ?? feed.range.from;
  while (!signal.aborted) {
    const { from, to } = feed.range;
    if (next < from) {
      yield `: ${from - next} events were dropped before they were read\n\n`;
      next = from;
    }
    if (next < to) {
      const events = feed.from(next, EVENTS_PER_CHUNK);
      next += events.length;
      yield events.map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    } else if (feed.closed) return;
    else if (!(await changed(feed, signal))) yield ':\n\n';
  }
}

/** Resolves when the feed has changed, or the reader is gone; to false after a time without either. */
function changed(feed: EventFeed, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (hasChanged: boolean) => {
      clearTimeout(pulse);
      unlisten();
      signal.removeEventListener('abort', now);
      resolve(hasChanged);
    };
    const now = () => end(true);
    const pulse = setTimeout(() => end(false), PULSE).unref();
    const unlisten = feed.onChange(now);
    signal.addEventListener('abort', now);
  });
}
