/** Runs an SDK client through answers that no provider promises, against a mock in a scratch folder. */

import assert from 'node:assert/strict';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import type { Tolerance } from '../agreement/tolerance.ts';
import { pactRequest, pathOf } from '../pact/pact-request.ts';
import { type Consumer, knownToMock, type Recorder, recorderFor } from './record.ts';
import { type Reply, sendWithSdk } from './sdk-client.ts';

/**
 * Runs `each` with a recorder, then removes the folder with its pact.
 */
export async function withScratchRecorder<T>(
  consumer: Consumer,
  each: (recorder: Recorder) => Promise<T>,
): Promise<T> {
  const dir = makeTemporaryFolder('scratch-pact');
  try {
    return await each(recorderFor(consumer, dir));
  } finally {
    removeTemporaryFolder(dir);
  }
}

/** @throws Error if the client did not handle the answer. */
export async function tolerate(
  { consumer: { sdk }, pact, match }: Recorder,
  tolerance: Tolerance,
): Promise<void> {
  const { operation, request } = tolerance;
  const { status, headers = {}, contentType, body } = tolerance.answer;
  await pact
    .addInteraction()
    .uponReceiving(tolerance.description)
    .withRequest(
      operation.method,
      pathOf(operation, request),
      pactRequest(operation, request, match),
    )
    .willRespondWith(status, (builder) => {
      builder.headers({ ...headers });
      if (contentType) builder.body(contentType, Buffer.from(String(body)));
      else builder.jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const reply = await sendWithSdk(sdk, url, operation, request);
      if (knownToMock(reply)) expectTolerated(reply, tolerance.becomes);
    });
}

/** @throws AssertionError if the client did not handle the answer. */
function expectTolerated(reply: Reply, becomes: Tolerance['becomes']): void {
  if (becomes.kind === 'result') {
    assert.equal(reply.kind, 'result');
    const { result } = reply as Extract<Reply, { kind: 'result' }>;
    assert.deepEqual(result, becomes.result);
    return;
  }
  assert.equal(reply.kind, 'error');
  const { error } = reply as Extract<Reply, { kind: 'error' }>;
  if (becomes.name !== null) assert.equal(error.name, becomes.name);
  assert.equal(error.$metadata?.httpStatusCode, becomes.status);
}
