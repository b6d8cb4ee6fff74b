/** The pages about outbound campaigns and those who feed them. */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { commandsOf } from '../commands.ts';
import { lacksBoto3, lacksCli } from '../lacking.ts';
import { sampleOf } from '../observed.ts';
import { drawsTheRoad } from '../road-drawing.ts';
import { type Account, asOn, elsewhere, holds, runs, snippet } from '../rows.ts';

const example = (name: string) => join(PACKAGE_ROOT, 'examples', name);
const TESTED = 'test/package/package.test.ts';
const IN_PACKAGE = ["join('examples', name, 'README.md')"] as const;

/** Gives a project the files of an example, but for what it installs. */
const give = (name: string) => (project: string) => {
  cpSync(example(name), project, {
    recursive: true,
    filter: (path) => !/node_modules|package\.json$/.test(path),
  });
};

const KEYS = 'export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_REGION=… AWS_DEFAULT_REGION=…';
const CREATE =
  'aws connectcampaigns create-campaign --name spring --connect-instance-id 8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b \\';
const WITH_EVENTS = 'dialproof emulator --speed 60 --events events.ndjson';
const FEEDER_TESTS = 'test/examples/feeders.test.ts';

export const CAMPAIGNS: Account = {
  'docs/campaigns.md': {
    'flowchart TD': drawsTheRoad,
    'npx dialproof emulator': asOn({
      page: 'README.md',
      key: 'npm run dialproof -- emulator',
      but: { export: 'examples/event-handler/README.md has these variables, and calls it' },
    }),
    [CREATE]: asOn({ page: 'examples/event-handler/README.md', key: CREATE }),
    "test('a campaign', async () => {": snippet(),
    "test('agents of a queue', async () => {": snippet(),
    "test('what the agents do', async () => {": snippet(),
    'dialproof campaign run --contacts 200 --agents 10 --speed 60': runs({
      with: {
        '--contacts 200': '--contacts 10',
        '--batches 40': '--batches 1',
        '--speed 60': '--speed 200',
      },
      not: { 'dialproof campaign run --mode predictive': 'README.md has a campaign of this mode' },
    }),
    'dialproof campaign plan --contacts 1000000 --agents 40 --mode predictive --hours 09:00-20:00':
      runs({
        with: { '--contacts 1000000': '--contacts 1000' },
        not: {
          'dialproof campaign plan --contacts 1000 --agents 40 --mode predictive --hours':
            'README.md runs it',
        },
        after: (_, project) => {
          expect(readFileSync(join(project, 'plan', 'plan.json'), 'utf8')).toContain('"blast"');
        },
      }),
    '{"type":"dial","dialId":"…","at":1764300000000,"contactId":"…","dialRequestId":"…","campaignId":"…","phoneNumber":"+1…","call":{…}}':
      sampleOf('a dial record', ({ dials }) => dials, ['call']),
  },
  'docs/contact-events.md': {
    'dialproof emulator --events events.ndjson --event-faults loss=0.01,repetition=0.1,reordering=0.2,seed=7':
      runs(),
    "test('a busy number is told', async () => {": snippet(),
    'const reached = new Map<string, number>();': snippet(),
    '"version": "0",': {
      ...elsewhere('test/emulator/campaigns/event-docs.test.ts', "'contact-events.md'"),
      times: 8,
    },
  },
  'docs/dial-lists.md': {
    'dialproof generate --for PutDialRequestBatch --batches 40 --mix InvalidInput=0.05,RequestThrottled=0.05':
      runs(),
    'aws connectcampaigns put-dial-request-batch --id CAMPAIGN --cli-input-json file://cli-input/0000000000.json':
      runs({
        lacks: lacksCli,
        beside: 'dialproof feeder check',
        first: [
          'export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=… AWS_ENDPOINT_URL_CONNECTCAMPAIGNSV2=…',
          KEYS,
          'export DIALPROOF_CAMPAIGN_V1=… DIALPROOF_CAMPAIGN_V2=…',
          'dialproof generate --for PutDialRequestBatch --batches 1 --mix none --out .',
          'dialproof generate --for PutOutboundRequestBatch --batches 1 --mix none --out v2',
        ],
        with: {
          'put-dial-request-batch --id CAMPAIGN':
            'put-dial-request-batch --id $DIALPROOF_CAMPAIGN_V1',
          'put-outbound-request-batch --id CAMPAIGN --cli-input-json file://':
            'put-outbound-request-batch --id $DIALPROOF_CAMPAIGN_V2 --cli-input-json file://v2/',
        },
        after: (told) => {
          for (const { stdout } of told.slice(2, 4)) {
            expect(JSON.parse(stdout).successfulRequests).toHaveLength(25);
          }
        },
      }),
    "test('dial requests', () => {": snippet(),
  },
  'docs/feeder-check.md': {
    "npx dialproof feeder check --pending-limit 50 --faults unreliable -- sh -c 'python3 feeder.py $DIALPROOF_CAMPAIGN_V1'":
      asOn({
        page: 'README.md',
        key: 'npx dialproof feeder check --pending-limit 50 --faults unreliable -- \\',
      }),
    'dialproof emulator --feeder-journal feeder.ndjson --control-port 4011': runs({
      exits: { 'dialproof feeder check': 1 },
      after: (told) => {
        for (const { stdout } of told.slice(0, 2)) expect(stdout).toContain('NOT EXERCISED');
      },
    }),
    'const report = emulator.campaigns.judgeFeeder();': snippet({
      before: [
        "import { startEmulator } from 'dialproof';",
        "test('a feeder', async () => {",
        'await using emulator = await startEmulator();',
      ].join('\n'),
      after: '});',
    }),
  },
  'examples/feeder-python/README.md': {
    'npm install --save-dev dialproof': elsewhere(FEEDER_TESTS, "exampleOf('feeder-python')"),
  },
  'examples/feeder-typescript/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'feeder-typescript'"),
    'npx dialproof feeder check --pending-limit 20 --faults unreliable -- \\': elsewhere(
      FEEDER_TESTS,
      "exampleOf('feeder-typescript')",
    ),
  },
  'examples/feeder-go/README.md': {
    'npm install --save-dev dialproof': elsewhere(FEEDER_TESTS, "exampleOf('feeder-go')"),
  },
  'examples/campaign/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'campaign'"),
  },
  'examples/event-handler/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'event-handler'"),
    'npx dialproof emulator --speed 60 --events events.ndjson     # or --events http://127.0.0.1:4020/':
      holds('is run beside the commands below', ({ text }) => {
        expect(commandsOf(text)).toEqual([`npx ${WITH_EVENTS}`]);
      }),
    [CREATE]: runs({
      lacks: () => lacksCli() || lacksBoto3(),
      before(project) {
        give('event-handler')(project);
        give('feeder-python')(project);
      },
      beside: WITH_EVENTS,
      first: ['export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=…', KEYS],
      with: {
        'connectSourcePhoneNumber=+12065550100':
          'connectSourcePhoneNumber=+12065550100 > made.json',
        CAMPAIGN_ID: `$(node -p 'require("./made.json").id')`,
      },
      last: ['node watch.ts events.ndjson'],
      after(told) {
        const [feeder, watch] = told.slice(2);
        expect(feeder?.stdout).toBe('30 of 30 contacts were accepted\n');
        expect(watch?.stdout).toMatch(/\d/);
      },
    }),
  },
};
