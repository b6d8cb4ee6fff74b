/** Laws of who may call: signatures, and the principals behind them. */

import {
  body,
  type Call,
  contacts,
  INSTANCE_PATH,
  OUTSIDER,
  SESSION,
  signedHeadersOf,
} from '../fixtures.ts';
import type { Client, Law } from './law.ts';
import { OUTSIDER_SESSION } from './world.ts';

/** One hexadecimal digit made another. */
const otherDigit = (digit: string) => (digit === '0' ? '1' : '0');

/** Sends a call with an Authorization of one's own making. */
async function answered(client: Client, call: Call, authorization: string): Promise<string> {
  const { status, error } = await client.send({ ...call, unsigned: { authorization } });
  return `${status} ${error}`;
}

const INVALID = '403 InvalidSignatureException';

const wholeSignature: Law = {
  says: 'every digit of a signature counts, and it has 64',
  mark: 'documented',
  async breaches(client) {
    const call: Call = {
      host: client.host,
      region: client.region,
      at: Date.now(),
      body: body(contacts(1)),
    };
    const [head = '', signature = ''] = (signedHeadersOf(call).authorization ?? '').split(
      /(?<=Signature=)/,
    );
    const forged = [
      ...Array.from(signature, (digit, i): [string, string] => [
        `digit ${i + 1} changed`,
        signature.slice(0, i) + otherDigit(digit) + signature.slice(i + 1),
      ]),
      ['its first half', signature.slice(0, 32)],
      ['a digit less', signature.slice(0, -1)],
      ['a digit more', `${signature}0`],
      ['it twice', signature + signature],
      ['it in capitals', signature.toUpperCase()],
      ['zeros', '0'.repeat(64)],
    ];
    const breaches: string[] = [];
    for (const [what, text] of forged) {
      const said = await answered(client, call, head + text);
      if (said !== INVALID) breaches.push(`${what}: ${said}`);
    }
    const { status } = await client.send(call);
    if (status !== 200) breaches.push(`the signature itself: ${status}`);
    return breaches;
  },
};

const everythingSigned: Law = {
  says: 'what was signed is what is sent',
  mark: 'documented',
  async breaches(client) {
    const sent: Call = {
      host: client.host,
      region: client.region,
      at: Date.now(),
      body: body(contacts(1)),
      target: `${INSTANCE_PATH}?a=1&b=2`,
      headers: { 'x-amz-note': 'one' },
    };
    const session = { ...sent, key: SESSION };
    const signed: readonly [string, Partial<Call>, Call?][] = [
      ['another method', { method: 'POST' }],
      ['another path', { target: `${INSTANCE_PATH}x?a=1&b=2` }],
      ['another query', { target: `${INSTANCE_PATH}?a=1&b=3` }],
      ['no query', { target: INSTANCE_PATH }],
      ['another body', { body: body(contacts(2)) }],
      ['another header', { headers: { 'x-amz-note': 'two' } }],
      ['a header less', { omit: ['x-amz-note'] }],
      ['another moment', { at: (sent.at ?? 0) - 1_000 }],
      ['another Region', { region: 'ap-south-1' }],
      ['another day', { scopeDate: '20200101' }],
      ['another service', { service: 'lambda' }],
      ['another host', { host: 'example.com' }],
      ['a session less', { key: SESSION, omit: ['x-amz-security-token'] }, session],
    ];
    const breaches: string[] = [];
    for (const [what, change, call = sent] of signed) {
      const { authorization = '' } = signedHeadersOf({ ...sent, ...change });
      const said = await answered(client, call, authorization);
      if (said !== INVALID) breaches.push(`${what}: ${said}`);
    }
    for (const call of [sent, session]) {
      const { status } = await client.send(call);
      if (status !== 200) breaches.push(`what was signed: ${status}`);
    }
    return breaches;
  },
};

const nobodyElse: Law = {
  says: 'nobody but outbound campaigns puts contacts, with a session or without',
  mark: 'documented',
  async breaches({ send }) {
    const breaches: string[] = [];
    for (const key of [OUTSIDER, OUTSIDER_SESSION]) {
      const { status, error } = await send({ key, body: body(contacts(1)) });
      const said = `${status} ${error}`;
      if (said !== '403 AccessDeniedException') breaches.push(`${key.principalArn}: ${said}`);
    }
    return breaches;
  },
};

export const CALLER_LAWS = { wholeSignature, everythingSigned, nobodyElse } satisfies Record<
  string,
  Law
>;
