/** The pages about outbound campaigns and those who feed them. */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { lacksBoto3, lacksCli } from '../lacking.ts';
import { sampleOf } from '../observed.ts';
import { drawsTheRoad } from '../road-drawing.ts';
import { type Account, elsewhere, runs, type ShellRow, snippet } from '../rows.ts';

const FEEDERS = ['feeder-python', 'feeder-typescript'] as const;
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

/** A feeder that is watched: what it calls is a campaign that `feeder check` runs. */
const watched = (name: (typeof FEEDERS)[number], row: ShellRow): ShellRow => ({
  ...row,
  before: give(name),
  beside: 'dialproof feeder check --pending-limit 20 --faults unreliable',
  first: ['export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=…', KEYS],
  after(told) {
    const [feeder, check] = told;
    expect(feeder?.stdout).toBe('30 of 30 contacts were accepted\n');
    expect(check?.stdout).toMatch(/^PASS: \d+ calls/m);
  },
});
const KEYS =
  'export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_REGION=… AWS_DEFAULT_REGION=… AWS_MAX_ATTEMPTS=1';

/** What a reader of the page starts and stops. Nothing calls it here. */
const idle = runs({ exits: { 'dialproof feeder check': 1 } });

export const CAMPAIGNS: Account = {
  'docs/campaigns.md': {
    'flowchart TD': drawsTheRoad,
    'npm run dialproof -- emulator': runs(),
    "test('a campaign', async () => {": snippet(),
    "test('agents of a queue', async () => {": snippet(),
    "test('what the agents do', async () => {": snippet(),
    'dialproof campaign run --contacts 200 --agents 10 --speed 60': runs({
      with: {
        '--contacts 200': '--contacts 10',
        '--contacts 1000': '--contacts 10',
        '--shift 09:00-17:00=25': '--shift 00:00-24:00=25',
        '--batches 40': '--batches 1',
        '--speed 60': '--speed 200',
        '--speed 120': '--speed 200',
      },
    }),
    'dialproof campaign plan --contacts 1000000 --agents 40 --mode predictive --hours 09:00-20:00':
      runs({
        with: { '--contacts 1000000': '--contacts 1000' },
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
          'dialproof generate --for PutDialRequestBatch --batches 1 --mix none --out .',
          'dialproof generate --for PutOutboundRequestBatch --batches 1 --mix none --out v2',
        ],
        with: {
          'put-dial-request-batch --id CAMPAIGN': 'put-dial-request-batch --id CAMPAIGN_OF_1',
          'put-outbound-request-batch --id CAMPAIGN --cli-input-json file://':
            'put-outbound-request-batch --id CAMPAIGN_OF_2 --cli-input-json file://v2/',
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
    'dialproof feeder check --pending-limit 50 --faults unreliable': idle,
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
    'pip install boto3': idle,
    'python3 feeder.py CAMPAIGN_ID contacts.csv 1': runs(
      watched('feeder-python', {
        lacks: lacksBoto3,
        with: { CAMPAIGN_ID: 'CAMPAIGN_OF_1', 'csv 1': 'csv 0.2' },
      }),
    ),
  },
  'examples/feeder-typescript/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'feeder-typescript'"),
    'npm start -- CAMPAIGN_ID contacts.csv 1': runs(
      watched('feeder-typescript', {
        manifest: { scripts: { start: 'node hand-over.ts' } },
        with: {
          'npm start': 'npm --silent start',
          CAMPAIGN_ID: 'CAMPAIGN_OF_1',
          'csv 1': 'csv 0.2',
        },
      }),
    ),
  },
  'examples/feeder-go/README.md': {
    'npx dialproof feeder check --pending-limit 20 --faults unreliable': idle,
    'go run . CAMPAIGN_ID contacts.csv 1': elsewhere(
      'test/examples/feeders.test.ts',
      "['go', 'run'",
      "'contacts.csv'",
    ),
  },
  'examples/campaign/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'campaign'"),
  },
  'examples/event-handler/README.md': {
    'npm install': elsewhere(TESTED, ...IN_PACKAGE, "'event-handler'"),
  },
};
