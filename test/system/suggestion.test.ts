import { suggestion } from '../../system/suggestion.ts';

const NAMES = ['forgets-tokens', 'races-duplicates', 'smoke', 'soak'];

it.each([
  ['forgets-token', ' Did you mean "forgets-tokens"?'],
  ['forgets_tokens', ' Did you mean "forgets-tokens"?'],
  ['smok', ' Did you mean "smoke"?'],
  ['osak', ' Did you mean "soak"?'],
  ['SMOKE', ' Did you mean "smoke"?'],
  ['throughput', ''],
  ['', ''],
  ['x', ''],
])('%p: %p', (given, due) => {
  expect(suggestion(given, NAMES)).toBe(due);
});

it('suggests nothing among no names', () => expect(suggestion('x', [])).toBe(''));
