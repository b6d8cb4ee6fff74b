/** The pages about contracts, configuration, publishing and use in process. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { contractNamed } from '../../../contracts/contract-list.ts';
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
import {
  type Account,
  asOn,
  elsewhere,
  holds,
  json,
  notHere,
  type Row,
  runs,
  sample,
  snippet,
} from '../rows.ts';
import { standInBroker, startProvider, verifies } from '../verified.ts';

const TESTED = 'test/package/package.test.ts';
const IN_PACKAGE = ["join('examples', name, 'README.md')"] as const;
const CONSUMER_TESTS = 'test/examples/consumers.test.ts';
const PROVIDER_TESTS = 'test/examples/providers.test.ts';
const VERIFY_ACCEPTED =
  'npx dialproof contracts verify --target http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states --accept-file accepted.json';
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

const BROKER_OF_MOCK =
  'npx dialproof contracts broker publish --pact pacts/night-dialer-dialproof-emulator.json';

/** The pact of another consumer is published as that of docs/mock.md. */
const publishes = (consumer: string): Row =>
  asOn({ page: 'docs/mock.md', key: BROKER_OF_MOCK, as: { 'night-dialer': consumer } });

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

const NODE_TEST =
  "const mock = useContractMock({ consumer: 'day-dialer' }, { beforeAll: before, afterEach, afterAll: after });";
const NODE_TEST_GOES_ON = `
import { useContractMock } from 'dialproof/contracts';
test('an order', async () => {
  const body = '{"ContactDataRequestList":[{}]}';
  const headers = { authorization: 'any', 'content-type': 'application/json' };
  await fetch(mock.url + '/contact/batch/x', { method: 'PUT', headers, body });
});
`;
const CONFIG = 'export default defineConfig({';

export const CONTRACTS: Account = {
  'docs/mock.md': {
    'npx dialproof contracts mock --consumer night-dialer -- python3 -m unittest': asOn({
      page: 'README.md',
      key: 'npx dialproof contracts mock --consumer my-dialer -- npm test',
      but: {
        'dialproof contracts mock --consumer night-dialer': `${CONSUMER_TESTS} runs it`,
      },
    }),
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
    [NODE_TEST]: {
      ...runs({
        file: { name: 'dialer.test.mjs', by: 'node --test dialer.test.mjs' },
        before(project) {
          const file = join(project, 'dialer.test.mjs');
          const text = readFileSync(file, 'utf8');
          writeIn(project, 'dialer.test.mjs', `${text}${NODE_TEST_GOES_ON}`);
        },
        after: (_, project) => {
          expect(existsSync(join(project, 'pacts', 'day-dialer-dialproof-emulator.json'))).toBe(
            true,
          );
        },
      }),
    },
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
    [BROKER_OF_MOCK]: runs({
      first: ['dialproof contracts mock --consumer night-dialer -- node dialer.js'],
      not: { 'dialproof contracts broker verify': 'docs/publishing.md runs it' },
      exits: { 'dialproof contracts broker can-i': 1 }, // Nobody has verified it.
      adds: { 'dialproof contracts broker': OF_VERSION },
      async before(project) {
        writeIn(project, 'dialer.js', DIALER);
        return standInBroker();
      },
    }),
    'npx dialproof contracts mock --pact pacts/night-dialer-dial-gateway.json --consumer day-dialer':
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
    'npx dialproof contracts write                 # pacts/outbound-dialer-dialproof-emulator.json':
      notHere(
        'docs/publishing.md publishes this pact, and docs/control.md has the emulator',
        ({ text }) => {
          const { consumer, provider } = contractNamed('BatchPutContact').parties;
          expect(text).toContain(`# pacts/${consumer}-${provider}.json\n`);
        },
      ),
    '<project xmlns="http://maven.apache.org/POM/4.0.0">': elsewhere(
      'test/contracts/pact-jvm.test.ts',
      "const [, pom = ''] = /```xml",
      "join(dir, 'pom.xml'), own",
    ),
    'mvn au.com.dius.pact.provider:maven:verify -Dpact.verifier.disableUrlPathDecoding=true':
      elsewhere('test/contracts/pact-jvm.test.ts', '\\nmvn (.+)\\n', "command.split(' ')"),
    'from pact import Verifier      # pact-python 4': elsewhere(
      'test/contracts/pact-python.test.ts',
      'verifier.state_handler(states, body=True).verify()',
    ),
  },
  'docs/verify-a-provider.md': {
    'npm install --save-dev dialproof @pact-foundation/pact': verifies(startProvider, {
      shows: ['differs from what is assumed, which is no fault (--only assumed tells how):'],
    }),
    'differs from what is assumed, which is no fault (--only assumed tells how):': sample(),
    '{"accept": [': holds('is a file that is accepted', ({ text }) => {
      expect(JSON.parse(text)).toHaveProperty('accept');
    }),
    [VERIFY_ACCEPTED]: asOn({ page: 'examples/provider-python/README.md', key: VERIFY_ACCEPTED }),
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
    '/** The endpoint of the project, without its quota. */': snippet({
      before: [
        "import { writeFileSync } from 'node:fs';",
        "writeFileSync('dialproof.config.json', '{}');",
      ].join('\n'),
      after: [
        "test('ours', async () => {",
        '  await using emulator = await startOurs();',
        "  expect(emulator.url).toContain('127.0.0.1');",
        '});',
      ].join('\n'),
    }),
    "test('HTTPS', async () => {": snippet(),
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
    'npm install --save-dev dialproof': elsewhere(CONSUMER_TESTS, "exampleOf('consumer-go')"),
    'npx dialproof contracts broker publish --pact pacts/batch-dialer-dialproof-emulator.json':
      publishes('batch-dialer'),
  },
  'examples/consumer-python/README.md': {
    'npm install --save-dev dialproof': elsewhere(CONSUMER_TESTS, "exampleOf('consumer-python')"),
    [BROKER_OF_MOCK]: publishes('night-dialer'),
  },
  'examples/consumer-typescript/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'consumer-typescript'"),
    'npx dialproof contracts broker publish --pact pacts/day-dialer-dialproof-emulator.json':
      publishes('day-dialer'),
  },
  'examples/jest/README.md': { 'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'jest'") },
  'examples/vitest/README.md': { 'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'vitest'") },
  'examples/own-scenario/README.md': {
    'npm install --save-dev dialproof': elsewhere(
      'test/examples/own-scenario.test.ts',
      "exampleOf('own-scenario')",
      "command('load run')",
    ),
  },
  'examples/provider-campaigns/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'provider-campaigns'"),
  },
  'examples/provider-python/README.md': {
    'npm install --save-dev dialproof @pact-foundation/pact': elsewhere(
      PROVIDER_TESTS,
      "exampleOf('provider-python')",
      "'python3', 'provider.py'",
    ),
    [VERIFY_ACCEPTED]: elsewhere(
      PROVIDER_TESTS,
      "exampleOf('provider-python')",
      "example.command('contracts verify')",
    ),
  },
  'examples/provider-typescript/README.md': {
    'npm install': elsewhere(
      PROVIDER_TESTS,
      "exampleOf('provider-typescript')",
      "example.command('npm run')",
    ),
  },
};
