/** A proxy in front of a provider that changes its answers: into wrong ones, or into others that are right too. */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, request as send } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Mistake } from '../../examples/provider-campaigns/mistakes.ts';

type Item = Record<string, unknown>;

/** What a change reads and writes. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  readonly sent: {
    readonly ClientToken?: string;
    readonly ContactDataRequestList?: readonly Item[];
  };
  /** Kept from call to call. */
  readonly memory: Record<string, unknown>;
  /** Set to send other bytes than the body as JSON. */
  bytes?: Buffer;
}

export type Change = (answer: Answer) => void;

const created = ({ body }: Answer): Item[] => (body.SuccessfulRequestList ?? []) as Item[];
const failed = ({ body }: Answer): Item[] => (body.FailedRequestList ?? []) as Item[];
const ERROR = 'x-amzn-errortype';

function refuse(answer: Answer, status: number, name: string): void {
  answer.status = status;
  answer.headers[ERROR] = name;
  answer.body = { Message: 'm' };
}

function accept(answer: Answer): void {
  answer.status = 200;
  delete answer.headers[ERROR];
  const items = answer.sent.ContactDataRequestList ?? [];
  answer.body = {
    SuccessfulRequestList: items.map(({ RequestIdentifier }) => ({
      RequestIdentifier,
      ContactId: randomUUID(),
    })),
    FailedRequestList: [],
  };
}

