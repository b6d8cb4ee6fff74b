import { batchSource } from '../../generators/batch.ts';
import { contactSource } from '../../generators/contact.ts';
import { FICTION_NUMBERS, fictionNumber, isFictional } from '../../generators/fiction-numbers.ts';
import { LOCALE_NAMES, readLocales } from '../../generators/locales.ts';
import { everyCode, readMix } from '../../generators/mix.ts';
import { INJECTED_DIAL_NUMBERS } from '../../operation/campaigns/failures.ts';
import { decide } from '../../operation/connect/batch-put-contact/decide.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import {
  INJECTED_NUMBERS,
  NEVER_CLAIMED,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import { Draw } from '../../system/draw.ts';

describe('phone numbers', () => {
  it('come only from ranges reserved for fiction, over 100,000 contacts', () => {
    const source = contactSource(11);
    const injected = new Set<string>(Object.values(INJECTED_NUMBERS));
    const bad: string[] = [];
    for (let i = 0; i < 100_000; i += 1) {
      const { CustomerEndpoint, SystemEndpoint } = source.contact(i, 'x');
      const number = CustomerEndpoint.Address ?? '';
      if (!isFictional(number) || injected.has(number)) bad.push(number);
      if (SystemEndpoint && !isFictional(SystemEndpoint.Address ?? '')) bad.push('system');
    }
    expect(bad).toEqual([]);
  });

  it.each(Object.keys(FICTION_NUMBERS) as (keyof typeof FICTION_NUMBERS)[])(
    'are E.164 in %s',
    (country) => {
      for (let i = 0; i < 500; i += 1) {
        expect(fictionNumber(country, new Draw(1, i))).toMatch(/^\+[1-9]\d{1,14}$/);
      }
    },
  );

  it.each(['+12025551234', '+18005550100', '+447911123456', '+12025550200', '+1202555010'])(
    'the law knows %s for a number that may be real',
    (number) => expect(isFictional(number)).toBe(false),
  );

  it('that are injected or claimed are fiction too, and each means one thing', () => {
    const numbers = [
      ...Object.values(INJECTED_NUMBERS),
      ...Object.values(INJECTED_DIAL_NUMBERS),
      ...ORDINARY_INSTANCE.numbers,
      NEVER_CLAIMED,
    ];
    expect(numbers.filter((number) => !isFictional(number))).toEqual([]);
    expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([]);
  });
});

describe('contacts', () => {
  it('are a function of seed and index, wherever they are made', () => {
    const forwards = contactSource(5);
    const backwards = contactSource(5);
    const made = [0, 1, 2, 77].map((i) => forwards.contact(i, 'id'));
    expect([77, 2, 1, 0].map((i) => backwards.contact(i, 'id')).reverse()).toEqual(made);
    expect(contactSource(6).contact(0, 'id')).not.toEqual(made[0]);
  });

  it("keep what seed 42 gives: a change here changes every user's corpus", () => {
    expect(contactSource(42).contact(7, 'id')).toMatchSnapshot();
  });

  it('come in every locale', () => {
    const source = contactSource(3);
    const languages = new Set<string>();
    for (let i = 0; i < 300; i += 1)
      languages.add(source.contact(i, 'x').Attributes.language ?? '');
    expect(languages.size).toBe(LOCALE_NAMES.length);
  });

  it('differ from one another', () => {
    const source = contactSource(3);
    const seen = new Set<string>();
    for (let i = 0; i < 5_000; i += 1) seen.add(JSON.stringify(source.contact(i, 'x')));
    expect(seen.size).toBe(5_000);
  });

  it('have time zones and dates that exist', () => {
    const source = contactSource(9);
    for (let i = 0; i < 500; i += 1) {
      const { timeZone, dueDate } = source.contact(i, 'x').Attributes;
      expect(() => new Intl.DateTimeFormat('en', { timeZone: timeZone ?? '?' })).not.toThrow();
      expect(Number.isNaN(Date.parse(dueDate ?? '?'))).toBe(false);
    }
  });
});

describe('batches', () => {
  const facts = ordinaryFacts();

  it('get from the service what they predict, with every code in the mix', () => {
    const source = batchSource({ seed: 8, mix: everyCode(0.5) });
    const seen = new Set<string>();
    for (let index = 0; index < 200; index += 1) {
      const batch = source.batch(index);
      const read = readBody(JSON.parse(JSON.stringify(batch)));
      if (!read.ok) throw new Error(read.message);
      expect(decide(read.request.ContactDataRequestList, facts, ORDINARY_INSTANCE)).toEqual(
        batch.predicted,
      );
      for (const verdict of batch.predicted) seen.add(verdict);
    }
    expect([...seen].sort()).toEqual(['CREATED', ...FAILURE_CODES].sort());
  });

  it('hold the stated shares', () => {
    const source = batchSource({
      seed: 4,
      mix: { INVALID_QUEUE: 0.2, IDEMPOTENCY_EXCEPTION: 0.1 },
    });
    const counts: Record<string, number> = {};
    for (let index = 0; index < 1_000; index += 1) {
      for (const verdict of source.batch(index).predicted) {
        counts[verdict] = (counts[verdict] ?? 0) + 1;
      }
    }
    expect((counts.INVALID_QUEUE ?? 0) / 25_000).toBeCloseTo(0.2, 1.5);
    expect((counts.IDEMPOTENCY_EXCEPTION ?? 0) / 25_000).toBeCloseTo(0.1, 1.5);
  });

  it('refuse a code that needs a second contact in a batch of one', () => {
    const make = () =>
      batchSource({ seed: 1, contactsPerBatch: 1, mix: { IDEMPOTENCY_EXCEPTION: 0.1 } });
    expect(make).toThrow('IDEMPOTENCY_EXCEPTION needs a contact before it');
  });

  it('change no contact when only the mix changes', () => {
    const good = batchSource({ seed: 2 }).batch(3).ContactDataRequestList;
    const mixed = batchSource({ seed: 2, mix: { INVALID_QUEUE: 0.5 } }).batch(3);
    mixed.predicted.forEach((verdict, i) => {
      if (verdict === 'CREATED') expect(mixed.ContactDataRequestList[i]).toEqual(good[i]);
    });
    expect(mixed.predicted).toContain('INVALID_QUEUE');
  });
});

describe('options', () => {
  it.each([
    ['INVALID_QUEUE', 'write NAME=SHARE'],
    ['INVALID_QUEUE=2', 'a share from 0 to 1'],
    ['NO_SUCH=0.1', 'unknown failure code "NO_SUCH"'],
    ['INVALID_QUEUE=0.6,MISSING_CAMPAIGN=0.6', 'may not exceed 1'],
  ])('the mix %s is refused in one sentence', (text, sentence) => {
    expect(() => readMix(text)).toThrow(sentence);
  });

  it('reads mixes and locales', () => {
    expect(readMix('none')).toEqual({});
    expect(readMix('INVALID_QUEUE=0.05')).toEqual({ INVALID_QUEUE: 0.05 });
    expect(Object.keys(readMix('every=0.2'))).toHaveLength(FAILURE_CODES.length);
    expect(readLocales('en_US, de_DE')).toEqual(['en_US', 'de_DE']);
    expect(() => readLocales('xx')).toThrow('unknown locale "xx"');
  });
});
