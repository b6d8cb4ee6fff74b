/** Runs the SDK client through the answers of agreement/tolerances.ts, against a mock in a scratch folder. */

import assert from 'node:assert/strict';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import type { BatchPutContactRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { tokenFor } from '../agreement/interaction.ts';
import { ordinaryContact } from '../agreement/ordinary-contacts.ts';
import type { Tolerance } from '../agreement/tolerances.ts';
import { pactRequest } from '../pact/pact-request.ts';
import { knownToMock, type Recorder, recorderFor } from './record.ts';
import { type Reply, sendWithSdk } from './sdk-client.ts';

const REQUEST: BatchPutContactRequest = {
  InstanceId: ORDINARY_INSTANCE.id,
  ClientToken: tokenFor('tolerance'),
  ContactDataRequestList: [ordinaryContact(1)],
};

/**
 * Runs `each` with a recorder, then removes the folder with its pact.
 */
export async function withScratchRecorder<T>(each: (recorder: Recorder) => Promise<T>): Promise<T> {
  const dir = makeTemporaryFolder('scratch-pact');
  try {
    return await each(recorderFor(dir));
  } finally {
    removeTemporaryFolder(dir);
  }
}

/** @throws Error if the client did not handle the answer. */
export async function tolerate({ pact, match }: Recorder, tolerance: Tolerance): Promise<void> {
  const { status, headers = {}, contentType, body } = tolerance.answer;
  await pact
    .addInteraction()
    .uponReceiving(tolerance.description)
    .withRequest(OPERATION.method, pathOf(REQUEST.InstanceId), pactRequest(REQUEST, match))
    .willRespondWith(status, (builder) => {
      builder.headers({ ...headers });
      if (contentType) builder.body(contentType, Buffer.from(String(body)));
      else builder.jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const reply = await sendWithSdk(url, REQUEST);
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
