/** Runs the SDK client through one interaction against Pact's mock, which records it. */

import type { PactV4 } from '@pact-foundation/pact';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import { CONSUMER, type Interaction, PROVIDER } from '../agreement/interaction.ts';
import { loadPact, type Matchers } from '../pact/pact.ts';
import { pactAnswer, statusOf } from '../pact/pact-answer.ts';
import { pactRequest } from '../pact/pact-request.ts';
import { expectReply } from './expect-reply.ts';
import { type Reply, sendWithSdk } from './sdk-client.ts';

const NOTE =
  'AWS lets no one but outbound campaigns call this operation: this pins what dialproof ' +
  'defines, from the sources under "provenance". It is not an observed answer of AWS.';

/** A pact that is being written, and its matchers. */
export interface Recorder {
  readonly pact: PactV4;
  readonly match: Matchers;
}

/** @param dir the folder of the pact file. Only one process may write at a time, or interactions are lost. */
export function recorderFor(dir: string): Recorder {
  const { PactV4: Pact, MatchersV3: match } = loadPact();
  return {
    pact: new Pact({ consumer: CONSUMER, provider: PROVIDER, dir, logLevel: 'error' }),
    match,
  };
}

/**
 * Sends the interaction's request with the SDK and judges what the client made of the answer.
 *
 * @throws Error with the mock's differences, or AssertionError. Nothing is then written.
 */
export async function record({ pact, match }: Recorder, interaction: Interaction): Promise<void> {
  const { description, given, request, answer, provenance } = interaction;
  let draft = pact.addInteraction();
  for (const { name, params } of given) draft = draft.given(name, asJson(params));
  await draft
    .uponReceiving(description)
    .comment(NOTE)
    .comment({ key: 'provenance', value: JSON.stringify(provenance) })
    .withRequest(OPERATION.method, pathOf(request.InstanceId), pactRequest(request, match))
    .willRespondWith(statusOf(answer), pactAnswer(answer, match))
    .executeTest(async ({ url }) => {
      const reply = await sendWithSdk(url, request);
      if (knownToMock(reply)) expectReply(reply, answer);
    });
}

/** Where this is false the mock itself fails the test, with every difference. */
export function knownToMock(reply: Reply): boolean {
  return reply.kind !== 'mock mismatch';
}

function asJson(params: object) {
  return JSON.parse(JSON.stringify(params)) as Record<string, never>;
}
