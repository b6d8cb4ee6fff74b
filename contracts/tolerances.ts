/**
 * Answers that the emulator never gives by default and a client must cope with all the same.
 *
 * They run against a mock in a scratch folder and stay out of the provider's pact: no provider
 * promises them.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATION, pathOf } from '../operation/address.ts';
import { ORDINARY_INSTANCE } from '../operation/facts.ts';
import type { BatchPutContactRequest, BatchPutContactResponse } from '../operation/shapes.ts';
import { exampleContactId, ordinaryContact } from './ordinary-contacts.ts';
import { pactRequest } from './pact-request.ts';
import { knownToMock, type Recorder, recorderFor } from './record.ts';
import { tokenFor } from './refused-calls.ts';
import { type Reply, sendWithSdk } from './sdk-client.ts';

export interface Tolerance {
  readonly description: string;
  readonly pins: string;
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly contentType?: string;
    /** Text as it is, or a value sent as JSON. */
    readonly body: unknown;
  };
  /** Throws AssertionError when the client did not cope. */
  readonly expect: (reply: Reply) => void;
}

const ITEM = { RequestIdentifier: 'contact-01', ContactId: exampleContactId(1) };

/** How the name of an error may be written (restJson1); a client reads them all alike. */
const errorForm = (form: string, name: string, header: string | null, body: object): Tolerance => ({
  description: `an error named ${form}`,
  pins: `error name ${form}`,
  answer: {
    status: 409,
    ...(header === null ? {} : { headers: { 'x-amzn-errortype': header } }),
    body,
  },
  expect: (reply) => expectError(reply, name, 409),
});

export const TOLERANCES: readonly Tolerance[] = [
  {
    description: 'a failure code that is not listed',
    pins: 'unlisted code',
    answer: {
      status: 200,
      body: {
        SuccessfulRequestList: [],
        FailedRequestList: [
          { RequestIdentifier: 'contact-01', FailureReasonCode: 'A_CODE_OF_TOMORROW' },
        ],
      },
    },
    expect: (reply) =>
      expectResult(reply, {
        SuccessfulRequestList: [],
        FailedRequestList: [
          { RequestIdentifier: 'contact-01', FailureReasonCode: 'A_CODE_OF_TOMORROW' },
        ],
      }),
  },
  {
    description: 'members that are not listed',
    pins: 'unlisted member',
    answer: {
      status: 200,
      body: {
        SuccessfulRequestList: [{ ...ITEM, Priority: 3 }],
        FailedRequestList: [],
        Warnings: [{ Text: 'something new' }],
      },
    },
    expect: (reply) =>
      expectResult(reply, { SuccessfulRequestList: [ITEM], FailedRequestList: [] }),
  },
  {
    description: 'lists that are null',
    pins: 'null list',
    answer: { status: 200, body: { SuccessfulRequestList: [ITEM], FailedRequestList: null } },
    expect: (reply) => expectResult(reply, { SuccessfulRequestList: [ITEM] }),
  },
  errorForm(
    'in a header with a URI behind it',
    'IdempotencyException',
    'IdempotencyException:http://internal.amazon.com/coral/com.amazonaws.connect/',
    { Message: 'm' },
  ),
  errorForm('in __type with its namespace', 'IdempotencyException', null, {
    __type: 'com.amazonaws.connect#IdempotencyException',
    Message: 'm',
  }),
  errorForm('in the member code', 'IdempotencyException', null, {
    code: 'IdempotencyException',
    message: 'm',
  }),
  {
    description: 'an error page that is not JSON',
    pins: 'error that is not JSON',
    answer: { status: 502, contentType: 'text/html', body: '<html>502 Bad Gateway</html>' },
    expect: (reply) => expectError(reply, null, 502),
  },
];

const REQUEST: BatchPutContactRequest = {
  InstanceId: ORDINARY_INSTANCE.id,
  ClientToken: tokenFor('tolerance'),
  ContactDataRequestList: [ordinaryContact(1)],
};

/**
 * Runs `each` with a recorder whose pact nobody reads, and removes its folder.
 */
export async function withScratchRecorder<T>(each: (recorder: Recorder) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-scratch-pact-'));
  try {
    return await each(recorderFor(dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @throws Error when the client did not cope with the answer. */
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
      if (knownToMock(reply)) tolerance.expect(reply);
    });
}

function expectResult(reply: Reply, expected: BatchPutContactResponse): void {
  assert.equal(reply.kind, 'result');
  assert.deepEqual((reply as Extract<Reply, { kind: 'result' }>).result, expected);
}

function expectError(reply: Reply, name: string | null, status: number): void {
  assert.equal(reply.kind, 'error');
  const { error } = reply as Extract<Reply, { kind: 'error' }>;
  if (name !== null) assert.equal(error.name, name);
  assert.equal(error.$metadata?.httpStatusCode, status);
}
