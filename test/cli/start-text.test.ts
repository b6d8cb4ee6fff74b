/** The start-up text has all that a client needs. */

import { unsetLines } from '../../cli/terminal/client-variables.ts';
import { tellStart } from '../../cli/terminal/start-text.ts';
import { credentialsAmong } from '../../emulator/emulator.ts';
import { ordinaryKeys } from '../../emulator/identity/keys.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { exceptLoopback } from '../../system/loopback.ts';

function told(more: Partial<Parameters<typeof tellStart>[1]> = {}): string {
  const lines: string[] = [];
  tellStart(
    { say: (line) => lines.push(line) },
    {
      url: 'http://127.0.0.1:4010',
      controlUrl: 'http://127.0.0.1:4011',
      credentials: credentialsAmong(ordinaryKeys('123456789012')),
      facts: ordinaryFacts(),
      certificate: null,
      profile: 'aws',
      ...more,
    },
  );
  return lines.join('\n');
}

it('names the keys with a session token, the refused caller, and the ids of the instance', () => {
  const text = told();
  for (const part of [
    'export AWS_ENDPOINT_URL_CONNECT=http://127.0.0.1:4010',
    'export AWS_ACCESS_KEY_ID=AKIDCAMPAIGNSEXAMPLE',
    'ASIACAMPAIGNSEXAMPLE / made-up/secret/of/an+assumed+role/EXAMPLEKEY',
    'MadeUpSessionTokenOfOutboundCampaignsEXAMPLE==',
    'refused caller     AKIDOUTSIDERSEXAMPLE / ',
    `instance           ${ORDINARY_INSTANCE.id}`,
    `queue              ${ORDINARY_INSTANCE.queues[0].id}  (Outbound sales)`,
    'numbers            +12065550100, ',
    'campaign           any CampaignId',
    'account            123456789012',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('CERTIFICATE');
  expect(text).not.toContain('export AWS_SESSION_TOKEN');
});

it('exports a session token of the first key, prints a certificate, and shows no password', () => {
  const [, session, , outsider] = ordinaryKeys('123456789012');
  const keys = [session, outsider].filter((key) => key !== undefined);
  const instance = { ...ORDINARY_INSTANCE, campaigns: ['spring', 'autumn'] };
  const text = told({
    credentials: credentialsAmong(keys),
    facts: ordinaryFacts({ instances: [instance] }),
    certificate: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n',
    dials: 'http://user:secret@127.0.0.1:1/dials',
    events: ['events.ndjson'],
  });
  expect(text).toContain(`export AWS_SESSION_TOKEN=${session?.sessionToken}`);
  expect(text).toContain('campaign           spring, autumn');
  expect(text).toMatch(/AWS_CA_BUNDLE=dialproof\.pem.*\n-----BEGIN CERTIFICATE-----\n/);
  expect(text).toContain('dials go to        http://user:***@127.0.0.1:1/dials');
  expect(text).toContain('events go to       events.ndjson');
});

it('takes away what an AWS client reads before the keys', () => {
  const key = { accessKeyId: 'a', secretAccessKey: 's' };
  const env = { AWS_PROFILE: 'production', AWS_SESSION_TOKEN: 'of-another-key' };
  expect(unsetLines(key, env)).toEqual(['unset AWS_PROFILE AWS_SESSION_TOKEN']);
  expect(unsetLines({ ...key, sessionToken: 't' }, env)).toEqual(['unset AWS_PROFILE']);
  expect(unsetLines(key, {})).toEqual([]);
});

it('keeps a proxy of the environment away from this machine', () => {
  expect(exceptLoopback({ no_proxy: 'intranet' }).NO_PROXY).toBe('intranet,127.0.0.1,localhost');
  expect(exceptLoopback({}).no_proxy).toBe('127.0.0.1,localhost');
});
