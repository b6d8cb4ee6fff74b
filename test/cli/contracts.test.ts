/** The subcommands of `dialproof contracts`, as a user starts them. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractNamed } from '../../contracts/contract-list.ts';
import { createProvider } from '../../examples/provider-campaigns/provider.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { committedPact, wholePact } from '../contracts/committed-pact.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, ended, start } from './command.ts';

jest.setTimeout(600_000);

const dir = tempDir();
const OLDER = join(PACKAGE_ROOT, 'test', 'contracts', 'models', 'ten-codes.service-2.json');

test('drift agrees with the extracts and the installed SDK, and fails on an older model', async () => {
  const [sdk, older] = await Promise.all([
    dialproof('contracts', 'drift'),
    dialproof('contracts', 'drift', '--model', OLDER, '--json'),
  ]);
  expect(sdk).toMatchObject({ code: 0, stderr: '' });
  expect(sdk.stdout).toMatch(
    /differences from botocore \S+, @aws-sdk\/client-connect .*: 0 breaking/,
  );
  expect(older.code).toBe(1);
  expect(JSON.parse(older.stdout)).toMatchObject({
    differences: expect.arrayContaining([
      {
        level: 'breaking',
        operation: 'BatchPutContact',
        against: 'ten-codes.service-2.json',
        fails: true,
        change: {
          kind: 'value gone',
          enum: 'FailureReasonCode',
          value: 'INVALID_OUTBOUND_STRATEGY',
        },
      },
    ]),
  });
});

test('a model that is not there is a mistake of usage', async () => {
  const result = await dialproof('contracts', 'drift', '--model', 'nowhere.json');
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toContain('the model nowhere.json cannot be read');
});

test('verify goes no further than loopback unless it is told to', async () => {
  const result = await dialproof('contracts', 'verify', '--target', 'https://example.com');
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toContain('example.com is not on this machine: add --allow-remote');
});

test('verify says of each failure whether AWS documents it, and how to leave it out if not', async () => {
  const contract = contractNamed('ConnectCampaigns');
  const pact = wholePact(committedPact(contract));
  const wanted = [
    'a dial request that is accepted',
    'a dial request that fails with InvalidInput: expires more than 15 minutes ahead',
    'GetCampaignState of a campaign that is Running',
  ];
  const interactions = pact.interactions.filter(({ description }) => wanted.includes(description));
  const file = join(dir, 'few.json');
  writeFileSync(file, JSON.stringify({ ...pact, interactions }));
  // A provider for each: a verification sets states, of which a provider has one at a time.
  const verify = async (...more: readonly string[]) => {
    const server = createProvider(({ body }) => {
      if (body.state) body.state = 'RUNNING';
      for (const item of body.failedRequests ?? []) item.failureCode = 'UnknownError';
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const given = ['--target', url, '--states', `${url}/_states`, '--pact', file];
    return dialproof('contracts', 'verify', ...given, ...more).finally(() => server.close());
  };
  const [told, json, documented] = await Promise.all([
    verify(),
    verify('--json'),
    verify('--only', 'documented'),
  ]);
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(
    /expires more than 15 minutes ahead \[triggers, inferred\]: .+(\n {2}.+)*\n {2}AWS does not document this: "what gives InvalidInput" is inferred \(.+\); contracts verify leaves it out with --only documented, and accepts it with --accept\.\n/,
  );
  expect(told.stdout.match(/AWS does not document this/g)).toHaveLength(1);
  expect(told.stdout).toContain(
    '1 of 3 required interactions pass; of the 2 that fail, AWS documents 1 and does not document 1',
  );
  const { results, ...rest } = JSON.parse(json.stdout);
  expect(rest).toMatchObject({ required: 3, passed: 1, failed: 2, failedUndocumented: 1 });
  const said = new Map(
    results.map((one: { description: string; undocumented: string | null }) => [
      one.description,
      one.undocumented,
    ]),
  );
  expect(wanted.map((name) => said.get(name))).toEqual([
    null,
    expect.stringContaining('"what gives InvalidInput" is inferred'),
    null,
  ]);
  expect(documented.code).toBe(1);
  expect(documented.stdout).toContain('1 of 2 required interactions pass');
  expect(documented.stdout).not.toContain('AWS does not document');
});

test('coverage tells what no interaction pins', async () => {
  const result = await dialproof('contracts', 'coverage');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(result.stdout).toContain('not covered: bound: InstanceId of 100: ');
});

test('mock serves until interrupted; a call that it does not serve makes it end with 1', async () => {
  const child = start('contracts', 'mock', '--port', '0', '--json');
  const result = ended(child);
  const address = await new Promise<{ url: string }>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('}\n')) resolve(JSON.parse(text) as { url: string });
    });
  });
  const answer = await fetch(`${address.url}/contact/batches/x`, { method: 'PUT', body: '{}' });
  expect(answer.status).toBe(501);
  expect(answer.headers.get('x-pact')).not.toBeNull();
  child.kill('SIGINT');
  const { code, stderr } = await result;
  expect(code).toBe(1);
  expect(stderr).toContain('FAIL PUT /contact/batches/x is no call that the mock serves');
});

test('every contract passes with a full score, and each pact is named by a path that can be opened', async () => {
  const { code, stdout } = await dialproof('contracts', '--out', dir);
  expect(stdout).not.toContain('FAIL');
  expect(code).toBe(0);
  const pacts = [...stdout.matchAll(/pact {8}(\S+)/g)].map(([, file = '']) => file);
  const consumers = pacts.map((file) => JSON.parse(readFileSync(file, 'utf8')).consumer.name);
  expect(consumers).toEqual([
    ...['outbound-dialer', 'campaign-feeder', 'campaign-v2-feeder', 'contact-event-handler'],
  ]);
  expect(stdout).toContain('pass contract    ContactEvents: 11 interactions, 11 verified');
  // Events have no mutation score.
  expect(stdout.match(/every survivor explained/g)).toHaveLength(pacts.length - 1);
});
