/** One sentence for what a reader does not read, with the place. */

import { UserError } from '../../system/errors.ts';
import {
  amount,
  anything,
  exactly,
  filledList,
  filledText,
  flag,
  list,
  number,
  numberFrom,
  object,
  oneOf,
  optional,
  orNull,
  parseJson,
  parseWrittenJson,
  partial,
  type Reader,
  record,
  structure,
  text,
  wholeNumberFrom,
} from '../../system/read.ts';

const point = structure({ x: number, y: optional(number, 0) });

it.each<[string, Reader<unknown>, unknown, unknown]>([
  ['text', text, '', ''],
  ['flag', flag, false, false],
  ['a number', number, -1.5, -1.5],
  ['a number at its bounds', numberFrom(0, 1), 1, 1],
  ['a whole number', wholeNumberFrom(0), 7, 7],
  ['one of', oneOf(502, 503), 503, 503],
  ['null', orNull(text), null, null],
  ['a list', list(flag), [], []],
  ['a filled list', filledList(flag), [true], [true]],
  ['a record', record(amount), { a: 1 }, { a: 1 }],
  ['some keys', partial(['a', 'b'], amount), { b: 1 }, { b: 1 }],
  ['a structure, whose other members are left out', point, { x: 1, z: 3 }, { x: 1, y: 0 }],
  ['exactly these members', exactly({ a: anything }), { a: [] }, { a: [] }],
  ['an object', object, { toString: 1 }, { toString: 1 }],
])('reads %s', (_, read, value, due) => {
  expect(read(value, 'here')).toEqual(due);
});

it.each<[Reader<unknown>, unknown, string]>([
  [text, 1, 'here must be a text, not 1'],
  [filledText, '', 'here must be a text that is not empty, not ""'],
  [flag, 'true', 'here must be true or false, not "true"'],
  [number, Number.NaN, 'here must be a number, not NaN'],
  [number, Number.POSITIVE_INFINITY, 'here must be a number, not Infinity'],
  [amount, -1, 'here must be a number from 0 up, not -1'],
  [numberFrom(0, 1), 1.1, 'here must be a number from 0 to 1, not 1.1'],
  [wholeNumberFrom(1), 1.5, 'here must be a whole number from 1 up, not 1.5'],
  [oneOf(502, 503), '502', 'here must be 502 or 503, not "502"'],
  [oneOf('a', 'b'), 'c', 'here must be "a" or "b", not "c"'],
  [oneOf(1, 2, 3, 4, 5), 6, 'here must be one of 1, 2, 3, 4, 5, not 6'],
  [orNull(text), {}, 'here must be null or a text, not an object'],
  [orNull(filledList(text)), [1], 'here[0] must be a text, not 1'],
  [list(text), 'a', 'here must be a list, not "a"'],
  [list(text), ['a', null], 'here[1] must be a text, not null'],
  [filledList(text), [], 'here must be a list that is not empty, not a list'],
  [record(text), { a: 1 }, 'here.a must be a text, not 1'],
  [partial(['a'], text), { b: '' }, 'a key of here must be "a", not "b"'],
  [point, {}, 'here.x must be a number, not missing'],
  [structure({ toString: text }), {}, 'here.toString must be a text, not missing'],
  [exactly({ a: anything }), { b: 1 }, "here has no member 'b'; it has a"],
  [object, [], 'here must be an object, not a list'],
  [text, { a: 'x'.repeat(99) }, 'here must be a text, not an object'],
  [flag, 'x'.repeat(99), `here must be true or false, not "${'x'.repeat(58)}…`],
])('refuses, naming the place %#', (read, value, sentence) => {
  expect(() => read(value, 'here')).toThrow(UserError);
  expect(() => read(value, 'here')).toThrow(new UserError(sentence));
});

it('names the document where the place is the whole of it', () => {
  expect(() => exactly({ a: text }, 'a plan')(1, '')).toThrow('a plan must be an object, not 1');
  expect(() => exactly({ a: text }, 'a plan')({ a: 1 }, '')).toThrow(/^a must be a text/);
  expect(() => text(1, '')).toThrow('the file must be a text, not 1');
});

it('says where JSON that cannot be parsed is from', () => {
  expect(parseJson('[1]', 'plan.json')).toEqual([1]);
  expect(parseJson('\uFEFF{"a":1}\r\n', 'plan.json')).toEqual({ a: 1 });
  expect(() => parseJson('{', 'plan.json')).toThrow(UserError);
  expect(() => parseJson('{', 'plan.json')).toThrow(/^plan\.json is not JSON \(.+\)$/);
});

test.each([
  ['{"a":1,"b":{"a":2},"a":3}', 'a'],
  ['{"list":[{"id":1},{"id":2,"x":"}","id":3}]}', 'list[1].id'],
  ['\uFEFF[{"a\\u0062":1,"ab":2}]', '[0].ab'],
])('a member of %s that stands there twice is refused by its path', (json, path) => {
  expect(() => parseWrittenJson(json, 'seed.json')).toThrow(
    new UserError(`seed.json has the member ${path} twice: leave one out`),
  );
});

test('the same name in other objects, or as a value, is no repetition', () => {
  const value = { a: 'a', b: ['a', 'a', { a: { a: '"a":1,"a":2' } }], '': [], c: { a: [] } };
  expect(parseWrittenJson(JSON.stringify(value), 'seed.json')).toEqual(value);
});
