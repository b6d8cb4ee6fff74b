/** README.md and CONTRIBUTING.md. */

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { closeServer, listen } from '../../support/listen.ts';
import { commandPaths } from '../commands.ts';
import { DIALER, giveRuns, OWN_SCRIPT, writeIn } from '../fixtures.ts';
import { lacksBoto3, lacksCli } from '../lacking.ts';
import { type Account, asOn, elsewhere, holds, runs, scripts, snippet } from '../rows.ts';

const EMULATOR = 'dialproof emulator';
const INSTANCE = '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b';
const KEYS =
  'export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1';

/** Commands that the README names in its list, such as `contracts write` in `contracts write | mutate`. */
function listed(text: string): string[] {
  const paths: string[] = [];
  for (const line of text.split('\n')) {
    const [, rest] = /^dialproof (.+)$/.exec(line) ?? [];
    if (rest === undefined) continue;
    const [first = '', ...others] = (
      rest.split(/ {2,}| (?=run a |say how |judge how )/)[0] ?? ''
    ).split(' | ');
    const [last = '', ...before] = first.trim().split(' ').toReversed();
    const group = before.toReversed();
    paths.push(
      [...group, last].join(' '),
      ...others.map((one) => [...group, one.trim()].join(' ')),
    );
  }
  return paths;
}

