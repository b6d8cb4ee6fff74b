/** What each outcome of a batch does to its dial requests. */

import type { BatchResult } from '../../campaigns/campaign-engine.ts';
import type { CampaignBatch } from '../../campaigns/records.ts';
import type { BatchPutContactBody } from '../../operation/connect/batch-put-contact/shapes.ts';
import { accept, campaign, roadWith, START, statesOf } from './fixtures.ts';
import { answer, creating, error, LOST, type Road } from './road.ts';

/** A campaign with a full batch of requests, whose outcome is open. */
function sentBatch(choices = {}) {
  const road = roadWith(choices);
  road.endpoint = () => null;
  const requests = accept(road, 25);
  return { road, requests, batch: lastSent(road) };
}

function lastSent({ sent }: Road): CampaignBatch {
  return sent.at(-1) as CampaignBatch;
}

/** A contact for each item, but for those that are changed. */
function results(
  { requestIds }: CampaignBatch,
  changed: Readonly<Record<number, readonly BatchResult[]>> = {},
): readonly BatchResult[] {
  return requestIds.flatMap(
    (requestIdentifier, i) =>
      changed[i] ?? [{ requestIdentifier, contactId: `contact of ${requestIdentifier}` }],
  );
}

const tally = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

describe('200', () => {
  it('a created item has a contact', () => {
    const { road, requests, batch } = sentBatch();
    road.advance(30);
    road.settle(batch.token, answer({ results: [...results(batch)].reverse() }));
    for (const { id } of requests) {
      expect(road.engine.request(id)?.status).toEqual({
        state: 'CREATED',
        contact: { contactId: `contact of ${id}`, at: START + 30 },
      });
      expect(road.engine.requestOfContact(`contact of ${id}`)?.id).toBe(id);
    }
    expect(road.kept.has(`batch ${batch.token}`)).toBe(false);
  });

  it.each(['REQUEST_THROTTLED', 'INTERNAL_ERROR'])(
    'an item with %s goes back to its place, and is sent with a new token after a wait',
    (code) => {
      const { road, requests, batch } = sentBatch();
      const id = batch.requestIds[3] as string;
      road.settle(
        batch.token,
        answer({ results: results(batch, { 3: [{ requestIdentifier: id, code }] }) }),
      );
      expect(tally(statesOf(road, requests))).toEqual({ CREATED: 24, ACCEPTED: 1 });
      const { status } = road.engine.request(id) ?? {};
      if (status?.state !== 'ACCEPTED') throw new Error('it is not accepted');
      expect(status.attempts).toBe(1);
      expect(status.notBefore).toBeGreaterThanOrEqual(START);
      expect(status.notBefore).toBeLessThanOrEqual(START + 200);
      road.endpoint = creating();
      road.advance(status.notBefore - START);
      const later = accept(road, 5);
      road.advance(100);
      expect(road.sent).toHaveLength(2);
      expect(lastSent(road).requestIds).toEqual([id, ...later.map((one) => one.id)]);
      expect(lastSent(road).token).not.toBe(batch.token);
    },
  );

  it('the wait of a throttled item grows, and its expiry ends it', () => {
    const road = roadWith();
    road.endpoint = creating((requestIdentifier) => ({
      requestIdentifier,
      code: 'REQUEST_THROTTLED',
    }));
    const requests = accept(road, 1, { expiresIn: 60_000 });
    road.advance(59_999);
    expect(statesOf(road, requests)).toEqual(['ACCEPTED']);
    const tokens = new Set(road.sent.map(({ token }) => token));
    expect(tokens.size).toBe(road.sent.length);
    // Without jitter there were 15; full jitter halves the waits.
    expect(road.sent.length).toBeGreaterThan(12);
    expect(road.sent.length).toBeLessThan(60);
    road.advance(1);
    expect(statesOf(road, requests)).toEqual(['EXPIRED_BEFORE_CONTACT']);
  });

  it.each(['INVALID_QUEUE', 'A_CODE_OF_NEXT_YEAR', 'toString'])(
    'an item with %s fails with it, and is never sent again',
    (code) => {
      const { road, requests, batch } = sentBatch();
      const requestIdentifier = batch.requestIds[0] as string;
      road.settle(
        batch.token,
        answer({ results: results(batch, { 0: [{ requestIdentifier, code }] }) }),
      );
      expect(statesOf(road, requests)[0]).toBe(code);
      expect(road.engine.counts('campaign-a').failed).toEqual({ [code]: 1 });
      road.advance(30_000);
      expect(road.sent).toHaveLength(1);
    },
  );

  it.each([
    ['without the item', 'answer without item', (): BatchResult[] => []],
    [
      'with the item twice',
      'item answered twice',
      (one: string): BatchResult[] => [
        { requestIdentifier: one, contactId: 'x' },
        { requestIdentifier: one, contactId: 'y' },
      ],
    ],
    [
      'with the contact of another item',
      'answer without item',
      (one: string, other: string): BatchResult[] => [
        { requestIdentifier: one, contactId: `contact of ${other}` },
      ],
    ],
    [
      'with an empty contact id',
      'answer without item',
      (one: string): BatchResult[] => [{ requestIdentifier: one, contactId: '' }],
    ],
  ])('%s: the same token once more, then the item fails', (_, kind, make) => {
    const { road, requests, batch } = sentBatch();
    const [first = '', second = ''] = batch.requestIds;
    const incomplete = answer({ results: results(batch, { 1: make(second, first) }) });
    road.settle(batch.token, incomplete);
    expect(tally(statesOf(road, requests))).toEqual({ SUBMITTING: 25 });
    road.advance(0);
    expect(lastSent(road)).toMatchObject({ token: batch.token, body: batch.body });
    expect(road.sent).toHaveLength(2);
    expect(road.findings).toEqual([]);
    road.settle(batch.token, incomplete);
    expect(tally(statesOf(road, requests))).toEqual({ CREATED: 24, ANSWER_INCOMPLETE: 1 });
    expect(road.findings).toEqual([{ kind, batch: batch.token, requestId: second }]);
    road.advance(30_000);
    expect(road.sent).toHaveLength(2);
  });

  it('a complete second answer makes contacts of all', () => {
    const { road, requests, batch } = sentBatch();
    road.settle(batch.token, answer({ results: [] }));
    road.advance(0);
    road.settle(batch.token, answer({ results: results(batch) }));
    expect(tally(statesOf(road, requests))).toEqual({ CREATED: 25 });
    expect(road.findings).toEqual([]);
  });
});

