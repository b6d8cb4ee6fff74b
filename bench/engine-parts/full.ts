/**
 * One real iteration at full speed: a body that no other request has, made by splicing; SHA-256 and
 * SigV4; two checks, two metrics, a history line.
 */

import { check } from 'k6';
import crypto from 'k6/crypto';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { authorizationOf, formatTimestamp, signingKey } from '../../operation/aws/sigv4.ts';

export const options = {
  scenarios: {
    full: {
      executor: 'constant-vus',
      vus: Number(__ENV.VUS),
      duration: `${__ENV.SECONDS}s`,
      gracefulStop: '2s',
    },
  },
  thresholds: { http_req_failed: ['rate==0'], http_req_duration: ['p(99)<1000'] },
};

const ITEMS = 25;
const STAMP = 22;
const body = new Uint8Array(Number(__ENV.BODY_BYTES)).fill(120);
const spacing = Math.floor(body.length / (ITEMS + 1));
const batches = new Counter('batches');
const itemTime = new Trend('item_time', true);

const origin = String(__ENV.URL).replace(/\/$/, '');
const host = origin.replace('http://', '');
const path = '/contact/batch/8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b';
const url = `${origin}${path}`;
const signedHeaders = ['content-type', 'host', 'x-amz-date'];
const scope = { date: '20260101', region: 'us-east-1', service: 'connect' };
const key = signingKey<string | ArrayBuffer>('secret', scope, (secret, text) =>
  crypto.hmac('sha256', secret, text, 'binary'),
);

function splice(index: number): string {
  const token = `r0000000-${String(index).padStart(10, '0')}`;
  for (let item = 0; item <= ITEMS; item += 1) {
    const at = item * spacing;
    for (let i = 0; i < token.length; i += 1) body[at + i] = token.charCodeAt(i);
    body[at + STAMP - 2] = 48 + Math.floor(item / 10);
    body[at + STAMP - 1] = 48 + (item % 10);
  }
  return token;
}

function signed(): Record<string, string> {
  const timestamp = formatTimestamp(Date.now());
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host,
    'x-amz-date': timestamp,
  };
  headers.authorization = authorizationOf(
    {
      method: 'PUT',
      path,
      query: '',
      header: (name) => headers[name],
      signedHeaders,
      payloadHash: crypto.sha256(body.buffer, 'hex'),
    },
    {
      accessKeyId: 'AKIAEXAMPLE',
      timestamp,
      scope,
      sha256: (text) => crypto.sha256(text, 'hex'),
      sign: (text) => crypto.hmac('sha256', key, text, 'hex'),
    },
  );
  return headers;
}

export default async function () {
  const index = exec.scenario.iterationInTest;
  const token = splice(index);
  const response = await http.put(url, body.buffer, {
    headers: signed(),
    tags: { name: 'BatchPutContact' },
  });
  const answer = response.json() as { SuccessfulRequestList: string };
  check(response, {
    'status is 200': ({ status }) => status === 200,
    'items answered': () => answer.SuccessfulRequestList.length > 0,
  });
  batches.add(1);
  itemTime.add(response.timings.duration / ITEMS);
  console.log(`${index}\t${token}\t1\t${response.status}\t${response.timings.duration.toFixed(3)}`);
}
