/** Every kind of shape through its reader, its clean test and its canonical form. */

import fc from 'fast-check';
import { documented } from '../../operation/aws/provenance.ts';
import { type Flat, flattener } from '../../operation/aws/shape/canonical.ts';
import { cleanTest } from '../../operation/aws/shape/clean-form.ts';
import { wholly } from '../../operation/aws/shape/pattern.ts';
import { readAs, readRequest } from '../../operation/aws/shape/read.ts';
import type { RequestShape, Shape } from '../../operation/aws/shape/shapes.ts';
import { momentOf, timestampAt } from '../../operation/aws/shape/timestamp.ts';
import { writeAnswer } from '../../operation/aws/shape/write.ts';

const limit = (min: number, max: number) => ({ min, max, provenance: documented('a test') });

const TEXT: Shape = { kind: 'string', limit: limit(1, 3), pattern: '[a-z-]*' };
const LISTED: Shape = {
  kind: 'string',
  enum: { name: 'Way', values: [{ value: 'up' }, { value: 'down' }] },
};
const COUNT: Shape = { kind: 'integer', range: limit(0, 9) };
const SHARE: Shape = { kind: 'double', range: limit(0, 1) };
const SWITCH: Shape = { kind: 'boolean' };
const MOMENT: Shape = { kind: 'timestamp', format: 'date-time' };
const SECONDS: Shape = { kind: 'timestamp', format: 'epoch-seconds' };
const MAP: Shape = {
  kind: 'map',
  key: { kind: 'string', limit: limit(1, 2), pattern: '[a-z]+' },
  value: { kind: 'string', limit: limit(0, 2) },
};
const WEEK: Shape = {
  kind: 'map',
  key: { kind: 'string', enum: { name: 'Way', values: [{ value: 'up' }, { value: 'down' }] } },
  value: { kind: 'list', of: COUNT, limit: limit(1, 2) },
  limit: limit(1, 1),
};
const CHOICE: Shape = { kind: 'union', members: { share: SHARE, count: COUNT } };
const ALL: Shape = {
  kind: 'structure',
  members: {
    text: TEXT,
    listed: LISTED,
    count: COUNT,
    share: SHARE,
    switch: SWITCH,
    moment: MOMENT,
    seconds: SECONDS,
    list: { kind: 'list', of: CHOICE, limit: limit(0, 2) },
    map: MAP,
  },
  required: ['switch'],
};

const broken = (constraint: string) => ({
  ok: false,
  wrong: 'constraint',
  message: `1 validation error detected: Value at '' failed to satisfy constraint: ${constraint}`,
});
const wrongType = (expected: string) => ({
  ok: false,
  wrong: 'type',
  message: `Expected ${expected} at 'the body'`,
});

it.each<[string, Shape, unknown]>([
  ['a text in its pattern', TEXT, 'a-b'],
  ['a listed value', LISTED, 'down'],
  ['a value that its item judges', { ...LISTED, judgedBy: 'item' }, 'sideways'],
  ['the least integer', COUNT, 0],
  ['a number that its item judges', { ...COUNT, judgedBy: 'item' }, -1],
  ['a fraction for a double', SHARE, 0.25],
  ['a whole number for a double', SHARE, 1],
  ['false', SWITCH, false],
  ['a moment in UTC', MOMENT, '2026-11-29T00:00:00Z'],
  ['a moment with a fraction and an offset', MOMENT, '2026-11-29T00:00:00.123456+01:00'],
  ['a leap day', MOMENT, '2028-02-29T23:59:59Z'],
  ['seconds with a fraction', SECONDS, 1764374400.5],
  ['a map', MAP, { a: '', bc: 'de' }],
  ['a map to lists', WEEK, { up: [1, 2] }],
  ['one member of a union', CHOICE, { share: 1 }],
])('%s is good, and clean', (_, shape, value) => {
  expect(readAs(value, shape)).toEqual({ ok: true, request: value });
  expect(cleanTest(shape)(value)).toBe(true);
});

const ENUM_SET = 'Member must satisfy enum value set: [up, down]';

