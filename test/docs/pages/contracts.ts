/** The pages about contracts, configuration, publishing and use in process. */

import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSeed } from '../../../emulator/seed.ts';
import { ordinaryFacts } from '../../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import {
  GITHUB_SHA,
  GITHUB_TOKEN,
  githubService,
  receiver,
  SLACK_PATH,
  slackAnswer,
  TEAMS_PATH,
  teamsAnswer,
} from '../../publish/receivers.ts';
import { S3_KEY, startS3 } from '../../publish/s3-server.ts';
import { textOf } from '../blocks.ts';
import { dialproofWords, notUnderstood } from '../commands.ts';
import { DIALER, giveRuns, writeIn } from '../fixtures.ts';
import { lacksBoto3, lacksPython } from '../lacking.ts';
import { type Account, elsewhere, holds, json, type Row, runs, sample, snippet } from '../rows.ts';
import type { Serves } from '../shell.ts';
import { standInBroker, startProvider, verifies } from '../verified.ts';

const example = (name: string) => join(PACKAGE_ROOT, 'examples', name);
const TESTED = 'test/package/package.test.ts';
const IN_PACKAGE = ["join('examples', name, 'README.md')"] as const;
const provider = (begins: string): Serves => ({
  begins,
  ready: /"port": ?(\d+)/,
  address: 'http://127.0.0.1:8080',
});
const PYTHON_PROVIDER = provider('python3 provider.py');

/** The consumer in Python, under the mock. */
const pythonUnderMock = (): Row =>
  runs({
    lacks: lacksBoto3,
    before: (project) => cpSync(example('consumer-python'), project, { recursive: true }),
    after: (_, project) => {
      expect(existsSync(join(project, 'pacts', 'night-dialer-dialproof-emulator.json'))).toBe(true);
    },
  });

const { scripts: SCRIPTS } = JSON.parse(
  readFileSync(join(example('provider-typescript'), 'package.json'), 'utf8'),
) as { readonly scripts: Readonly<Record<'start' | 'verify', string>> };

const OF_VERSION = '--sha c0ffee --branch main';

/** Receivers in place of Slack, Teams, GitHub and S3. */
async function receivers(project: string) {
  const github = githubService();
  const open = await Promise.all([slackAnswer, teamsAnswer, github.answer].map(receiver));
  const [slack, teams, hub] = open.map(({ url }) => url);
  const s3 = await startS3(join(project, 's3'), 'reports');
  writeIn(project, 'event.json', '{"pull_request": {"number": 12}}');
  return {
    env: {
      SLACK_WEBHOOK_URL: `${slack}${SLACK_PATH}`,
      TEAMS_WEBHOOK_URL: `${teams}${TEAMS_PATH}`,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: S3_KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: S3_KEY.secretAccessKey,
      AWS_REGION: 'us-east-1',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: `${hub}`,
      GITHUB_REPOSITORY: 'team/dialer',
      GITHUB_WORKFLOW: 'dialproof',
      GITHUB_JOB: 'load',
      GITHUB_SHA,
      GITHUB_EVENT_PATH: join(project, 'event.json'),
      GITHUB_STEP_SUMMARY: join(project, 'summary.md'),
      GITHUB_TOKEN,
    },
    async close() {
      for (const one of [...open, s3]) await one.close();
      expect(open.map(({ received }) => received.length > 0)).toEqual([true, true, true]);
    },
  };
}

/** Publishes the pact of a consumer, which its tests under the mock have written. */
const publishes = (consumer: string, isVerified: boolean): Row =>
  runs({
    manifest: { scripts: { test: 'node dialer.js' } },
    first: [`dialproof contracts mock --consumer ${consumer} -- node dialer.js`],
    adds: {
      'dialproof contracts broker publish': OF_VERSION,
      'dialproof contracts broker verify': OF_VERSION,
      'dialproof contracts broker can-i-deploy': OF_VERSION,
    },
    // Nobody has verified it.
    ...(!isVerified && { exits: { 'dialproof contracts broker can-i': 1 } }),
    async before(project) {
      writeIn(project, 'dialer.js', DIALER);
      return standInBroker();
    },
  });