export const README: Account = {
  'README.md': {
    'npm ci && npm start': scripts('they are run from the installed package, below'),
    'npm test': scripts('this is one of its tests'),
    'npm install --save-dev dialproof': runs(),
    'npx dialproof feeder check --pending-limit 50 --faults unreliable -- \\': runs({
      lacks: lacksBoto3,
      before(project) {
        const example = join(PACKAGE_ROOT, 'examples', 'feeder-python');
        for (const name of ['feeder.py', 'contacts.csv'])
          cpSync(join(example, name), join(project, name));
      },
      with: { $DIALPROOF_CAMPAIGN_V1: '$DIALPROOF_CAMPAIGN_V1 contacts.csv 0.1' },
      after([{ stdout, stderr } = { stdout: '', stderr: '' }]) {
        expect(`${stdout}${stderr}`).toContain('30 of 30 contacts were accepted\n');
        expect(stdout).toMatch(/^PASS: \d+ calls with \d+ dial requests judged$/m);
      },
    }),
    'npx dialproof contracts mock --consumer my-dialer -- npm test': runs({
      manifest: { scripts: { test: 'node dialer.js' } },
      before: (project) => writeIn(project, 'dialer.js', DIALER),
      after: (_, project) => {
        const pact = readFileSync(join(project, 'pacts', 'my-dialer-dialproof-emulator.json'));
        expect(JSON.parse(pact.toString())).toMatchObject({ consumer: { name: 'my-dialer' } });
      },
    }),
    'npm install --save-dev @pact-foundation/pact': asOn({
      page: 'docs/verify-a-provider.md',
      key: 'npm install --save-dev dialproof @pact-foundation/pact',
    }),
    'npx dialproof load run throughput --rate 50 --duration 10s': runs({
      with: { '--duration 10s': '--duration 1s --p95-ms 20000' },
      async before(project) {
        writeIn(project, 'my-script.js', OWN_SCRIPT);
        const server = createServer((_, response) => response.end('{}'));
        const url = `http://127.0.0.1:${await listen(server)}`;
        return { swaps: { 'http://127.0.0.1:8080': url }, close: () => closeServer(server) };
      },
    }),
    'npx dialproof load run smoke': runs({
      before: giveRuns,
      not: { 'dialproof load run smoke': 'the project has such a run' },
      after([{ stdout } = { stdout: '' }], project) {
        expect(stdout).toContain('slack');
        expect(existsSync(join(project, 'site'))).toBe(false);
      },
    }),
    "test('the order is dialled once, although the first reply is lost', async () => {": snippet({
      before: [
        "import { BatchPutContactCommand } from '@aws-sdk/client-connect';",
        'async function dial(client: ConnectClient, InstanceId: string, ClientToken: string) {',
        '  const ContactDataRequestList = [{',
        "    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER' as const, Address: '+12025550123' },",
        "    SystemEndpoint: { Type: 'TELEPHONE_NUMBER' as const, Address: '+12065550100' },",
        "    Campaign: { CampaignId: 'spring' },",
        '  }];',
        '  await client.send(new BatchPutContactCommand({ InstanceId, ClientToken, ContactDataRequestList }));',
        '}',
      ].join('\n'),
    }),
    'npm install --save-dev dialproof @pact-foundation/pact @aws-sdk/client-connect \\': runs({
      adds: {
        'dialproof run': '--no-contracts --batches 40 --scenarios smoke --p95-ms 20000',
      },
      after: (_, project) => {
        expect(existsSync(join(project, 'out', 'latest', 'report.html'))).toBe(true);
      },
    }),
    'dialproof run          contacts, contracts, campaigns, load, audit and report, with the embedded emulator':
      {
        isList: true,
        ...holds('lists every command, and no other', async ({ text }) => {
          const named = listed(text);
          const due = await commandPaths();
          const shells = ['completion bash', 'completion zsh', 'completion fish'];
          const other = named.filter((path) => !due.includes(path) && !shells.includes(path));
          expect(other).toEqual([]);
          const missing = due.filter((path) => !named.includes(path) && path !== 'completion');
          expect(missing).toEqual([]);
        }),
      },
    'npm run dialproof -- emulator': runs(),
    'export AWS_ENDPOINT_URL_CONNECT=http://127.0.0.1:4010': runs({
      lacks: lacksCli,
      beside: EMULATOR,
      after([{ stdout } = { stdout: '' }]) {
        expect(JSON.parse(stdout)).toMatchObject({
          SuccessfulRequestList: [{ RequestIdentifier: 'first', ContactId: expect.any(String) }],
          FailedRequestList: [],
        });
      },
    }),
    [`aws connect describe-contact --instance-id ${INSTANCE} --contact-id …`]: runs({
      lacks: lacksCli,
      beside: EMULATOR,
      first: [
        'export AWS_ENDPOINT_URL_CONNECT=http://127.0.0.1:4010',
        KEYS,
        `aws connect batch-put-contact --instance-id ${INSTANCE} --contact-data-request-list '[{"CustomerEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"+12025550123"},"SystemEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"+12065550100"},"Campaign":{"CampaignId":"spring"}}]' > made.json`,
        `CONTACT=$(node -p 'require("./made.json").SuccessfulRequestList[0].ContactId')`,
      ],
      with: { '--contact-id …': '--contact-id $CONTACT' },
      after: ([, { stdout } = { stdout: '' }]) => {
        expect(JSON.parse(stdout).Contact).toMatchObject({ Channel: 'VOICE' });
      },
    }),
    'export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=http://127.0.0.1:4010': runs({
      lacks: lacksCli,
      beside: EMULATOR,
      first: [KEYS],
      after: ([{ stdout } = { stdout: '' }]) => {
        expect(JSON.parse(stdout)).toEqual({ campaignSummaryList: [] });
      },
    }),
    'npm run dialproof -- campaign run --mode predictive --contacts 300 --agents 20 --speed 60':
      runs({
        with: {
          '--contacts 300': '--contacts 10',
          '--speed 60': '--speed 200',
          '--contacts 1000000': '--contacts 1000',
        },
      }),
    'npm run dialproof -- crash-test              # kill -9 under load, 20 times; no acknowledged call may be lost':
      runs({
        adds: { 'dialproof crash-test': '--rounds 1' },
        not: {
          'dialproof crash-test': 'test/cli/crash-test.test.ts runs it',
          'dialproof emulator --capacity':
            'it takes some seconds of every core; test/cli/capacity.test.ts starts it, and test/load/capacity.test.ts measures',
          'npm run fuzz': 'test/fuzz does',
        },
      }),
    'npm run dialproof -- emulator --control-port 4011 --access-log access.ndjson': runs({
      after([{ stdout } = { stdout: '' }], project) {
        expect(JSON.parse(stdout)).toMatchObject({ ahead: 604_800 });
        expect(existsSync(join(project, 'access.ndjson'))).toBe(true);
        expect(readFileSync(join(project, 'ledger.ndjson'), 'utf8')).toBe('');
      },
    }),
    'npm run dialproof -- contracts': runs({
      with: { 'dialproof -- contracts\n': 'dialproof -- contracts drift\n' },
      not: { 'dialproof contracts broker publish': 'docs/publishing.md runs it' },
    }),
  },
  'CONTRIBUTING.md': {
    'npm ci          # also installs Node 24 for the npm scripts':
      scripts('some take half an hour'),
    'flowchart TD': elsewhere('test/structure/structure.test.ts', 'CONTRIBUTING.md'),
    'pip install --no-deps --target out/botocore botocore==VERSION': scripts(
      'it takes another version of botocore than the one in models/extracts',
    ),
  },
  'docs/contributing-recipes.md': {
    'UPDATE_GOLDEN=1 npx jest --findRelatedTests test/support/golden.ts': holds(
      'names files and tests that are there; not run: they write into the checkout',
      ({ text }) => {
        const files = text.match(/test\/[\w/.-]+/g) ?? [];
        expect(files).toHaveLength(2);
        const there = files.map((file) => (file.endsWith('.ts') ? file : `${file}.test.ts`));
        for (const file of there)
          expect([file, existsSync(join(PACKAGE_ROOT, file))]).toEqual([file, true]);
        const [, name = '?'] = /-t '(.*)'/.exec(text) ?? [];
        const source = readFileSync(join(PACKAGE_ROOT, there.at(-1) ?? ''), 'utf8');
        expect(source).toContain(`describe('${name}'`);
      },
    ),
  },
};
