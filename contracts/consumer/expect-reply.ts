/** Checks what the SDK client returned for an answer. Throws AssertionError if it is wrong. */

import assert from 'node:assert/strict';
import type { Answer, ErrorAnswer, ResultAnswer } from '../agreement/interaction.ts';
import { EXAMPLE_MESSAGE, EXAMPLE_REQUEST_ID } from '../pact/pact-answer.ts';
import { loadSdk } from './aws-sdk.ts';
import type { Reply, SdkError } from './sdk-client.ts';

export function expectReply(reply: Reply, answer: Answer): void {
  if (answer.kind === 'result') expectResult(reply, answer);
  else expectError(reply, answer);
}

function expectResult(reply: Reply, answer: ResultAnswer): void {
  assert.equal(reply.kind, 'result', describe(reply));
  const { status, result } = reply as Extract<Reply, { kind: 'result' }>;
  assert.equal(status, 200);
  const list = <T>(items: readonly T[]): readonly T[] | undefined =>
    items.length > 0 || answer.emptyLists === 'present' ? items : undefined;
  assert.deepEqual(
    result.SuccessfulRequestList,
    list(answer.created.map(({ exact: _, ...item }) => item)),
  );
  assert.deepEqual(
    result.FailedRequestList,
    list(answer.failed.map((item) => ({ ...item, FailureReasonMessage: EXAMPLE_MESSAGE }))),
  );
}

function expectError(reply: Reply, answer: ErrorAnswer): void {
  assert.equal(reply.kind, 'error', describe(reply));
  const { error } = reply as Extract<Reply, { kind: 'error' }>;
  assert.equal(error.name, answer.name);
  assert.equal(error.message, EXAMPLE_MESSAGE);
  assert.equal(error.$metadata?.httpStatusCode, answer.status);
  assert.equal(error.$metadata?.requestId, EXAMPLE_REQUEST_ID);
  const sdk = loadSdk();
  assert.ok(error instanceof sdk.ConnectServiceException, 'not a ConnectServiceException');
  if (answer.modelled) {
    const typed = (sdk as unknown as Readonly<Record<string, unknown>>)[answer.name];
    assert.ok(
      typeof typed === 'function' && error instanceof typed,
      `the client throws no typed ${answer.name}`,
    );
  }
}

function describe(reply: Reply): string {
  return reply.kind === 'error' ? `the client threw ${told(reply.error)}` : `got a ${reply.kind}`;
}

function told({ name, message, $metadata }: SdkError): string {
  return `${name} (${$metadata?.httpStatusCode ?? 'no status'}): ${message}`;
}
