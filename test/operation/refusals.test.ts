import { errorBody } from '../../operation/aws/definition/operation.ts';
import { type RefusalTable, STAGES } from '../../operation/aws/definition/refusals.ts';
import { assumed } from '../../operation/aws/provenance.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import {
  MODELLED_ERRORS,
  REFUSAL_NAMES,
  REFUSALS,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import { type Facts, ordinaryFacts } from '../../operation/connect/facts.ts';
import { OPERATIONS } from '../../operation/operations.ts';
import { admit, GOOD_ARRIVAL, provoked } from './fixtures.ts';

const facts = ordinaryFacts();

describe('the table of refusals', () => {
  it('has the six errors of the published model, with their statuses', () => {
    const modelled = Object.fromEntries(MODELLED_ERRORS.map((n) => [n, REFUSALS[n].status]));
    expect(modelled).toEqual({
      AccessDeniedException: 403,
      LimitExceededException: 429,
      InvalidRequestException: 400,
      ResourceNotFoundException: 404,
      InternalServiceException: 500,
      IdempotencyException: 409,
    });
  });

  it('has its rows in the order in which they are checked', () => {
    const places = REFUSAL_NAMES.map((name) => STAGES.indexOf(REFUSALS[name].stage));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('admits a good call', () => {
    expect(admit(BATCH_PUT_CONTACT, GOOD_ARRIVAL, facts)).toBeNull();
  });

  it('puts the text into Message where the model has it, into message at the front door', () => {
    const of = (name: string) =>
      JSON.parse(errorBody(BATCH_PUT_CONTACT, { name, status: 400, message: 'why' })) as unknown;
    expect(of('InvalidRequestException')).toEqual({ Message: 'why' });
    expect(of('InvalidSignatureException')).toEqual({ message: 'why' });
    expect(
      JSON.parse(errorBody(null, { name: 'InvalidRequestException', status: 400, message: 'why' })),
    ).toEqual({ message: 'why' });
  });

  it('refuses in the stated order when everything is wrong at once', () => {
    let wrong = { arrival: GOOD_ARRIVAL, facts };
    for (const name of REFUSAL_NAMES) {
      wrong = provoked(
        wrong.arrival,
        wrong.facts,
        REFUSALS[name].provoke(wrong.arrival, wrong.facts),
      );
    }
    const first = (change: object) =>
      admit(BATCH_PUT_CONTACT, { ...wrong.arrival, ...change }, wrong.facts)?.name;
    const { operation, labels, bodyBytes, signature, bucketTokens, body } = GOOD_ARRIVAL;
    const mending = [
      {},
      { operation, labels },
      { bodyBytes },
      { signature },
      { bucketTokens },
      { body },
    ];
    const mended = mending.map((_, i) => Object.assign({}, ...mending.slice(0, i + 1)));
    // Each part that is mended lets the call come one check further; the outage is left at last.
    expect(mended.map(first)).toEqual([
      'UnknownOperationException',
      'RequestEntityTooLargeException',
      'AccessDeniedException',
      'ThrottlingException',
      'InvalidRequestException',
      'ServiceUnavailable',
    ]);
  });
});

describe.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
  'the refusals of %s',
  (_, operation) => {
    const good = { ...GOOD_ARRIVAL, operation };
    const { refusals, errors } = operation;

    it.each(Object.keys(refusals))('%s is what its own provocation gets', (name) => {
      const row = refusals[name] ?? raise(name);
      const { arrival, facts: wrong } = provoked(good, facts, row.provoke(good, facts));
      const isOthers = /^(TooManyRequests|LimitExceeded)/.test(name) && !row.outage;
      if (isOthers && 'ThrottlingException' in errors) {
        // Its model says which error an empty bucket gives, whatever is chosen.
        expect(admit(operation, arrival, wrong)?.name).toBe('ThrottlingException');
        return;
      }
      const refusal = admit(operation, arrival, wrong);
      expect(refusal).toMatchObject({ name, status: row.status });
      expect(refusal?.message).not.toBe('');
    });

    it('gives modelled errors their statuses', () => {
      for (const [name, { status }] of Object.entries(refusals)) {
        if (name in errors) expect(status).toBe(errors[name]);
      }
    });
  },
);

it('does not let a row read what is not known at its stage', () => {
  const row = {
    status: 400,
    provenance: assumed('a test'),
    message: () => '',
    provoke: () => ({}),
  };
  const early = {
    // @ts-expect-error the bucket is looked at later
    AtSize: { ...row, stage: 'size', applies: ({ bucketTokens }) => bucketTokens < 1 },
    // @ts-expect-error nobody has looked whether the request can be read
    AtBody: { ...row, stage: 'body', applies: ({ body }) => body.request === null },
    // @ts-expect-error the token is claimed later
    AtService: { ...row, stage: 'service', applies: ({ token }) => token === 'new' },
    AtToken: { ...row, stage: 'token', applies: ({ token }) => token === 'new' },
  } satisfies RefusalTable<Facts>;
  // It would find nothing there.
  expect(Object.keys(early)).toHaveLength(4);
});

function raise(name: string): never {
  throw new Error(`there is no ${name}`);
}
