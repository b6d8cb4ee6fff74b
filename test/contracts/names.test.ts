import { ORDINARY_CAMPAIGN, ordinaryDay } from '../../contracts/agreement/states.ts';
import { withNames } from '../../contracts/provider/names.ts';
import { obstacleTo } from '../../contracts/provider/verify-elsewhere.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

const { id, queues, numbers } = ORDINARY_INSTANCE;

test('the names of a provider take the place of those of the contract, and no other', () => {
  const names = { instance: 'mine', queue: 'q"1', campaign: 'spring' };
  const value = {
    path: `/contact/batch/${id}`,
    q: queues[0].id,
    n: numbers[0],
    c: ORDINARY_CAMPAIGN,
  };
  expect(withNames(value, names)).toEqual({
    path: '/contact/batch/mine',
    q: 'q"1',
    n: numbers[0],
    c: 'spring',
  });
  expect(withNames(value, {})).toEqual(value);
});

test('a provider can start on an ordinary day with names of its own, and on no other day', () => {
  const names = { instance: 'mine' };
  const key = { accessKeyId: 'a', secretAccessKey: 's' };
  const where = { url: 'http://127.0.0.1', statesUrl: null, principal: key, outsider: key, names };
  const { name, params } = withNames(ordinaryDay(), names);
  const states = [{ name, params: { ...params } }];
  expect(obstacleTo({ states }, where)).toBeNull();
  expect(obstacleTo({ states }, { ...where, names: {} })).toMatchObject({
    kind: 'nothing sets states',
  });
});