/** What the mock says of a call: the sample has it, in lines of its own. */
const told = (path: string, items: readonly object[], code: number): Row =>
  runs({
    file: { name: 'expected.txt', by: 'dialproof contracts mock --consumer a -- node call.mjs' },
    before: (project) =>
      writeIn(
        project,
        'call.mjs',
        `const { AWS_ENDPOINT_URL_CONNECT: url } = process.env;
         const headers = { authorization: 'any', 'content-type': 'application/json' };
         const body = JSON.stringify({ ContactDataRequestList: ${JSON.stringify(items)} });
         await fetch(url + '${path}', { method: 'PUT', headers, body });`,
      ),
    exits: { 'dialproof contracts mock': code },
    after: ([{ stderr } = { stderr: '' }], project) => {
      const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
      const expected = readFileSync(join(project, 'expected.txt'), 'utf8');
      expect(flat(stderr)).toContain(flat(expected));
    },
  });

/** The steps of a workflow: each `dialproof` in it is understood. */
const steps = (): Row =>
  holds('is YAML, and its commands are understood', async ({ text }) => {
    const workflow = JSON.stringify(parse(text));
    const commands = [...workflow.matchAll(/npx dialproof [^"&]+/g)].map(([command]) => command);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect([command, await notUnderstood(dialproofWords(command) ?? [])]).toEqual([
        command,
        null,
      ]);
    }
  });

const CONFIG = 'export default defineConfig({';

