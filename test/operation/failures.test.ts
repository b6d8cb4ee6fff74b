import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decide,
  VERDICT_LETTERS,
  VERDICTS,
} from '../../operation/connect/batch-put-contact/decide.ts';
import { FAILURE_CODES, FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { choose } from '../../operation/connect/choices.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { goodContact } from './fixtures.ts';

const facts = ordinaryFacts();

/** Judges items as the service reads them. */
function judge(items: readonly ContactDataRequest[], withFacts = facts) {
  const read = readBody(JSON.parse(JSON.stringify({ ContactDataRequestList: items })));
  if (!read.ok) throw new Error(read.message);
  const [instance = ORDINARY_INSTANCE] = withFacts.instances;
  return decide(read.request.ContactDataRequestList, withFacts, instance);
}

describe('the table of failure codes', () => {
  it('gives every verdict a letter of its own', () => {
    expect(new Set(VERDICT_LETTERS).size).toBe(VERDICTS.length);
    expect('.abcdefghijklmnopqrstuvwxyz'.startsWith(VERDICT_LETTERS)).toBe(true);
  });

  it('leaves a good contact alone', () => {
    expect(judge([goodContact('a'), goodContact('b')])).toEqual(['CREATED', 'CREATED']);
  });

  const everyProvocation = FAILURE_CODES.flatMap((code) =>
    FAILURES[code].provocations.map((provocation) => ({ code, ...provocation })),
  );

  it.each(everyProvocation)('$code is provoked by: $how', ({ code, make }) => {
    const previous = goodContact('previous');
    expect(judge([previous, make(goodContact('provoked'), previous)])).toEqual(['CREATED', code]);
  });

  it.each(FAILURE_CODES)('%s has a message and says whether to retry', (code) => {
    expect(FAILURES[code].message).toMatch(/^[A-Z].*\.$/);
    expect(FAILURES[code].retryable).toBe(
      code === 'REQUEST_THROTTLED' || code === 'INTERNAL_ERROR',
    );
  });
});

test('README.md names the number of each code that no item can cause', () => {
  const readme = readFileSync(join(PACKAGE_ROOT, 'README.md'), 'utf8').replace(/\s+/g, ' ');
  for (const [code, number] of Object.entries(INJECTED_NUMBERS)) {
    expect(readme).toContain(`\`${number}\` gets ${code}.`);
  }
});

describe('decide', () => {
  it('throttles items past the room that is left', () => {
    const limited = ordinaryFacts({ pendingRoom: 1 });
    expect(judge([goodContact('a'), goodContact('b')], limited)).toEqual([
      'CREATED',
      'REQUEST_THROTTLED',
    ]);
  });

  it('does not spend room on an item that failed', () => {
    const limited = ordinaryFacts({ pendingRoom: 1 });
    const { Campaign: _, ...broken } = goodContact('a');
    expect(judge([broken, goodContact('b')], limited)).toEqual(['MISSING_CAMPAIGN', 'CREATED']);
  });

  it('fails an equal duplicate by default, and allows it where so chosen', () => {
    const twice = [goodContact('a'), goodContact('a')];
    expect(judge(twice)).toEqual(['CREATED', 'IDEMPOTENCY_EXCEPTION']);
    const allowing = ordinaryFacts({ choices: choose({ equalDuplicates: 'allow' }) });
    expect(judge(twice, allowing)).toEqual(['CREATED', 'CREATED']);
  });

  it('holds every later item against the first of its identifier', () => {
    const allowing = ordinaryFacts({ choices: choose({ equalDuplicates: 'allow' }) });
    const [a, other] = [goodContact('a'), { ...goodContact('a'), Attributes: { other: '' } }];
    expect(judge([a, other, a], allowing)).toEqual(['CREATED', 'IDEMPOTENCY_EXCEPTION', 'CREATED']);
  });

  it('takes items without an identifier for different ones', () => {
    const { RequestIdentifier: _, ...nameless } = goodContact('a');
    expect(judge([nameless, nameless])).toEqual(['CREATED', 'CREATED']);
  });

  it('knows queues by id and by ARN, of this instance only', () => {
    const queue = ORDINARY_INSTANCE.queues[0].id;
    const arn = (instance: string) =>
      `arn:aws:connect:us-east-1:123456789012:instance/${instance}/queue/${queue}`;
    const verdicts = [queue, arn(ORDINARY_INSTANCE.id), arn('another')].map(
      (QueueId) => judge([{ ...goodContact('a'), QueueId }])[0],
    );
    expect(verdicts).toEqual(['CREATED', 'CREATED', 'INVALID_QUEUE']);
  });

  it('refuses a disabled queue', () => {
    const QueueId = ORDINARY_INSTANCE.queues[3].id;
    expect(judge([{ ...goodContact('a'), QueueId }])).toEqual(['INVALID_QUEUE']);
  });

  it('holds campaigns against the known ones where they are listed', () => {
    const facts = ordinaryFacts({
      instances: [{ ...ORDINARY_INSTANCE, campaigns: ['autumn'] }],
    });
    expect(judge([goodContact('a')], facts)).toEqual(['MISSING_CAMPAIGN']);
  });
});
