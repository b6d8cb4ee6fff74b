/**
 * Answers that the emulator never gives by default and a client must cope with all the same.
 *
 * They run against a mock in a scratch folder and stay out of the provider's pact: no provider
 * promises them.
 */

import assert from 'node:assert/strict';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import type {
  BatchPutContactRequest,
  BatchPutContactResponse,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { exampleContactId, ordinaryContact } from '../agreement/ordinary-contacts.ts';
import { tokenFor } from '../agreement/refused-calls.ts';
import { pactRequest } from '../pact/pact-request.ts';
import { knownToMock, type Recorder, recorderFor } from './record.ts';
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

const ERROR = 'IdempotencyException';
const NAMESPACE = 'com.amazonaws.connect#';
const URI = ':http://internal.amazon.com/coral/com.amazonaws.connect/';

const ERROR_PLACES = ['x-amzn-errortype', 'code', '__type'] as const;

/** How the name may be written (the error cases of Smithy's restJson1 protocol tests). */
const ERROR_WRITINGS = {
  plain: ERROR,
  'with its namespace': NAMESPACE + ERROR,
  'followed by a URI': ERROR + URI,
  'with namespace and URI': NAMESPACE + ERROR + URI,
} as const;

/** Every form of an error's name on the wire; a client reads them all alike. */
export const ERROR_FORMS = ERROR_PLACES.flatMap((place) =>
  Object.keys(ERROR_WRITINGS).map((writing) => `${place}, ${writing}`),
);

function errorForms(): Tolerance[] {
  return ERROR_PLACES.flatMap((place) =>
    Object.entries(ERROR_WRITINGS).map(([writing, name]): Tolerance => {
      const inHeader = place === 'x-amzn-errortype';
      return {
        description: `an error named in ${place}, ${writing}`,
        pins: `error name in ${place}, ${writing}`,
        answer: {
          status: 409,
          ...(inHeader ? { headers: { [place]: name } } : {}),
          body: inHeader ? { Message: 'm' } : { [place]: name, message: 'm' },
        },
        expect: (reply) => expectError(reply, ERROR, 409),
      };
    }),
  );
}

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
  {
    description: 'results without what the model does not require',
    pins: 'absent members',
    answer: { status: 200, body: { SuccessfulRequestList: [{}], FailedRequestList: [{}] } },
    expect: (reply) =>
      assert.deepEqual(resultIn(reply), { SuccessfulRequestList: [{}], FailedRequestList: [{}] }),
  },
  {
    description: 'an answer without any list',
    pins: 'no list',
    answer: { status: 200, body: {} },
    expect: (reply) => expectResult(reply, {}),
  },
  ...errorForms(),
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
  const dir = makeTemporaryFolder('scratch-pact');
  try {
    return await each(recorderFor(dir));
  } finally {
    removeTemporaryFolder(dir);
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
  assert.deepEqual(resultIn(reply), expected);
}

function resultIn(reply: Reply): object {
  assert.equal(reply.kind, 'result');
  return (reply as Extract<Reply, { kind: 'result' }>).result;
}

function expectError(reply: Reply, name: string | null, status: number): void {
  assert.equal(reply.kind, 'error');
  const { error } = reply as Extract<Reply, { kind: 'error' }>;
  if (name !== null) assert.equal(error.name, name);
  assert.equal(error.$metadata?.httpStatusCode, status);
}