/** Each with a part of the message that must say what is wrong. */
export const WRONG: Readonly<Record<string, readonly [change: Change, said: RegExp]>> = {
  'one ContactId for two contacts of a batch': [
    (answer) => {
      for (const item of created(answer)) item.ContactId = created(answer)[0]?.ContactId;
    },
    /ContactId "[^"]+" stands for two items of one answer/,
  ],
  'one ContactId for contacts of two calls': [
    (answer) => {
      created(answer).forEach((item, i) => {
        item.ContactId = `00c0ffee-0000-4000-8000-00000000000${i}`;
      });
    },
    /is that of an item of an earlier call/,
  ],
  'a nil ContactId': [
    (answer) => {
      for (const item of created(answer)) item.ContactId = '00000000-0000-0000-0000-000000000000';
    },
    /which is no id of anything/,
  ],
  'the id of the campaign as ContactId': [
    (answer) => {
      const [{ Campaign = {} } = {}] = answer.sent.ContactDataRequestList ?? [];
      for (const item of created(answer)) item.ContactId = (Campaign as Item).CampaignId;
    },
    /is the id of the campaign/,
  ],
  'a ContactId that is a number': [
    (answer) => {
      created(answer).forEach((item, i) => {
        item.ContactId = i + 1;
      });
    },
    /ContactId of "contact-01" is not a text/,
  ],
  'an answer that is compressed unasked': [
    (answer) => {
      answer.headers['content-encoding'] = 'gzip';
      answer.bytes = gzipSync(JSON.stringify(answer.body));
    },
    /the answer is compressed \(content-encoding: gzip\), although the request did not ask for it/,
  ],
  'a failed item with a ContactId': [
    (answer) => {
      for (const item of failed(answer)) item.ContactId = randomUUID();
    },
    /the failed item "contact-02" has a ContactId/,
  ],
  'a message that is blank': [
    (answer) => {
      for (const item of failed(answer)) item.FailureReasonMessage = ' ';
    },
    /FailureReasonMessage is there and blank/,
  ],
  'a text of an error that is blank': [
    (answer) => {
      if (answer.status >= 400) answer.body.Message = '';
    },
    /Message is there and blank/,
  ],
  'one request id for every call': [
    ({ headers }) => {
      headers['x-amzn-requestid'] = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    },
    /x-amzn-RequestId "[^"]+" is that of an earlier call/,
  ],
  'no request id': [
    ({ headers }) => {
      delete headers['x-amzn-requestid'];
    },
    /x-amzn-requestid/i,
  ],
  'a __type that contradicts the header': [
    (answer) => {
      if (answer.status >= 400) answer.body.__type = 'com.amazonaws.connect#AccessDenied';
    },
    /__type names the error AccessDenied, but the header x-amzn-errortype names it/,
  ],
  'errors without a name': [
    ({ headers }) => {
      delete headers[ERROR];
    },
    /x-amzn-errortype/,
  ],
  'errors with another status': [
    (answer) => {
      if (answer.status === 404) answer.status = 400;
    },
    /expected 404 but was 400/,
  ],
  'a failure code of its own': [
    (answer) => {
      for (const item of failed(answer)) item.FailureReasonCode = 'QUEUE_NOT_FOUND';
    },
    /FailureReasonCode of "contact-02" is "QUEUE_NOT_FOUND", which the model does not list/,
  ],
  'another failure code than was asked for': [
    (answer) => {
      for (const item of failed(answer)) item.FailureReasonCode = 'INTERNAL_ERROR';
    },
    /INVALID_QUEUE/,
  ],
  'an item without a result': [
    (answer) => {
      if (answer.body.FailedRequestList) answer.body.FailedRequestList = [];
    },
    /the request has 1 item with RequestIdentifier "contact-02", and the answer has no result/,
  ],
  'an item with two results': [
    (answer) => {
      const [first] = created(answer);
      if (first) created(answer).push({ ...first, ContactId: randomUUID() });
    },
    /and the answer has 2 results/,
  ],
  'identifiers that are exchanged': [
    (answer) => {
      const [good] = created(answer);
      const [bad] = failed(answer);
      if (good && bad) {
        [good.RequestIdentifier, bad.RequestIdentifier] = [
          bad.RequestIdentifier,
          good.RequestIdentifier,
        ];
      }
    },
    /RequestIdentifier/,
  ],
  'new ContactIds for a batch that is sent again': [
    (answer) => {
      for (const item of created(answer)) item.ContactId = randomUUID();
    },
    /the first call was answered .+, and the second/s,
  ],
  'a ClientToken that is taken for another batch too': [
    (answer) => {
      if (answer.status === 409) accept(answer);
    },
    /although its ClientToken belongs to another batch/,
  ],
  'ClientTokens without regard to case': [
    (answer) => {
      const token = (answer.sent.ClientToken ?? '').toLowerCase();
      if (answer.status !== 200 || token === '') return;
      answer.memory[token] ??= answer.body;
      answer.body = answer.memory[token] as Answer['body'];
    },
    /is that of (the first call|an item of an earlier call)/,
  ],
  'more contacts than a batch may have': [
    (answer) => {
      if (answer.status === 400) accept(answer);
    },
    /it was answered 200, not refused with 4xx/,
  ],
  'a wrong signature that is accepted': [
    (answer) => {
      if (answer.status === 403) accept(answer);
    },
    /expected 403 but was 200/,
  ],
  'everything that is refused': [
    (answer) => refuse(answer, 403, 'AccessDeniedException'),
    /expected 200 but was 403/,
  ],
  'a content type of its own': [
    ({ headers }) => {
      headers['content-type'] = 'application/x-amz-json-1.1';
    },
    /application\/x-amz-json-1\.1/,
  ],
};