describe('the same call again, with the same token and body', () => {
  it.each([
    ['429', error(429, 'TooManyRequestsException'), 200],
    ['503', error(503, 'ServiceUnavailable'), 200],
    ['500', error(500, 'InternalServiceException'), 50],
    ['502', error(502, 'BadGateway'), 50],
    ['504', error(504, 'GatewayTimeout'), 50],
    ['408', error(408, 'RequestTimeoutException'), 50],
    ['an unreadable or lost reply', LOST, 50],
  ])('%s', (_, outcome, most) => {
    const { road, requests, batch } = sentBatch();
    road.settle(batch.token, outcome);
    expect(tally(statesOf(road, requests))).toEqual({ SUBMITTING: 25 });
    road.endpoint = creating();
    road.advance(most);
    expect(road.sent.map(({ token, body }) => ({ token, body }))).toEqual(
      Array(2).fill({ token: batch.token, body: batch.body }),
    );
    expect(tally(statesOf(road, requests))).toEqual({ CREATED: 25 });
  });

  it.each([
    [700, 700],
    [60_000, 5_000],
  ])('x-amz-retry-after of %i ms is a wait of %i ms', (hint, wait) => {
    const { road, batch } = sentBatch();
    road.settle(batch.token, error(429, 'TooManyRequestsException', hint));
    road.advance(wait - 1);
    expect(road.sent).toHaveLength(1);
    road.advance(1);
    expect(road.sent).toHaveLength(2);
  });

  it('a wait that is asked for while others wait holds them back too', () => {
    const road = roadWith();
    road.endpoint = () => null;
    accept(road, 50);
    const [first, second] = road.sent.map(({ token }) => token) as [string, string];
    road.settle(first, error(429, 'TooManyRequestsException', 500));
    road.settle(second, error(429, 'TooManyRequestsException', 2_000));
    road.advance(1_999);
    expect(road.sent).toHaveLength(2);
    road.advance(1);
    expect(road.sent).toHaveLength(4);
  });

  it('one call that is throttled holds all campaigns back', () => {
    const road = roadWith({}, [campaign(), campaign({ id: 'campaign-b' })]);
    road.endpoint = () => null;
    accept(road, 25);
    road.settle(lastSent(road).token, error(429, 'TooManyRequestsException', 1_000));
    accept(road, 25, {}, 'campaign-b');
    road.advance(999);
    expect(road.sent).toHaveLength(1);
    road.advance(1);
    expect(road.sent.map(({ campaignId }) => campaignId)).toEqual([
      'campaign-a',
      'campaign-a',
      'campaign-b',
    ]);
  });

  it('throttling in a row makes the wait longer, to 5 s', () => {
    const { road } = sentBatch();
    road.endpoint = () => error(503, 'ServiceUnavailable');
    road.settle(lastSent(road).token, LOST);
    road.advance(600_000);
    const calls = road.sent.length;
    // 5 s at most, 2.5 s on average.
    expect(calls).toBeGreaterThan(600_000 / 5_000);
    expect(calls).toBeLessThan((600_000 / 2_500) * 1.5);
  });

  it('after 60 s without an outcome, every 5 s, and the requests do not expire', () => {
    const road = roadWith();
    const times: number[] = [];
    road.endpoint = (_, now) => {
      times.push(now - START);
      return LOST;
    };
    const requests = accept(road, 25, { expiresIn: 30_000 });
    road.advance(120_000);
    expect(tally(statesOf(road, requests))).toEqual({ SUBMITTING: 25 });
    const late = times.filter((at) => at >= 60_000);
    expect(late.length).toBeGreaterThan(10);
    for (const [i, at] of late.slice(1).entries()) expect(at - (late[i] ?? 0)).toBe(5_000);
    for (const [i, at] of times.slice(1).entries()) {
      expect(at - (times[i] ?? 0)).toBeLessThanOrEqual(at < 60_000 ? 2_000 : 5_000);
    }
    expect(new Set(road.sent.map(({ body }) => body)).size).toBe(1);
    road.endpoint = creating();
    road.advance(5_000);
    expect(tally(statesOf(road, requests))).toEqual({ EXPIRED: 25 });
    expect(road.dials).toEqual([]);
  });

  it('the waits are a function of the seed, the batch and the attempt', () => {
    const times = [0, 1].map(() => {
      const road = roadWith();
      const at: number[] = [];
      road.endpoint = (_, now) => {
        at.push(now);
        return LOST;
      };
      accept(road, 25);
      road.advance(20_000);
      return at;
    });
    expect(times[0]).toEqual(times[1]);
    expect(times[0]?.length).toBeGreaterThan(10);
  });
});

