/** Runs an SDK client through one interaction against Pact's mock, which records it. */

import type { PactV4 } from '@pact-foundation/pact';
import { type Interaction, markOf, type Parties } from '../agreement/interaction.ts';
import type { Written } from '../pact/any-pact.ts';
import { loadPact, type Matchers } from '../pact/pact.ts';
import { pactAnswer, statusOf } from '../pact/pact-answer.ts';
import { pactRequest, pathOf } from '../pact/pact-request.ts';
import type { SdkClient } from './aws-sdk.ts';
import { expectReply } from './expect-reply.ts';
import { type Reply, sendWithSdk } from './sdk-client.ts';

/** The consumer's side of a contract. */
export interface Consumer {
  readonly parties: Parties;
  readonly sdk: SdkClient;
  /** Written beside each interaction, for people. */
  readonly note: string;
}

/** A pact that is being written, and its matchers. */
export interface Recorder {
  readonly consumer: Consumer;
  readonly pact: PactV4;
  readonly match: Matchers;
}

/** @param dir the folder of the pact file. Only one process may write at a time, or interactions are lost. */
export function recorderFor(consumer: Consumer, dir: string): Recorder {
  const { PactV4: Pact, MatchersV3: match } = loadPact();
  return {
    consumer,
    pact: new Pact({ ...consumer.parties, dir, logLevel: 'error' }),
    match,
  };
}

/**
 * Sends the interaction's request with the SDK and judges what the client made of the answer.
 *
 * @throws Error with the mock's differences, or AssertionError. Nothing is then written.
 */
export async function record(
  { consumer: { sdk, note }, pact, match }: Recorder,
  interaction: Interaction,
): Promise<void> {
  const { description, operation, given, request, answer, provenance } = interaction;
  let draft = pact.addInteraction();
  for (const { name, params } of given) draft = draft.given(name, asJson(params));
  await draft
    .uponReceiving(description)
    .comment(note)
    .comment({ key: 'provenance', value: JSON.stringify(provenance) })
    .comment({ key: 'dialproof', value: JSON.stringify(writtenBeside(interaction)) })
    .withRequest(
      operation.method,
      pathOf(operation, request),
      pactRequest(operation, request, match),
    )
    .willRespondWith(statusOf(answer, operation), pactAnswer(answer, operation, match))
    .executeTest(async ({ url }) => {
      const reply = await sendWithSdk(sdk, url, operation, request);
      if (knownToMock(reply)) expectReply(reply, answer, { sdk, operation });
    });
}

/** What `contracts verify` reads from a pact that dialproof wrote. */
function writtenBeside(interaction: Interaction): Omit<Written, 'claims'> {
  const { group, choice = null } = interaction;
  return { group, mark: markOf(interaction), choice };
}

/** Where this is false the mock itself fails the test, with every difference. */
export function knownToMock(reply: Reply): boolean {
  return reply.kind !== 'mock mismatch';
}

function asJson(params: object) {
  return JSON.parse(JSON.stringify(params)) as Record<string, never>;
}
