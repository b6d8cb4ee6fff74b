import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { REFUSAL_NAMES } from '../../operation/connect/batch-put-contact/refusals.ts';
import { codeRows, errorRows, gaps } from '../../reports/content/coverage.ts';
import type { Run } from '../../run/run.ts';
import { empty, failing, INTERACTIONS, partly, passing } from './samples.ts';

function failingOn(code: string): Run {
  const [contract] = passing.contracts;
  if (!contract) throw new Error('the passing sample has contracts');
  const interactions = contract.interactions.map((one) =>
    one.pins === code ? { ...one, provider: 'fail' as const } : one,
  );
  return { ...passing, contracts: [{ ...contract, interactions }] };
}

describe('codeRows', () => {
  it('has one row per code of the table, in the order of checks', () => {
    expect(codeRows(passing).map(({ code }) => code)).toEqual(FAILURE_CODES);
  });

  it('sums what all scenarios predicted and answered', () => {
    expect(codeRows(passing)[0]).toMatchObject({ predicted: 800, answered: 800 });
    expect(codeRows(partly)[0]).toMatchObject({ predicted: null, answered: null });
  });

  it('puts the code that fails first and keeps the order of the rest', () => {
    const codes = codeRows(failingOn('INTERNAL_ERROR')).map(({ code }) => code);
    expect(codes).toEqual(['INTERNAL_ERROR', ...FAILURE_CODES.slice(0, -1)]);
  });

  it('takes the worst of several interactions that pin one code', () => {
    const run = failingOn('INVALID_QUEUE');
    const passed = passing.contracts[0]?.interactions ?? [];
    const [contract] = run.contracts;
    if (!contract) throw new Error('has contracts');
    const both = { ...contract, interactions: [...contract.interactions, ...passed] };
    expect(codeRows({ ...run, contracts: [both] })[0]).toMatchObject({
      code: 'INVALID_QUEUE',
      consumer: 'pass',
      provider: 'fail',
    });
  });

  it('has nothing exercised by a run of nothing', () => {
    for (const row of codeRows(empty)) {
      expect(row).toMatchObject({ consumer: 'not exercised', provider: 'not exercised' });
    }
  });
});

describe('errorRows', () => {
  it('has every error; one that no interaction pins is not exercised', () => {
    expect(new Set(errorRows(empty).map(({ name }) => name))).toEqual(new Set(REFUSAL_NAMES));
    const row = errorRows(passing).find(({ name }) => name === 'ServiceUnavailable');
    expect(row).toMatchObject({ consumer: 'not exercised', provider: 'not exercised' });
  });

  it('puts the error that fails first', () => {
    expect(errorRows(failing)[0]).toMatchObject({ name: 'IdempotencyException', provider: 'fail' });
  });
});

describe('gaps', () => {
  it('finds none in a run of everything', () => expect(gaps(passing)).toEqual([]));

  it('names what was not exercised', () => {
    expect(gaps(partly)).toEqual([
      'load and audit',
      '1 failure code',
      `${INTERACTIONS.length - 1} contract interactions`,
      '1 mutation score',
    ]);
    const codes = `${FAILURE_CODES.length} failure codes`;
    expect(gaps(empty)).toEqual(['contracts', 'campaigns', 'load and audit', codes]);
    const [, replays] = failing.load;
    expect(gaps({ ...failing, load: replays ? [replays] : [] })).toEqual([
      '1 invariant (not decidable)',
    ]);
  });

  it('takes an invariant as decided that any scenario decides', () => {
    expect(gaps(failing)).toEqual([]);
  });

  it('counts a code that load alone answered as exercised', () => {
    expect(gaps({ ...passing, contracts: [] })).toEqual(['contracts']);
  });
});