describe('400', () => {
  /** An endpoint that refuses a batch with a poison item. */
  const poisoned = () => {
    const good = creating();
    return (batch: CampaignBatch, now: number) =>
      batch.body.includes('poison') ? error(400, 'InvalidRequestException') : good(batch, now);
  };

  it('halves the batch until the culprit stands alone', () => {
    const road = roadWith();
    road.endpoint = () => null;
    const before = accept(road, 7);
    const poison = accept(road, 1, { attributes: { poison: '1' } });
    const after = accept(road, 17);
    road.endpoint = poisoned();
    road.settle(lastSent(road).token, error(400, 'InvalidRequestException'));
    expect(tally(statesOf(road, [...before, ...after]))).toEqual({ CREATED: 24 });
    expect(statesOf(road, poison)).toEqual(['INVALID_REQUEST']);
    expect(road.sent.map(({ requestIds }) => requestIds.length)).toEqual([
      25, 13, 12, 7, 6, 3, 3, 2, 1, 1, 1,
    ]);
    expect(new Set(road.sent.map(({ token }) => token)).size).toBe(road.sent.length);
  });

  it('while Paused, the items are held and not sent', () => {
    const { road, requests, batch } = sentBatch();
    road.step((engine, now) => engine.move('campaign-a', 'Paused', now));
    road.settle(batch.token, error(400, 'InvalidRequestException'));
    road.advance(10_000);
    expect(tally(statesOf(road, requests))).toEqual({ ACCEPTED: 25 });
    expect(road.sent).toHaveLength(1);
    road.endpoint = creating();
    road.step((engine, now) => engine.move('campaign-a', 'Running', now));
    expect(tally(statesOf(road, requests))).toEqual({ CREATED: 25 });
  });

  it('413 is halved in the same way', () => {
    const { road, batch } = sentBatch();
    road.settle(batch.token, error(413, 'RequestEntityTooLargeException'));
    expect(road.sent.map(({ requestIds }) => requestIds.length)).toEqual([25, 13, 12]);
  });
});