/** Other answers that the model allows, or that clients read the same. */
export const RIGHT: Readonly<Record<string, Change>> = {
  'another name of 429': (answer) => {
    if (answer.status === 429) answer.headers[ERROR] = 'ThrottlingException';
  },
  'empty lists left out': ({ body }) => {
    for (const name of ['SuccessfulRequestList', 'FailedRequestList']) {
      if (Array.isArray(body[name]) && (body[name] as unknown[]).length === 0) delete body[name];
    }
  },
  'lists that are null': ({ body }) => {
    if (Array.isArray(body.FailedRequestList) && body.FailedRequestList.length === 0) {
      body.FailedRequestList = null;
    }
  },
  'ContactIds in upper case': (answer) => {
    for (const item of created(answer)) {
      // An exact ContactId is one that a state gave.
      if (!String(item.ContactId).startsWith('c0ffee'))
        item.ContactId = String(item.ContactId).toUpperCase();
    }
  },
  'ContactIds that are no UUIDs': (answer) => {
    for (const item of created(answer)) {
      if (!String(item.ContactId).startsWith('c0ffee'))
        item.ContactId = `contact.${String(item.ContactId)}`;
    }
  },
  'a message for each failed item': (answer) => {
    for (const item of failed(answer)) item.FailureReasonMessage = 'It failed.';
  },
  'errors named by __type': (answer) => {
    if (answer.status < 400) return;
    answer.body.__type = `com.amazonaws.connect#${answer.headers[ERROR]}`;
    delete answer.headers[ERROR];
  },
  'errors with a URI behind their name': (answer) => {
    if (answer.status >= 400)
      answer.headers[ERROR] += ':http://internal.amazon.com/coral/com.amazonaws.connect/';
  },
  'errors with the text in lower case': (answer) => {
    if (answer.status >= 400) answer.body = { message: answer.body.Message };
  },
  'errors without a text': (answer) => {
    if (answer.status >= 400) answer.body = {};
  },
  'a quota that refuses every fourth call first': (answer) => {
    const calls = Number(answer.memory.calls ?? 0) + 1;
    answer.memory.calls = calls;
    if (calls % 4 === 0) refuse(answer, 429, 'TooManyRequestsException');
  },
  'members and headers that are not listed': (answer) => {
    answer.body.Warnings = [];
    answer.headers['access-control-allow-origin'] = '*';
  },
};

/** The same of outbound campaigns. */
export const RIGHT_CAMPAIGNS: Readonly<Record<string, Mistake>> = {
  'empty lists that are there': ({ status, body }, operation) => {
    if (!operation.endsWith('Batch') || status !== 200) return;
    body.successfulRequests ??= [];
    body.failedRequests ??= [];
  },
  'lists that are null': ({ status, body }, operation) => {
    if (operation.endsWith('Batch') && status === 200) body.failedRequests ??= null;
  },
  'ids that are no UUIDs': ({ body }, operation) => {
    if (operation.startsWith('Put')) {
      for (const item of body.successfulRequests ?? []) item.id = `dial-${item.id}`;
    }
  },
  'ids of failed dial requests': ({ body }, operation) => {
    if (operation.startsWith('Put')) {
      for (const item of body.failedRequests ?? []) item.id = randomUUID();
    }
  },
  'ARNs of another account and Region': ({ body }) => {
    for (const one of [body, body.campaign ?? {}]) {
      one.arn = one.arn?.replace('us-east-1:123456789012', 'eu-west-2:210987654321');
    }
  },
  'errors named by __type, in a namespace': ({ headers, body }) => {
    const name = headers[ERROR];
    if (name === undefined) return;
    body.__type = `com.amazonaws.connectcampaigns#${name}`;
    delete headers[ERROR];
  },
  'errors without a text': ({ status, body }) => {
    if (status >= 400) delete body.message;
  },
  'members and headers that are not listed': ({ headers, body }) => {
    body.warnings = [];
    headers['access-control-allow-origin'] = '*';
  },
};

/** @param url of the provider. */
export function otherProvider(url: string, change: Change): Server {
  const memory: Record<string, unknown> = {};
  return createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = request;
    const given = await answerOf(new URL(path, url), method, headers, body);
    if (path === '/_states') {
      reply.writeHead(given.status).end();
      return;
    }
    const answer: Answer = {
      status: given.status,
      headers: { ...given.headers },
      body: JSON.parse(given.text) as Answer['body'],
      sent: body.length === 0 ? {} : (JSON.parse(body.toString()) as Answer['sent']),
      memory,
    };
    change(answer);
    delete answer.headers['content-length'];
    const bytes = answer.bytes ?? Buffer.from(JSON.stringify(answer.body));
    reply.writeHead(answer.status, answer.headers).end(bytes);
  });
}

/** The Host of the request stays, because its signature covers it. */
function answerOf(url: URL, method: string, headers: IncomingHttpHeaders, body: Buffer) {
  return new Promise<{ status: number; headers: Record<string, string>; text: string }>(
    (resolve, reject) => {
      send(url, { method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const {
            connection: _,
            'keep-alive': __,
            'transfer-encoding': ___,
            date: ____,
            ...rest
          } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: rest as Record<string, string>,
            text: text || '{}',
          });
        });
      })
        .once('error', reject)
        .end(body);
    },
  );
}
