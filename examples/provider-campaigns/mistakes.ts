/** Mistakes of providers, each with what `dialproof contracts verify` must say of it. */

import { randomUUID } from 'node:crypto';
import type { Answer } from './provider.ts';

/** @param sent the body of the request. */
export type Mistake = (answer: Answer, operation: string, sent: string) => void;

type Item = Record<string, unknown>;

const taken = ({ body }: Answer): Item[] => body.successfulRequests ?? [];
const failed = ({ body }: Answer): Item[] => body.failedRequests ?? [];

/** A mistake of the operation that takes dial requests. */
function ofPut(make: (answer: Answer, sent: string) => void): Mistake {
  return (answer, operation, sent) => {
    if (/^Put.+Batch$/.test(operation)) make(answer, sent);
  };
}

function accept(answer: Answer, sent: string): void {
  const { dialRequests, outboundRequests = dialRequests } = JSON.parse(sent);
  const tokens: string[] = (outboundRequests ?? []).map((one: Item) => one.clientToken ?? '');
  const successfulRequests = tokens.map((clientToken) => ({ clientToken, id: randomUUID() }));
  answer.status = 200;
  delete answer.headers['x-amzn-errortype'];
  answer.body = { successfulRequests };
}

/** @param id of the nth item. */
function withIds(id: (answer: Answer, n: number) => unknown): Mistake {
  return ofPut((answer) => {
    for (const [n, item] of taken(answer).entries()) item.id = id(answer, n);
  });
}

function withFailureCode(failureCode: string): Mistake {
  return ofPut((answer) => {
    for (const item of failed(answer)) item.failureCode = failureCode;
  });
}

function of(wanted: string, make: (answer: Answer) => void): Mistake {
  return (answer, operation) => {
    if (operation === wanted && answer.status === 200) make(answer);
  };
}

interface Known {
  readonly make: Mistake;
  readonly said: RegExp;
}

export const MISTAKES: Readonly<Record<string, Known>> = {
  'one id for two dial requests': {
    make: withIds((answer) => taken(answer)[0]?.id),
    said: /id "[^"]+" stands for two items of one answer/,
  },
  'ids that begin anew with every call': {
    make: withIds((_, n) => `dial-${n}`),
    said: /the id "dial-0" is that of the first call/,
  },
  'a nil id': {
    make: withIds(() => '00000000-0000-0000-0000-000000000000'),
    said: /id of "dial-01" is "0{8}-[0-]+", which is no id of anything/,
  },
  'the id of the campaign as id of a dial request': {
    make: withIds(() => '5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f'),
    said: /id of "dial-01" is the id in the path/,
  },
  'a new id for a dial request that is sent again': {
    make: withIds(() => randomUUID()),
    said: /the first call was answered .+, and the second/,
  },
  'a dial request without a result': {
    make: ofPut(({ body }) => {
      delete body.failedRequests;
    }),
    said: /the request has 1 item with clientToken "dial-02", and the answer has no result/,
  },
  'a dial request with two results': {
    make: ofPut((answer) => {
      const [first] = taken(answer);
      if (first) taken(answer).push({ ...first, id: randomUUID() });
    }),
    said: /the request has 1 item with clientToken "dial-01", and the answer has 2 results/,
  },
  'a failure code of its own': {
    make: withFailureCode('Unlucky'),
    said: /failureCode of "dial-02" is "Unlucky", which the model does not list/,
  },
  'one failure code for all': {
    make: withFailureCode('InvalidInput'),
    said: /Expected 'InvalidInput' \(String\) to be equal to 'UnknownError' \(String\)/,
  },
  'more dial requests than a call may have': {
    make: ofPut((answer, sent) => {
      if (answer.status === 400) accept(answer, sent);
    }),
    said: /one too many: refused, whatever the error.*: it was answered 200, not refused with 4xx/,
  },
  'dial requests for a campaign that is paused': {
    make: ofPut((answer, sent) => {
      if (answer.body.state === 'Paused') accept(answer, sent);
    }),
    said: /that is Paused: refused, whatever the error.*: it was answered 200, not refused with 4xx/,
  },
  'the quota of campaigns refused with 400': {
    make: (answer) => {
      if (answer.status === 402) answer.status = 400;
    },
    said: /expected 402 but was 400/,
  },
  'errors without a name': {
    make: ({ headers }) => {
      delete headers['x-amzn-errortype'];
    },
    said: /Expected a header 'x-amzn-errortype' but was missing/,
  },
  'a __type that contradicts the header': {
    make: ({ status, body }) => {
      if (status >= 400) body.__type = 'SomeException';
    },
    said: /__type names the error SomeException, but the header x-amzn-errortype names it/,
  },
  'one request id for every call': {
    make: ({ headers }) => {
      headers['x-amzn-RequestId'] = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    },
    said: /x-amzn-RequestId "[^"]+" is that of an earlier call/,
  },
  'campaigns without their ARN': {
    make: of('CreateCampaign', ({ body }) => {
      delete body.arn;
    }),
    said: /Actual map is missing the following keys: arn/,
  },
  'a description without the name': {
    make: of('DescribeCampaign', ({ body }) => {
      delete body.campaign.name;
    }),
    said: /Actual map is missing the following keys: name/,
  },
  'states in upper case': {
    make: of('GetCampaignState', ({ body }) => {
      body.state = body.state.toUpperCase();
    }),
    said: /Expected 'RUNNING' \(String\) to be equal to 'Running' \(String\)/,
  },
  'campaigns that do not exist left out of the states': {
    make: of('GetCampaignStateBatch', ({ body }) => {
      delete body.failedRequests;
    }),
    said: /Actual map is missing the following keys: failedRequests/,
  },
  'campaigns of every instance in the list of one': {
    make: of('ListCampaigns', ({ body }) => {
      if (body.campaignSummaryList.length === 0) body.campaignSummaryList.push({ id: 'another' });
    }),
    said: /\$\.campaignSummaryList: Expected an empty List/,
  },
  'a start that does nothing': {
    make: of('StartCampaign', (answer) => {
      answer.status = 409;
      answer.headers['x-amzn-errortype'] = 'ConflictException';
      answer.body = { message: 'Try again later.' };
    }),
    said: /expected 200 but was 409/,
  },
};
