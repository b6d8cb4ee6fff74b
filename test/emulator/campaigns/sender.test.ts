/** How a reply is read as an outcome, and what is no reply. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CampaignBatch } from '../../../campaigns/records.ts';
import { type BatchReply, LOST, outcomeOf } from '../../../emulator/campaigns/outcome.ts';
import { createSender, type Endpoint } from '../../../emulator/campaigns/sender.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { PRINCIPAL } from '../fixtures.ts';

const reply = (status: number, body: string, headers: Record<string, string> = {}): BatchReply => ({
  status,
  body,
  header: (name) => headers[name] ?? null,
});

const RESULTS = JSON.stringify({
  SuccessfulRequestList: [{ RequestIdentifier: 'a', ContactId: 'c' }],
  FailedRequestList: [{ RequestIdentifier: 'b', FailureReasonCode: 'INVALID_QUEUE', More: 1 }],
});

describe('a reply', () => {
  it('of success has a result for each item', () => {
    expect(outcomeOf(reply(200, RESULTS))).toEqual({
      kind: 'answer',
      status: 200,
      error: null,
      results: [
        { requestIdentifier: 'a', contactId: 'c' },
        { requestIdentifier: 'b', code: 'INVALID_QUEUE' },
      ],
      retryAfter: null,
    });
  });

  it('can leave out a list', () => {
    expect(outcomeOf(reply(200, '{}'))).toMatchObject({ kind: 'answer', results: [] });
  });

  it.each([
    [429, { 'x-amzn-errortype': 'TooManyRequestsException' }, 'TooManyRequestsException', null],
    [503, { 'x-amzn-errortype': 'X', 'x-amz-retry-after': '1500' }, 'X', 1_500],
    [503, { 'x-amz-retry-after': 'soon' }, 'HTTP 503', null],
    [403, {}, 'HTTP 403', null],
  ])('of %i is an error: %j', (status, headers, error, retryAfter) => {
    const outcome = outcomeOf(reply(status, '<html>', headers as Record<string, string>));
    expect(outcome).toEqual({ kind: 'answer', status, error, results: [], retryAfter });
  });

  it.each([
    [200, RESULTS.slice(0, -9)],
    [200, ''],
    [200, '[]'],
    [200, '{"SuccessfulRequestList":{}}'],
    [200, '{"SuccessfulRequestList":[{"RequestIdentifier":"a"}]}'],
    [200, '{"SuccessfulRequestList":[{"RequestIdentifier":"a","ContactId":""}]}'],
    [200, '{"FailedRequestList":[{"FailureReasonCode":"INVALID_QUEUE"}]}'],
    [204, ''],
    [302, ''],
  ])('of %i that cannot be read says nothing: %s', (status, body) => {
    expect(outcomeOf(reply(status, body))).toBe(LOST);
  });
});

describe('without a reply the outcome is unknown', () => {
  const batch: CampaignBatch = {
    token: 't',
    campaignId: 'c',
    instanceId: ORDINARY_INSTANCE.id,
    requestIds: ['a'],
    body: '{}',
    madeAt: 0,
    attempts: 0,
    askedAgain: false,
  };
  const endpointAt = (url: string, handle: Endpoint['handle'], defects: unknown[] = []) => ({
    url,
    handle,
    key: PRINCIPAL,
    region: () => 'us-east-1',
    clock: { now: Date.now },
    defect: (error: unknown) => defects.push(error),
  });
  const never = () => new Promise<never>(() => {});

  it('because it takes too long', async () => {
    const server = http.createServer(() => {});
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    // An endpoint on every address is reached on loopback.
    const sender = createSender(endpointAt(`http://0.0.0.0:${port}`, never), 50);
    expect(await sender.overHttp(batch)).toBe(LOST);
    expect(await sender.asValue(batch)).toBe(LOST);
    sender.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(await sender.overHttp(batch)).toBe(LOST);
  });

  it('and a defect of the endpoint is the 500 that a client gets', async () => {
    const defects: unknown[] = [];
    const defect = new Error('a defect');
    const sender = createSender(
      endpointAt('http://127.0.0.1:1', () => Promise.reject(defect), defects),
    );
    expect(await sender.asValue(batch)).toMatchObject({ status: 500, error: 'InternalFailure' });
    expect(defects).toEqual([defect]);
  });
});
