import { readExpression } from '../../../load/engine/metrics/expression.ts';

it.each([
  ['p(95)<500', { aggregate: 'p(95)', operator: '<', limit: 500 }],
  [' count >= 4e2 ', { aggregate: 'count', operator: '>=', limit: 400 }],
  ['rate===.5', { aggregate: 'rate', operator: '===', limit: 0.5 }],
  ['p(95)<500 in every 10s', null],
  ['p(95)', null],
  // A limit that JSON cannot carry.
  ['avg<1e999', null],
])('%s is read as %o', (text, read) => {
  expect(readExpression(text)).toEqual(read);
});