it.each<[string, Shape, unknown, object]>([
  ['a text', TEXT, 1, wrongType('a string')],
  ['its pattern', TEXT, 'a1', broken('Member must satisfy regular expression pattern: [a-z-]*')],
  [
    'a part of it in its pattern',
    TEXT,
    '1a',
    broken('Member must satisfy regular expression pattern: [a-z-]*'),
  ],
  ['its length', TEXT, 'abcd', broken('Member must have length less than or equal to 3')],
  ['a listed value', LISTED, 'sideways', broken(ENUM_SET)],
  ['an integer', COUNT, 1.5, wrongType('an integer')],
  ['an integer below', COUNT, -1, broken('Member must have value greater than or equal to 0')],
  ['an integer above', COUNT, 10, broken('Member must have value less than or equal to 9')],
  ['a double', SHARE, '1', wrongType('a number')],
  ['a double above', SHARE, 1.01, broken('Member must have value less than or equal to 1')],
  ['a boolean', SWITCH, 'true', wrongType('a boolean')],
  ['a number for a moment', MOMENT, 1764374400, wrongType('a timestamp')],
  ['a moment without a zone', MOMENT, '2026-11-29T00:00:00', wrongType('a timestamp')],
  ['a day that is not there', MOMENT, '2026-02-30T00:00:00Z', wrongType('a timestamp')],
  ['an hour that is not there', MOMENT, '2026-02-03T24:30:00Z', wrongType('a timestamp')],
  ['text for seconds', SECONDS, '1764374400', wrongType('a timestamp')],
  ['no moment', SECONDS, 1e20, wrongType('a timestamp')],
  [
    'two members of a union',
    CHOICE,
    { share: 1, count: 1 },
    wrongType('a union with exactly one member'),
  ],
  ['no member of a union', CHOICE, { other: 1 }, wrongType('a union with exactly one member')],
])('not %s: it is told, and not clean', (_, shape, value, told) => {
  expect(readAs(value, shape)).toEqual(told);
  expect(cleanTest(shape)(value)).toBe(false);
});

it('holds keys of a map to their pattern', () => {
  expect(readAs({ a1: '' }, MAP)).toMatchObject({
    message: expect.stringContaining("Value at 'a1' failed to satisfy constraint: Member must sat"),
  });
  expect(cleanTest(MAP)({ a1: '' })).toBe(false);
});

it.each<[string, unknown, string]>([
  ['a key', { left: [1] }, `Value at 'left' failed to satisfy constraint: ${ENUM_SET}`],
  ['a value', { up: [] }, "Value at 'up' failed to satisfy constraint: Member must have length gr"],
  ['an item', { up: [10] }, "Value at 'up.1.member' failed to satisfy constraint: Member must ha"],
  [
    'too many',
    { up: [1], down: [1] },
    "Value at '' failed to satisfy constraint: Member must have",
  ],
  ['too few', {}, "Value at '' failed to satisfy constraint: Member must have length greater than"],
  ['a value of another type', { up: 'x' }, "Expected a list at 'up'"],
])('holds a map to the shape of its values and to its size: %s', (_, value, sentence) => {
  expect(readAs(value, WEEK)).toMatchObject({ message: expect.stringContaining(sentence) });
  expect(cleanTest(WEEK)(value)).toBe(false);
});

it.each([
  ['2026-11-29T12:34:56Z', 0],
  ['2026-11-29T12:34:56.789Z', 789],
  ['2026-11-29T12:34:56.789012Z', 789],
  ['2026-11-29T12:34:56.789012345Z', 789],
  ['2026-11-29T12:34:56.700+00:00', 700],
  ['2026-11-29T13:34:56+01:00', 0],
])('a moment is read in every form that SDKs send: %s', (text, milliseconds) => {
  expect(momentOf(text, 'date-time')).toBe(Date.UTC(2026, 10, 29, 12, 34, 56, milliseconds));
});

it('writes a moment as it is read', () => {
  for (const at of [Date.UTC(2026, 10, 29), Date.UTC(2026, 10, 29, 1, 2, 3, 4)]) {
    expect(momentOf(timestampAt(at, 'date-time'), 'date-time')).toBe(at);
    expect(momentOf(timestampAt(at, 'epoch-seconds'), 'epoch-seconds')).toBe(at);
  }
  expect(timestampAt(Date.UTC(2026, 10, 29), 'date-time')).toBe('2026-11-29T00:00:00Z');
});

it('takes the escapes of a model that JavaScript does not know', () => {
  expect(wholly('a\\:b(?:\\:c)?').test('a:b:c')).toBe(true);
  expect(wholly('a\\\\:').test('a\\:')).toBe(true);
  expect(wholly('[\\d\\-+]*').test('+1-2')).toBe(true);
});

it('gives maps to lists one canonical form exactly when they are equal', () => {
  const form = (value: unknown) => {
    const flat: Flat = [];
    flattener(WEEK)(value, flat);
    return JSON.stringify(flat);
  };
  expect(form({ up: [1], down: [2] })).toBe(form({ down: [2], up: [1] }));
  expect(form({ up: [1, 2] })).not.toBe(form({ up: [2, 1] }));
  expect(form({ up: [1], down: [] })).not.toBe(form({ up: [], down: [1] }));
});

describe('an answer', () => {
  const ANSWER = {
    kind: 'structure',
    members: { type: TEXT, id: TEXT, list: { kind: 'list', of: CHOICE }, map: MAP },
    headers: { type: 'x-type' },
  } as const;

  it('has the modelled members that are there, in the order of the model, and its headers', () => {
    const value = { list: [{ share: 1, other: 2 }], more: 1, id: 'i', type: 't', map: undefined };
    expect(writeAnswer(ANSWER, value)).toEqual({
      headers: { 'x-type': 't' },
      body: '{"id":"i","list":[{"share":1}]}',
    });
  });

  it('keeps every key of a map', () => {
    const map = JSON.parse('{ "__proto__": "a", "constructor": "b" }') as object;
    expect(writeAnswer(ANSWER, { map }).body).toBe('{"map":{"__proto__":"a","constructor":"b"}}');
    expect(writeAnswer(ANSWER, {})).toEqual({ headers: {}, body: '{}' });
  });
});

