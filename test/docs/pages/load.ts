/** The pages about load, its audit and its reports. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { causesOf } from '../../../run/causes/causes.ts';
import { readRun } from '../../../run/json.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { closeServer, listen } from '../../support/listen.ts';
import { commandsOf } from '../commands.ts';
import { giveRuns, SHORT, writeIn } from '../fixtures.ts';
import {
  type Account,
  elsewhere,
  holds,
  json,
  notHere,
  runs,
  sample,
  scripts,
  snippet,
} from '../rows.ts';

const EVENING =
  "/** An example scenario: sends each of the evening's batches, and sends it again after a pause. */";
const MORNING =
  '/** An example scenario: hands dial requests to a campaign with agents, and looks at what became of them. */';
const OUTPUTS =
  '--output prometheus=http://127.0.0.1:9090/api/v1/write --output otlp=http://127.0.0.1:4318 --output json=samples.json.gz';
const PATIENT = '--p95-ms 20000';
/** Options of the run of one scenario, which takes a second. */
const FEW = `--no-contracts --no-campaigns --batches 40 --scenarios smoke ${PATIENT}`;

/** Where a synopsis goes on. */
const NEXT = '\n                ';
const KUBERNETES = 'a cluster';

/** Takes whatever is sent, as a collector of metrics does. */
async function collector() {
  let received = 0;
  const server = createServer((request, response) => {
    received += 1;
    request.resume().on('end', () => response.writeHead(200).end());
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    swaps: { 'http://127.0.0.1:9090': url, 'http://127.0.0.1:4318': url },
    async close() {
      await closeServer(server);
      expect(received).toBeGreaterThan(1);
    },
  };
}

export const LOAD: Account = {
  'docs/load.md': {
    'dialproof load run quota': notHere(
      'test/load/scenarios.test.ts runs each scenario, README.md throughput; the battery takes some minutes',
    ),
    'dialproof load run pause --event-faults loss=0.05,repetition=0.1,reordering=0.2': runs({
      // With what other blocks are about, so that it is one run.
      adds: { 'dialproof load run pause': `--live --workers 2 ${OUTPUTS} ${PATIENT}` },
      before: collector,
      after: (_, project) => {
        expect(existsSync(join(project, 'samples.json.gz'))).toBe(true);
      },
    }),
    'dialproof emulator --profile stress --port 4010 --control-port 4011 --dials dials.ndjson --events events.ndjson':
      notHere('docs/history.md runs another scenario so, and the block above this one'),
    'dialproof load run soak --live': notHere(
      'the scenario above has --live; the battery takes some minutes',
    ),
    [EVENING]: elsewhere('test/load/docs.test.ts', "example('evening-batch.ts')"),
    'dialproof load run ./evening-batch.ts --set pauseMs=500': elsewhere(
      'test/package/package.test.ts',
      "join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts')",
    ),
    [MORNING]: elsewhere('test/load/docs.test.ts', "example('morning-calls.ts')"),
    'dialproof load run ./morning-calls.ts --set talkSeconds=900': elsewhere(
      'test/package/package.test.ts',
      "join(PACKAGE_ROOT, 'docs', 'examples', 'morning-calls.ts')",
    ),
    'export const options = {': snippet({
      before: "import type { Options } from 'k6/options';",
      after: 'const typed: Options = options;\nexport { typed };',
      typesOnly: 'test/load/judge-run.test.ts has thresholds with a window',
    }),
    'dialproof load run throughput --rate 5 --duration 30s --target https://connect.us-east-1.amazonaws.com --allow-remote':
      notHere('it needs an account of AWS'),
  },
  'docs/distributed.md': {
    'dialproof load run throughput --rate 2000 --duration 5m --workers 4        # processes of one machine':
      runs({
        with: {
          ' … ': ` ${SHORT} --target http://127.0.0.1:4010 `,
          '--image IMAGE --target URL': '--image dialproof:0.1.0 --target http://127.0.0.1:4010',
          '--start-at 2026-01-31T09:00:00Z': '',
        },
        not: {
          'dialproof load run throughput --rate 2000': 'docs/load.md has a run by two processes',
        },
        beside: 'dialproof emulator --profile stress',
        after: (_, project) => {
          expect(readFileSync(join(project, 'run.yaml'), 'utf8')).toContain('kind: Job');
        },
      }),
    'kubectl create secret generic dialproof-aws --from-literal=AWS_ACCESS_KEY_ID=… --from-literal=AWS_SECRET_ACCESS_KEY=…':
      notHere(`it needs ${KUBERNETES}`),
    'kubectl logs -l k6_cr=dialproof-load,runner=true --tail=-1 > run.history.tsv': notHere(
      `it needs ${KUBERNETES}; docs/history.md has the second command`,
    ),
  },
  'docs/outputs.md': {
    'dialproof load run soak --output prometheus=http://127.0.0.1:9090/api/v1/write': holds(
      'has the outputs of a run for docs/load.md',
      ({ text }) => {
        const named = text.match(/--output \S+/g) ?? [];
        expect(named).toHaveLength(commandsOf(text).length);
        expect(named.join(' ')).toBe(OUTPUTS);
      },
    ),
  },
  'docs/history.md': {
    'dialproof audit --history F [--ledger F | --control URL] [--ledger-before F] [--corpus DIR]':
      runs({
        before: giveRuns,
        with: {
          '--history F': '--history out/latest/smoke.history.tsv',
          // The second audit has --control.
          '[--ledger F | --control URL]': '',
          '[--ledger-before F]': '',
          [`[--corpus DIR]${NEXT}[--quota 10/15] [--token-lifetime SECONDS] [--cut]`]:
            '--corpus out/latest/corpus --token-lifetime 60 --cut',
        },
      }),
    'dialproof audit --history dial.history.tsv --control URL --dials dials.ndjson --corpus dial.dials':
      runs({
        first: [
          `dialproof load run dial ${PATIENT} --target http://127.0.0.1:4010 --control http://127.0.0.1:4011 --dials dials.ndjson --events events.ndjson`,
        ],
        beside: 'dialproof emulator --profile stress --dials dials.ndjson --events events.ndjson',
        with: {
          'dial.history.tsv': 'out/latest/dial.history.tsv',
          '--control URL': '--control http://127.0.0.1:4011',
          [`dial.dials${NEXT}[--events events.ndjson] [--ledger-before F]`]:
            'out/latest/dial.dials --events events.ndjson',
        },
      }),
  },
  'docs/engine.md': {
    '{ "imports": { "https://jslib.k6.io/": "./vendor/" } }': elsewhere(
      'test/load/engine/import-map.test.ts',
      "'engine.md'",
    ),
    "export const options = { iterations: 1, thresholds: { http_reqs: ['count==1'] } };": elsewhere(
      'test/load/engine/import-map.test.ts',
      "'engine.md'",
    ),
    '// vendor/helpers/1.0.0/index.js': elsewhere(
      'test/load/engine/import-map.test.ts',
      "'engine.md'",
    ),
  },
  'docs/compare.md': {
    'npm start': runs({
      adds: { 'dialproof run': FEW },
      with: { 'drops-item': 'drops-item --set iterations=4' },
      exits: { 'dialproof run --bug': 1 },
      before: giveRepository,
      shows: [
        'since the last run (2026-11-29 08:20:11 UTC, pass, main, 5c1f0b7e): 8 regressions, 2 other changes',
      ],
    }),
    'since the last run (2026-11-29 08:20:11 UTC, pass, main, 5c1f0b7e): 8 regressions, 2 other changes':
      sample(),
    'dialproof report compare A B                        # two runs: the earlier one and the newer one':
      runs({
        with: { 'compare A B': 'compare $(ls -d out/2*)' },
        not: { 'dialproof run': 'the run of the next block has these options too' },
        before: (project) => {
          giveRepository(project);
          giveRuns(project);
        },
      }),
    'dialproof run --trend trend': runs({
      adds: { 'dialproof run': `--baseline main --fail-on regression ${FEW}` },
      before: giveRepository,
    }),
    'invariant/BatchPutContact/replays-are-equal/ClientToken': holds(
      'are ids of causes of recorded runs',
      ({ text }) => {
        const recorded = readFileSync(join(PACKAGE_ROOT, 'test', 'run', 'bug-runs.json'), 'utf8');
        const ids = Object.values(JSON.parse(recorded) as Record<string, unknown>).flatMap((run) =>
          causesOf(readRun(JSON.stringify(run), 'a run')).map(({ id }) => id),
        );
        expect(ids).toEqual(expect.arrayContaining(text.split('\n')));
      },
    ),
  },
  'docs/run-json.md': {
    '"kind": "load",': json('is a reason of the schema', (value) => {
      const schema = JSON.parse(
        readFileSync(join(PACKAGE_ROOT, 'schemas', 'run.schema.json'), 'utf8'),
      );
      const ajv = new Ajv({ strict: false });
      ajv.addSchema(schema, 'run');
      const reason = ajv.compile({ $ref: 'run#/properties/reasons/items' });
      expect([reason(value), reason.errors]).toEqual([true, null]);
    }),
  },
  'docs/benchmarks.md': {
    'npm run bench': scripts('it takes half an hour'),
  },
  'docs/hardening.md': {
    'npm run fuzz                                     # 100,000 requests':
      scripts('test/fuzz does'),
  },
  'docs/report.md': {},
};

/** A repository with a commit of the branch main, as a run notes it. */
function giveRepository(project: string): void {
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    expect(spawnSync('git', [...who, ...args], { cwd: project }).status).toBe(0);
  };
  writeIn(project, '.gitignore', 'node_modules\nout\n');
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
}
