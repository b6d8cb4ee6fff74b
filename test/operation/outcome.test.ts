import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import {
  asFarAsPredictable,
  countLetters,
  outcomeOf,
} from '../../operation/connect/batch-put-contact/outcome.ts';

const ok = (RequestIdentifier: string, ContactId: string) => ({ RequestIdentifier, ContactId });
const failed = (RequestIdentifier: string, FailureReasonCode: string) => ({
  RequestIdentifier,
  FailureReasonCode,
});
const queue = letterOf('INVALID_QUEUE');

describe('outcomeOf', () => {
  it('matches by identifier, whatever the order', () => {
    const outcome = outcomeOf(['a', 'b', 'c'], {
      SuccessfulRequestList: [ok('c', '3'), ok('a', '1')],
      FailedRequestList: [failed('b', 'INVALID_QUEUE')],
    });
    expect(outcome).toEqual({
      letters: `.${queue}.`,
      answer: '1 INVALID_QUEUE 3',
      contacts: ['1', '3'],
    });
  });

  it('marks an item that got no answer', () => {
    expect(outcomeOf(['a', 'b'], { SuccessfulRequestList: [ok('a', '1')] }).letters).toBe('.?');
    expect(outcomeOf(['a'], {}).letters).toBe('?');
  });

  it('marks a success that does not say which contact it is', () => {
    const nameless = { RequestIdentifier: 'a' } as ReturnType<typeof ok>;
    expect(outcomeOf(['a', 'b'], { SuccessfulRequestList: [nameless, ok('b', '')] })).toEqual({
      letters: '??',
      answer: '? ?',
      contacts: [],
    });
  });

  it('marks a success that names the contact of another item', () => {
    const list = [ok('a', '1'), ok('b', '2'), ok('c', '1')];
    expect(outcomeOf(['a', 'b', 'c'], { SuccessfulRequestList: list })).toEqual({
      letters: '..?',
      answer: '1 2 1',
      contacts: ['1', '2'],
    });
  });

  it('marks an item that is in both lists', () => {
    const outcome = outcomeOf(['a'], {
      SuccessfulRequestList: [ok('a', '1')],
      FailedRequestList: [failed('a', 'INVALID_QUEUE')],
    });
    expect(outcome).toEqual({ letters: '!', answer: '1 a=INVALID_QUEUE', contacts: [] });
  });

  it('marks an answer to an item that was never sent', () => {
    const outcome = outcomeOf(['a'], { SuccessfulRequestList: [ok('a', '1'), ok('z', '2')] });
    expect(outcome.letters).toBe('.!');
  });

  it('lets a code pass that is not listed', () => {
    expect(outcomeOf(['a'], { FailedRequestList: [failed('a', 'BRAND_NEW')] }).letters).toBe('*');
  });

  it('gives a repeated identifier its answers in turn', () => {
    const outcome = outcomeOf(['a', 'a'], {
      SuccessfulRequestList: [ok('a', '1')],
      FailedRequestList: [failed('a', 'IDEMPOTENCY_EXCEPTION')],
    });
    expect(outcome.letters).toBe(`.${letterOf('IDEMPOTENCY_EXCEPTION')}`);
  });
});

describe('asFarAsPredictable', () => {
  const again = letterOf('REQUEST_THROTTLED');

  it.each([
    ['what was predicted', `.${queue}`, `.${queue}`, true],
    ['a code that says to try again for a contact', `${again}.`, '..', true],
    ['such a code for another failure', again, queue, false],
    ['a contact for a failure', '.', again, false],
    ['another code for a contact', queue, '.', false],
    ['another code for the second contact', `.${queue}`, '..', false],
    ['an item too few', '.', '..', false],
    ['an answer too many', '.!', '.', false],
    ['an item without a result', '?', '.', false],
  ])('%s', (_, letters, predicted, expected) => {
    expect(asFarAsPredictable(letters, predicted)).toBe(expected);
  });
});

it('countLetters counts each letter that occurs', () => {
  expect(countLetters('.a..')).toEqual(
    new Map([
      ['.', 3],
      ['a', 1],
    ]),
  );
});
