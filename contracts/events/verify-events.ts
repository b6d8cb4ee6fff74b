/** Verifies that an emulator gives the events of a message pact, with Pact's own verifier of messages. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { partiesOf, readPact } from '../pact/pact-file.ts';
import type { ProviderAccess } from '../provider/provider-door.ts';
import { runVerifier, type VerifiedInteraction } from '../provider/verifier.ts';
import { EVENT_MESSAGES } from './messages.ts';
import { type GivenEvent, provokeEvents } from './provoke-events.ts';

export interface VerifiedMessage {
  readonly description: string;
  readonly verdict: 'pass' | 'fail' | 'not exercised';
  /** The reason, if the verdict is not a pass. */
  readonly detail: string | null;
}

/**
 * The target is reset.
 *
 * @param change what is given to the verifier in place of an event, to test the pact. Default: the event.
 * @throws UnavailableError if the target cannot be reached, or Pact is not installed; UserError if the file is no pact.
 */
export async function verifyEvents(
  pactFile: string,
  target: ProviderAccess,
  change: (event: GivenEvent, description: string) => unknown = (event) => event,
): Promise<VerifiedMessage[]> {
  const pact = readPact(pactFile);
  const { provider } = partiesOf(pact, pactFile);
  const eventOf = await provokeEvents(target);
  const server = http.createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    const { description } = JSON.parse(text) as { readonly description: string };
    const message = EVENT_MESSAGES.find((one) => one.description === description);
    const event = message && eventOf(message);
    if (!event) {
      res.writeHead(500).end(`the emulator gave no event for "${description}"`);
      return;
    }
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(change(event, description)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const results = await runVerifier({
      pacts: [{ pactUrls: [pactFile] }],
      provider,
      providerUrl: `http://127.0.0.1:${port}`,
    });
    return pact.interactions.map(({ description }) =>
      verdictOf(
        description,
        results.find((one) => one.description === description),
      ),
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function verdictOf(description: string, result: VerifiedInteraction | undefined): VerifiedMessage {
  if (!result) {
    return { description, verdict: 'not exercised', detail: 'The verifier has no result for it.' };
  }
  if (result.result === 'OK') return { description, verdict: 'pass', detail: null };
  const { message, mismatches = [] } = result.mismatch ?? {};
  const places = mismatches.map(
    ({ path, key, mismatch }) => `${path ?? key ?? ''}: ${mismatch ?? ''}`,
  );
  const detail = [message ?? 'The event does not match.', ...places].join('\n');
  return { description, verdict: 'fail', detail };
}
