import { admit, refusalBody } from '../../operation/aws/admit.ts';
import {
  MODELLED_ERRORS,
  REFUSAL_NAMES,
  REFUSALS,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { GOOD_ARRIVAL } from './fixtures.ts';

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

  it('admits a good call', () => {
    expect(admit(GOOD_ARRIVAL, facts)).toBeNull();
  });

  it.each(REFUSAL_NAMES)('%s is what its own provocation gets', (name) => {
    const provoked = REFUSALS[name].provoke(GOOD_ARRIVAL, facts);
    const refusal = admit(provoked.arrival, provoked.facts);
    expect(refusal).toMatchObject({ name, status: REFUSALS[name].status });
    expect(refusal?.message).not.toBe('');
  });

  it('puts the text into Message where the model has it, into message at the front door', () => {
    const of = (name: (typeof REFUSAL_NAMES)[number]) =>
      JSON.parse(refusalBody({ name, status: REFUSALS[name].status, message: 'why' })) as unknown;
    expect(of('InvalidRequestException')).toEqual({ Message: 'why' });
    expect(of('InvalidSignatureException')).toEqual({ message: 'why' });
  });

  it('refuses in the stated order when everything is wrong at once', () => {
    let arrival = GOOD_ARRIVAL;
    let wrong = facts;
    for (const name of REFUSAL_NAMES) {
      const next = REFUSALS[name].provoke(arrival, wrong);
      arrival = next.arrival;
      wrong = next.facts;
    }
    expect(admit(arrival, wrong)?.name).toBe('UnknownOperationException');
    expect(admit({ ...arrival, method: 'PUT' }, wrong)?.name).toBe(
      'RequestEntityTooLargeException',
    );
  });
});