describe('a call that is refused', () => {
  it.each([
    [403, 'AccessDeniedException'],
    [404, 'ResourceNotFoundException'],
  ])('%i %s fails its items, and the third in a row fails the campaign', (status, name) => {
    const road = roadWith();
    road.endpoint = () => error(status, name);
    for (const refused of [1, 2, 3]) {
      const [first] = accept(road, 25);
      expect(road.engine.request(first?.id ?? '')?.status).toMatchObject({
        state: 'FAILED',
        failure: { kind: 'CONTACT_REFUSED', error: name },
      });
      expect(road.engine.campaign('campaign-a')).toMatchObject({
        refusedInARow: refused,
        state: refused === 3 ? 'Failed' : 'Running',
      });
    }
  });

  it('another answer between begins the row anew', () => {
    const road = roadWith();
    const refused = error(403, 'AccessDeniedException');
    const good = creating();
    const plan = [refused, refused, null, refused, refused];
    road.endpoint = (batch, now) => plan.shift() ?? good(batch, now);
    for (let i = 0; i < 5; i += 1) accept(road, 25);
    expect(road.engine.campaign('campaign-a')).toMatchObject({
      refusedInARow: 2,
      state: 'Running',
    });
  });

  it('409 is a finding, and fails the campaign with all that waits in it', () => {
    const { road, requests, batch } = sentBatch();
    const waiting = accept(road, 3);
    road.settle(batch.token, error(409, 'IdempotencyException'));
    expect(tally(statesOf(road, requests))).toEqual({ CONTACT_REFUSED: 25 });
    expect(tally(statesOf(road, waiting))).toEqual({ CAMPAIGN_STOPPED: 3 });
    expect(road.engine.campaign('campaign-a')?.state).toBe('Failed');
    expect(road.findings).toEqual([
      { kind: 'token reused with other payload', batch: batch.token },
    ]);
  });
});

it('an outcome counts once, and only for a batch in flight', () => {
  const { road, requests, batch } = sentBatch();
  road.settle('no such token', LOST);
  road.settle(batch.token, answer({ results: results(batch) }));
  road.settle(batch.token, error(400, 'InvalidRequestException'));
  expect(tally(statesOf(road, requests))).toEqual({ CREATED: 25 });
});

it('the body is a request of BatchPutContact with the items in their order', () => {
  const { requests, batch } = sentBatch();
  const body = JSON.parse(batch.body) as BatchPutContactBody;
  expect(body.ClientToken).toBe(batch.token);
  expect(body.ContactDataRequestList.map((one) => one.RequestIdentifier)).toEqual(
    requests.map(({ id }) => id),
  );
});
