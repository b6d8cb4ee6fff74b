/** k6/http. Each call returns a promise where k6 blocks, and reports an error where it is not awaited. */

import { FileData } from '../http/body.ts';
import { expectedStatuses, StatusJudge } from '../http/expected-statuses.ts';
import { HttpUrl, prepare } from '../http/request.ts';
import { RESPONSE_MEMBERS, type Response, UNSUPPORTED_RESPONSE_MEMBERS } from '../http/response.ts';
import { TLS_VERSIONS } from '../http/tls.ts';
import { prepareBatch, sendBatch } from '../vu/batch.ts';
import { blockingCall } from '../vu/blocking.ts';
import { HttpClient } from '../vu/client.ts';
import { later, never } from '../vu/open-tasks.ts';
import { guarded } from '../vu/pending.ts';
import type { Vu } from '../vu/vu.ts';
import { ScriptJar } from './cookie-jar.ts';
import type { K6Module } from './module.ts';

/** Name -> method, and whether the second argument is a body. */
const METHODS = {
  get: ['GET', false],
  head: ['HEAD', false],
  post: ['POST', true],
  put: ['PUT', true],
  patch: ['PATCH', true],
  del: ['DELETE', true],
  options: ['OPTIONS', true],
} as const;

/** `TLS_1_2` -> `tls1.2`: values for the option tlsVersion. */
const TLS_CONSTANTS = Object.fromEntries(
  Object.keys(TLS_VERSIONS).map((name) => [name.replace('tls', 'TLS_').replace('.', '_'), name]),
);

/** Values of what is left out too. */
const OCSP_CONSTANTS = [
  'SSL_3_0',
  ...['GOOD', 'REVOKED', 'SERVER_FAILED', 'UNKNOWN'].map((name) => `OCSP_STATUS_${name}`),
  ...[
    'AA_COMPROMISE',
    'AFFILIATION_CHANGED',
    'CA_COMPROMISE',
    'CERTIFICATE_HOLD',
    'CESSATION_OF_OPERATION',
    'KEY_COMPROMISE',
    'PRIVILEGE_WITHDRAWN',
    'REMOVE_FROM_CRL',
    'SUPERSEDED',
    'UNSPECIFIED',
  ].map((name) => `OCSP_REASON_${name}`),
];

export const httpModule: K6Module = {
  members: [
    ...Object.keys(METHODS),
    'request',
    'asyncRequest',
    'batch',
    'url',
    'expectedStatuses',
    'setResponseCallback',
    'cookieJar',
    'CookieJar',
    'file',
    ...Object.keys(TLS_CONSTANTS),
  ],
  left: ['FileData', ...OCSP_CONSTANTS],
  make: (vu) => httpOf(vu),
};

const PendingResponse = guarded<Response>([...RESPONSE_MEMBERS, ...UNSUPPORTED_RESPONSE_MEMBERS]);

/** Names by which the answers of a batch are reached. */
const BATCH_MEMBERS = ['length', 'map', 'forEach', 'every', 'some', 'filter', 'reduce', 'entries'];
const PendingBatch = guarded<unknown>([
  ...BATCH_MEMBERS,
  ...Array.from({ length: 100 }, (_, i) => String(i)),
]);

/** What stands for a value in the `name` tag of an http.url: k6's own notation. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is that text, not a template
const PLACEHOLDER = '${}';

function httpOf(vu: Vu): Record<string, unknown> {
  const client = new HttpClient(vu);

  const blocking = (call: string, method: string, url: unknown, body: unknown, params: unknown) =>
    blockingCall(vu, PendingResponse, call, (under) => {
      client.send(prepare(vu.run.plan.http, method, url, body, params), under);
    });

  const methods = Object.entries(METHODS).map(([name, [method, hasBody]]) => {
    const call = `http.${name}()`;
    const send = hasBody
      ? (url: unknown, body?: unknown, params?: unknown) =>
          blocking(call, method, url, body, params)
      : (url: unknown, params?: unknown) => blocking(call, method, url, null, params);
    return [name, send] as const;
  });

  return {
    ...Object.fromEntries(methods),
    ...TLS_CONSTANTS,

    request: (method: string, url: unknown, body?: unknown, params?: unknown) =>
      blocking('http.request()', method, url, body, params),

    asyncRequest(method: string, url: unknown, body?: unknown, params?: unknown) {
      if (vu.interruption) return never();
      vu.enter('http.asyncRequest()');
      return new Promise<Response>((resolve, reject) => {
        try {
          client.send(prepare(vu.run.plan.http, method, url, body, params), {
            resolve: (response) => vu.blocking.deliver(() => resolve(response)),
            reject: (reason) => vu.blocking.deliver(() => reject(reason)),
          });
        } catch (error) {
          later(vu, () => reject(error));
        }
      });
    },

    batch: (requests: unknown) =>
      blockingCall(vu, PendingBatch, 'http.batch()', (under) => {
        const { http } = vu.run.plan;
        sendBatch(vu, client, http, prepareBatch(http, requests), under);
      }),

    url(texts: readonly string[], ...values: unknown[]) {
      const joined = (middle: (i: number) => string) =>
        texts.map((text, i) => text + (i < values.length ? middle(i) : '')).join('');
      return new HttpUrl(
        joined((i) => String(values[i])),
        joined(() => PLACEHOLDER),
      );
    },

    cookieJar() {
      vu.enter('http.cookieJar()');
      return new ScriptJar(vu.cookieJar());
    },

    CookieJar: ScriptJar,

    file: (data: unknown, filename?: string, contentType?: string) =>
      new FileData(data, filename, contentType),

    expectedStatuses,

    setResponseCallback(judge: unknown) {
      if (judge !== null && !(judge instanceof StatusJudge)) {
        throw new Error('setResponseCallback() takes the result of expectedStatuses(), or null');
      }
      client.judge = judge;
    },
  };
}
