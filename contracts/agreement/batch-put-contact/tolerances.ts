/**
 * Answers that the emulator never sends by default, but that a client must handle.
 *
 * They are not in the provider's pact, because no provider promises them.
 */

import { BATCH_PUT_CONTACT } from '../../../operation/connect/batch-put-contact/operation.ts';
import { tokenFor } from '../interaction.ts';
import type { Tolerance } from '../tolerance.ts';
import { requestOf } from './batch.ts';
import { exampleContactId, ordinaryContact } from './ordinary-contacts.ts';

type Row = Omit<Tolerance, 'operation' | 'request'>;

const ITEM = { RequestIdentifier: 'contact-01', ContactId: exampleContactId(1) };

const ERROR = 'IdempotencyException';
const NAMESPACE = 'com.amazonaws.connect#';
const URI = ':http://internal.amazon.com/coral/com.amazonaws.connect/';

const ERROR_PLACES = ['x-amzn-errortype', 'code', '__type'] as const;

/** The spellings of an error's name, from the error cases of Smithy's restJson1 protocol tests. */
const ERROR_WRITINGS = {
  plain: ERROR,
  'with its namespace': NAMESPACE + ERROR,
  'followed by a URI': ERROR + URI,
  'with namespace and URI': NAMESPACE + ERROR + URI,
} as const;

/** Every form of an error's name on the wire. A client must read the same name from each form. */
export const ERROR_FORMS = ERROR_PLACES.flatMap((place) =>
  Object.keys(ERROR_WRITINGS).map((writing) => `${place}, ${writing}`),
);

function errorForms(): Row[] {
  return ERROR_PLACES.flatMap((place) =>
    Object.entries(ERROR_WRITINGS).map(([writing, name]): Row => {
      const inHeader = place === 'x-amzn-errortype';
      return {
        description: `an error named in ${place}, ${writing}`,
        pins: `error name in ${place}, ${writing}`,
        answer: {
          status: 409,
          ...(inHeader ? { headers: { [place]: name } } : {}),
          body: inHeader ? { Message: 'm' } : { [place]: name, message: 'm' },
        },
        becomes: { kind: 'error', name: ERROR, status: 409 },
      };
    }),
  );
}

const ROWS: readonly Row[] = [
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
    becomes: {
      kind: 'result',
      result: {
        SuccessfulRequestList: [],
        FailedRequestList: [
          { RequestIdentifier: 'contact-01', FailureReasonCode: 'A_CODE_OF_TOMORROW' },
        ],
      },
    },
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
    becomes: { kind: 'result', result: { SuccessfulRequestList: [ITEM], FailedRequestList: [] } },
  },
  {
    description: 'lists that are null',
    pins: 'null list',
    answer: { status: 200, body: { SuccessfulRequestList: [ITEM], FailedRequestList: null } },
    becomes: { kind: 'result', result: { SuccessfulRequestList: [ITEM] } },
  },
  {
    description: 'results without what the model does not require',
    pins: 'absent members',
    answer: { status: 200, body: { SuccessfulRequestList: [{}], FailedRequestList: [{}] } },
    becomes: {
      kind: 'result',
      result: { SuccessfulRequestList: [{}], FailedRequestList: [{}] },
    },
  },
  {
    description: 'an answer without any list',
    pins: 'no list',
    answer: { status: 200, body: {} },
    becomes: { kind: 'result', result: {} },
  },
  ...errorForms(),
  {
    description: 'an error page that is not JSON',
    pins: 'error that is not JSON',
    answer: { status: 502, contentType: 'text/html', body: '<html>502 Bad Gateway</html>' },
    becomes: { kind: 'error', name: null, status: 502 },
  },
];

const CALL = {
  operation: BATCH_PUT_CONTACT,
  request: requestOf({
    ClientToken: tokenFor('tolerance'),
    ContactDataRequestList: [ordinaryContact(1)],
  }),
};

export const TOLERANCES: readonly Tolerance[] = ROWS.map((row) => ({ ...row, ...CALL }));
