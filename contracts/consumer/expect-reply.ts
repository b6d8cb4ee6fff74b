/** Checks what the SDK client returned for an answer. Throws AssertionError if it is wrong. */

import assert from 'node:assert/strict';
import type { AnyOperation } from '../../operation/operations.ts';
import { EXAMPLE_MESSAGE } from '../agreement/expected.ts';
import type { Answer, ErrorAnswer, ResultAnswer } from '../agreement/interaction.ts';
import { EXAMPLE_REQUEST_ID, exampleBody, isModelled } from '../pact/pact-answer.ts';
import { loadSdk, type SdkClient } from './aws-sdk.ts';
import { type Reply, type SdkError, withDates } from './sdk-client.ts';

/** The client and the operation that an answer is for. */
export interface Asked {
  readonly sdk: SdkClient;
  readonly operation: AnyOperation;
}

export function expectReply(reply: Reply, answer: Answer, asked: Asked): void {
  if (answer.kind === 'result') expectResult(reply, answer, asked);
  else expectError(reply, answer, asked);
}

function expectResult(reply: Reply, answer: ResultAnswer, { operation }: Asked): void {
  assert.equal(reply.kind, 'result', describe(reply));
  const { status, result } = reply as Extract<Reply, { kind: 'result' }>;
  assert.equal(status, operation.status);
  const { output } = operation;
  assert.deepEqual(result, withDates(exampleBody(answer, operation) ?? {}, output));
}

function expectError(reply: Reply, answer: ErrorAnswer, { sdk, operation }: Asked): void {
  assert.equal(reply.kind, 'error', describe(reply));
  const { error } = reply as Extract<Reply, { kind: 'error' }>;
  assert.equal(error.name, answer.name);
  assert.equal(error.message, EXAMPLE_MESSAGE);
  assert.equal(error.$metadata?.httpStatusCode, answer.status);
  assert.equal(error.$metadata?.requestId, EXAMPLE_REQUEST_ID);
  for (const [name, value] of Object.entries(answer.members ?? {})) {
    assert.equal((error as unknown as Record<string, unknown>)[name], value);
  }
  assert.ok(isA(sdk.exception, error, sdk), `not a ${sdk.exception}`);
  if (isModelled(answer, operation)) {
    assert.ok(isA(answer.name, error, sdk), `the client throws no typed ${answer.name}`);
  }
}

function isA(name: string, error: Error, sdk: SdkClient): boolean {
  const type = loadSdk(sdk)[name];
  return typeof type === 'function' && error instanceof type;
}

function describe(reply: Reply): string {
  return reply.kind === 'error' ? `the client threw ${told(reply.error)}` : `got a ${reply.kind}`;
}

function told({ name, message, $metadata }: SdkError): string {
  return `${name} (${$metadata?.httpStatusCode ?? 'no status'}): ${message}`;
}