export const CONTRACTS: Account = {
  'docs/mock.md': {
    'dialproof contracts mock --consumer night-dialer -- python3 -m unittest': pythonUnderMock(),
    "const mock = useContractMock({ consumer: 'day-dialer' });": snippet({
      before: [
        "import { BatchPutContactCommand, ConnectClient } from '@aws-sdk/client-connect';",
        "const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };",
      ].join('\n'),
      with: {
        '…': [
          'await client.send(',
          "  new BatchPutContactCommand({ InstanceId: 'i', ContactDataRequestList: [{}] }),",
          ');',
        ].join('\n'),
      },
    }),
    "const mock = useContractMock({ consumer: 'day-dialer' }, { beforeAll, afterEach, afterAll });":
      snippet({
        before: "import { useContractMock } from 'dialproof/contracts';",
        after: 'export { mock };',
        typesOnly: 'the example in examples/vitest does, under vitest',
      }),
    'curl -X POST $DIALPROOF_MOCK_URL/_mock/states -d \'{"state": "calls are throttled", "params": {"error": "LimitExceededException"}}\'':
      runs({
        file: {
          name: 'states.sh',
          by: 'dialproof contracts mock --consumer a -- bash -e states.sh',
        },
        with: { 'curl ': 'curl --fail --silent --show-error ' },
        // A state alone is in no pact.
        exits: { 'dialproof contracts mock': 1 },
        after: ([{ stderr } = { stderr: '' }]) => {
          expect(stderr).toContain('no call came');
        },
      }),
    'PUT /contact/batches/x is no call that the mock serves (nearest: BatchPutContact)': told(
      '/contact/batches/x',
      [{}],
      1,
    ),
    'PUT /contact/batch/x was refused: 400 InvalidRequestException: 1 validation error detected: Value at':
      told('/contact/batch/x', Array(26).fill({}), 0),
    'dialproof contracts broker publish --pact pacts/night-dialer-dialproof-emulator.json':
      publishes('night-dialer', true),
    'dialproof contracts mock --pact pacts/night-dialer-dial-gateway.json --consumer day-dialer':
      runs({
        before: (project) => writeIn(project, 'dialer.js', DIALER),
        first: [
          'dialproof contracts mock --consumer night-dialer --provider dial-gateway -- node dialer.js',
        ],
        adds: { 'dialproof contracts mock --pact': '--port 0' },
        serves: {
          begins: 'dialproof contracts mock --pact',
          ready: /^the mock is at http:.*:(\d+) /m,
          address: 'MOCK',
        },
        last: [
          'AWS_ENDPOINT_URL_CONNECT=MOCK AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b node dialer.js',
        ],
        after: (_, project) => {
          expect(readdirSync(join(project, 'pacts'))).toContain('day-dialer-dial-gateway.json');
        },
      }),
  },
  'docs/provider-states.md': {
    'POST /_states': holds('is a state that the emulator sets', async ({ text }) => {
      const [, body = ''] = /^POST \S+\n(.*)$/s.exec(text) ?? [];
      const { startEmulator } = require('../../../emulator/emulator.ts');
      const emulator = await startEmulator();
      const url = new URL('/provider-states', emulator.controlUrl);
      const { status } = await fetch(url, { method: 'POST', body });
      await emulator.close();
      expect(status).toBe(200);
    }),
    'from pact import Verifier      # pact-python 4': elsewhere(
      'test/contracts/pact-python.test.ts',
      'verifier.state_handler(states, body=True).verify()',
    ),
  },
  'docs/verify-a-provider.md': {
    'dialproof contracts verify --target http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states':
      verifies(startProvider, {
        shows: ['differs from what is assumed, which is no fault (--only assumed tells how):'],
      }),
    'differs from what is assumed, which is no fault (--only assumed tells how):': sample(),
    '{"accept": [': holds('is a file that is accepted, below', ({ text }) => {
      expect(JSON.parse(text)).toHaveProperty('accept');
    }),
    'dialproof contracts verify --target http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states --accept-file accepted.json':
      runs({
        lacks: lacksPython,
        before(project) {
          cpSync(example('provider-python'), project, { recursive: true });
          writeIn(project, 'accepted.json', textOf('docs/verify-a-provider.md', '{"accept": ['));
        },
        first: ['python3 provider.py 0'],
        serves: PYTHON_PROVIDER,
      }),
    '- run: npm start &            # your provider': steps(),
  },
  'docs/configuration.md': {
    'npm install --save-dev dialproof': runs({
      after: (_, project) => {
        expect(
          readdirSync(project).filter((name) => /^dialproof\.config\./.test(name)),
        ).toHaveLength(1);
      },
    }),
    [CONFIG]: {
      ...snippet({ typesOnly: 'a command reads it, in this test' }),
      ...runs({
        file: {
          name: 'dialproof.config.ts',
          by: 'dialproof load run throughput --set seconds=1 --p95-ms 20000',
        },
        after: (_, project) => {
          const run = readFileSync(join(project, 'out', 'latest', 'run.json'), 'utf8');
          expect(run).toContain('"throttleError": "ThrottlingException"');
        },
      }),
    },
    '"$schema": "./node_modules/dialproof/schemas/config.schema.json",': runs({
      file: { name: 'dialproof.config.json', by: 'dialproof emulator' },
      after: ([{ stdout } = { stdout: '' }], project) => {
        expect(stdout).toContain('export AWS_REGION=eu-central-1');
        const written = readFileSync(join(project, 'dialproof.config.json'), 'utf8');
        expect(existsSync(join(project, JSON.parse(written).$schema))).toBe(true);
      },
    }),
    'dialproof: dialproof.config.ts:16:19: scenarios.throughput has no member \'rat\'; it has vus, rate, seconds, p95Ms. Did you mean "rate"?':
      runs({
        file: { name: 'expected.txt', by: 'dialproof load run throughput' },
        before: (project) => {
          const right = textOf('docs/configuration.md', CONFIG);
          writeIn(project, 'dialproof.config.ts', right.replace('rate: 50', 'rat: 50'));
        },
        exits: { dialproof: 2 },
        after: ([{ stderr } = { stderr: '' }], project) => {
          expect(stderr).toBe(readFileSync(join(project, 'expected.txt'), 'utf8'));
        },
      }),
    'source <(dialproof completion bash)      # in ~/.bashrc': runs({
      with: {
        'source <(dialproof completion zsh)': 'dialproof completion zsh > zsh',
        'dialproof completion fish >':
          'mkdir -p ~/.config/fish/completions && dialproof completion fish >',
      },
    }),
  },
  'docs/publishing.md': {
    'dialproof publish --to folder=site                            # a static site with an index':
      runs({
        first: ['mkdir other && cp -r out/latest/. other'],
        with: { 'slack=failure': 'slack=always' },
        async before(project) {
          giveRuns(project);
          return receivers(project);
        },
      }),
    'env:': holds('is YAML, and names a variable that is read', ({ text }) => {
      const [name = ''] = Object.keys(parse(text).env);
      expect(name).toBe('DIALPROOF_MATRIX');
      const source = readFileSync(join(PACKAGE_ROOT, 'cli', 'commands', 'publish.ts'), 'utf8');
      expect(source).toContain(name);
    }),
    'npm install --save-dev dialproof @pact-foundation/pact @pact-foundation/pact-cli @aws-sdk/client-connect @aws-sdk/client-connectcampaigns @aws-sdk/client-connectcampaignsv2':
      runs(),
    'export PACT_BROKER_BASE_URL=https://broker.example.com': runs({
      with: { 'TOKEN=…': 'TOKEN=s3cret' },
      not: {
        'dialproof contracts broker publish --contract':
          'the stand-in asks for the results of one pact; test/contracts/broker.test.ts publishes others',
      },
      adds: {
        'dialproof contracts broker publish': OF_VERSION,
        'dialproof contracts broker verify': OF_VERSION,
        'dialproof contracts broker can-i': OF_VERSION,
        'dialproof contracts broker record': OF_VERSION,
      },
      before: standInBroker,
    }),
    'jobs:': steps(),
    'contract:': steps(),
  },
  'docs/in-process.md': {
    'npm install --save-dev dialproof': runs(),
    "test('a contact is created once, although the first reply is lost', async () => {": snippet(),
    '"instances": [': json('is a seed', (value) => {
      const facts = ordinaryFacts();
      const read = readSeed(value, facts);
      expect(read.keys).toHaveLength(1);
      expect(read.addedTo(facts).instances[0]?.campaigns).toEqual(['spring', 'autumn']);
    }),
    "test('faults', async () => {": snippet(),
    "test('the journal', async () => {": snippet(),
    "test('two accounts', async () => {": snippet(),
    "test('mounted', async () => {": snippet(),
    "test('contacts', () => {": snippet(),
  },
  'docs/dependencies.md': {
    '{ "scarfSettings": { "enabled": false } }': json('is what @scarf/scarf reads', (value) => {
      const report = join(PACKAGE_ROOT, 'node_modules', '@scarf', 'scarf', 'report.js');
      for (const name of ['scarfSettings', 'enabled']) {
        expect(readFileSync(report, 'utf8')).toContain(name);
        expect(JSON.stringify(value)).toContain(name);
      }
    }),
  },
  'examples/ci/README.md': {
    'npm install --save-dev dialproof @pact-foundation/pact @pact-foundation/pact-cli @aws-sdk/client-connect @aws-sdk/client-connectcampaigns @aws-sdk/client-connectcampaignsv2':
      runs(),
  },
  'examples/consumer-go/README.md': {
    'npx dialproof contracts mock --consumer batch-dialer -- go test ./...': elsewhere(
      'test/examples/consumers.test.ts',
      "'consumer-go', 'batch-dialer'",
    ),
    'npx dialproof contracts broker publish --pact pacts/batch-dialer-dialproof-emulator.json':
      publishes('batch-dialer', false),
  },
  'examples/consumer-python/README.md': {
    'pip install boto3': elsewhere(
      'test/examples/consumers.test.ts',
      "'consumer-python', 'night-dialer'",
    ),
    'npx dialproof contracts broker publish --pact pacts/night-dialer-dialproof-emulator.json':
      publishes('night-dialer', false),
  },
  'examples/consumer-typescript/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'consumer-typescript'"),
    'npx dialproof contracts broker publish --pact pacts/day-dialer-dialproof-emulator.json':
      publishes('day-dialer', false),
  },
  'examples/jest/README.md': { 'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'jest'") },
  'examples/vitest/README.md': { 'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'vitest'") },
  'examples/own-scenario/README.md': {
    'npm install --save-dev dialproof': runs({
      before: (project) => cpSync(example('own-scenario'), project, { recursive: true }),
      with: {
        'run shop-opens.ts\n':
          'run shop-opens.ts --set seconds=1 --set rush=20 --p95-ms 20000 --set throughMs=20000\n',
        '--set throughMs=8000':
          '--set throughMs=30000 --set seconds=1 --set rush=20 --p95-ms 20000',
      },
    }),
  },
  'examples/provider-python/README.md': {
    'python3 provider.py 8080': runs({
      lacks: lacksPython,
      before: (project) => cpSync(example('provider-python'), project, { recursive: true }),
      with: { 'provider.py 8080': 'provider.py 0' },
      serves: PYTHON_PROVIDER,
    }),
  },
  'examples/provider-typescript/README.md': {
    'npm start': runs({
      before: (project) => cpSync(example('provider-typescript'), project, { recursive: true }),
      with: {
        'npm start': SCRIPTS.start.replace('8080', '0'),
        'npm run verify': SCRIPTS.verify,
      },
      serves: provider('node provider.ts'),
      exits: { 'node provider.ts': null },
    }),
  },
};
