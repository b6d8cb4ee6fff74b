/** Writes the message pact of contact events with Pact's own message API. */

import { rmSync } from 'node:fs';
import { loadPact } from '../pact/pact.ts';
import { pactFileIn } from '../pact/pact-file.ts';
import { contentOf, EVENT_MESSAGES, EVENT_NOTE, EVENT_PARTIES } from './messages.ts';

/** What a handler is given: an event of EventBridge, parsed. */
export type EventHandler = (event: unknown) => unknown;

/**
 * Gives each message to the handler. A message whose handler throws is not written.
 *
 * @param dir the folder of the pact. Only one process may write at a time, or messages are lost.
 * @returns path of the file.
 * @throws what the handler throws.
 */
export async function writeEventPact(dir: string, handler: EventHandler): Promise<string> {
  const { PactV4, MatchersV3 } = loadPact();
  const file = pactFileIn(dir, EVENT_PARTIES);
  // Pact would keep the messages of an older pact.
  rmSync(file, { force: true });
  const pact = new PactV4({ ...EVENT_PARTIES, dir, logLevel: 'error' });
  for (const message of EVENT_MESSAGES) {
    await pact
      .addAsynchronousInteraction()
      .given(message.given)
      .comment(EVENT_NOTE)
      .expectsToReceive(message.description, (builder) => {
        builder.withJSONContent(contentOf(message, MatchersV3));
        builder.withMetadata({ contentType: 'application/json' });
      })
      .executeTest(async ({ contents }) => {
        await handler(contents.content);
      });
  }
  return file;
}