const json = fc.record(
  {
    text: fc.constantFrom('a', 'abcd', '1', '', null),
    listed: fc.constantFrom('up', 'sideways'),
    count: fc.constantFrom(0, 9, 10, 0.5),
    share: fc.constantFrom(0, 0.5, 2),
    switch: fc.boolean(),
    moment: fc.constantFrom('2026-11-29T00:00:00Z', '2026-11-29T01:00:00.000+01:00', '2026'),
    seconds: fc.constantFrom(1, 1.5, '1'),
    list: fc.array(fc.constantFrom({ share: 1 }, { count: 1 }, {}, { share: 1, count: 1 }), {
      maxLength: 3,
    }),
    map: fc.constantFrom({ a: 'b' }, { a: null }, { a1: '' }, {}),
    unknown: fc.constant(1),
  },
  { requiredKeys: [] },
);

it('takes a clean value as it is, and any other one only where something is left out', () => {
  const isClean = cleanTest(ALL);
  let clean = 0;
  fc.assert(
    fc.property(json, (value) => {
      const read = readAs(value, ALL);
      if (isClean(value)) {
        clean += 1;
        expect(read).toEqual({ ok: true, request: value });
      } else if (read.ok) {
        expect(JSON.stringify(read.request)).not.toBe(JSON.stringify(value));
      }
    }),
    { seed: 3, numRuns: 3000 },
  );
  expect(clean).toBeGreaterThan(5);
});

it('gives values one canonical form exactly when they say the same', () => {
  const flatten = flattener(ALL);
  const form = (value: unknown) => {
    const flat: Flat = [];
    flatten(value, flat);
    return JSON.stringify(flat);
  };
  const said = (value: object) =>
    JSON.stringify(value).replace('2026-11-29T01:00:00.000+01:00', '2026-11-29T00:00:00Z');
  fc.assert(
    fc.property(json, json, (a, b) => {
      const [one, other] = [readAs<object>(a, ALL), readAs<object>(b, ALL)];
      if (!one.ok || !other.ok) return;
      // Members are read in the order of the shape.
      expect(form(one.request) === form(other.request)).toBe(
        said(one.request) === said(other.request),
      );
    }),
    { seed: 4, numRuns: 3000 },
  );
  expect(form({ switch: true, moment: '2026-11-29T00:00:00Z' })).toBe(
    form({ moment: '2026-11-29T01:00:00.000+01:00', switch: true }),
  );
  expect(form({ list: [{ share: 1 }] })).not.toBe(form({ list: [{ count: 1 }] }));
});

describe('a request', () => {
  const REQUEST: RequestShape = {
    kind: 'structure',
    members: {
      id: { kind: 'string', limit: limit(0, 3) },
      tagKeys: { kind: 'list', of: { kind: 'string' }, limit: limit(1, 2) },
      maxResults: COUNT,
      dry: SWITCH,
      name: TEXT,
    },
    required: ['id', 'name'],
    path: ['id'],
    query: { tagKeys: 'tagKeys', maxResults: 'max', dry: 'dry' },
  };
  const read = (query: string, body: unknown, id = 'x') =>
    readRequest(REQUEST, { labels: { id }, query, json: body }, true);

  it('has members of its path, its query and its body', () => {
    expect(read('tagKeys=a%20b&max=9&tagKeys=c&dry=true&else', { name: 'n', id: 'body' })).toEqual({
      ok: true,
      request: { id: 'x', tagKeys: ['a b', 'c'], maxResults: 9, dry: true, name: 'n' },
    });
    expect(read('', { name: 'n', maxResults: 5 })).toEqual({
      ok: true,
      request: { id: 'x', name: 'n' },
    });
  });

  it('holds each to its shape, wherever it comes from', () => {
    expect(read('max=ten', { name: 'n' })).toMatchObject({ wrong: 'type' });
    expect(read('dry=yes', { name: 'n' })).toMatchObject({ wrong: 'type' });
    expect(read('', [])).toEqual(wrongType('a structure'));
    expect(read('max=10&tagKeys=a&tagKeys=b&tagKeys=c', {}, 'long')).toMatchObject({
      message: [
        "4 validation errors detected: Value at 'id' failed to satisfy constraint: Member must have length less than or equal to 3",
        "Value at 'tagKeys' failed to satisfy constraint: Member must have length less than or equal to 2",
        "Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 9",
        "Value null at 'name' failed to satisfy constraint: Member must not be null",
      ].join('; '),
    });
  });

  it('is read without a body where it has no member in it', () => {
    const shape: RequestShape = {
      kind: 'structure',
      members: { id: { kind: 'string' } },
      path: ['id'],
    };
    expect(readRequest(shape, { labels: { id: 'x' }, query: '', json: undefined }, false)).toEqual({
      ok: true,
      request: { id: 'x' },
    });
  });
});
