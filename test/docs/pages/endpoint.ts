/** The pages about the emulated endpoint. */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patchFacts } from '../../../emulator/control/facts-patch.ts';
import { startEmulator } from '../../../emulator/emulator.ts';
import { readFaultPlan } from '../../../emulator/faults/plan.ts';
import { selfSigned } from '../../../emulator/wire/self-signed.ts';
import { ordinaryFacts } from '../../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { HAS_REDIS, startRedis } from '../../emulator/redis-server.ts';
import { textOf } from '../blocks.ts';
import { writeIn } from '../fixtures.ts';
import { lacksBoto3, lacksCli, lacksKubectl } from '../lacking.ts';
import { sampleOf } from '../observed.ts';
import { type Account, holds, json, notHere, runs, snippet } from '../rows.ts';

const DOCKER = 'a container engine';
const EMULATOR = 'dialproof emulator';
const PLAN = '"seed": 7,';
const fault = json('is a fault plan', (value) =>
  expect(readFaultPlan(value).faults).not.toEqual([]),
);

export const ENDPOINT: Account = {
  'docs/access-log.md': {
    'location / {': notHere('it needs nginx'),
  },
  'docs/clients.md': {
    '// JavaScript v2': notHere('version 2 of the SDK is no dependency'),
    '// Go v1': notHere('version 1 of the SDK is no dependency'),
    'aws connect batch-put-contact --endpoint-url http://127.0.0.1:4010 …': runs({
      lacks: lacksCli,
      beside: EMULATOR,
      first: ['export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_DEFAULT_REGION=us-east-1'],
      with: {
        '4010 …': `4010 --instance-id 8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b --contact-data-request-list '[{"RequestIdentifier":"a"}]'`,
      },
    }),
    'boto3.client("connect", endpoint_url="http://127.0.0.1:4010", region_name="us-east-1")': runs({
      lacks: lacksBoto3,
      file: {
        name: 'client.py',
        by: 'python3 -c \'import boto3; exec(open("client.py").read())\'',
      },
    }),
    "new ConnectClient({ endpoint: 'http://127.0.0.1:4010', region: 'us-east-1' });": snippet({
      before: "import { ConnectClient } from '@aws-sdk/client-connect';\ntest('a client', () => {",
      after: '});',
    }),
    '// Go v2': holds('sets what the client of test/clients/go sets', ({ text }) => {
      const client = readFileSync(join(PACKAGE_ROOT, 'test/clients/go/main.go'), 'utf8');
      for (const member of ['connect.Options{', 'BaseEndpoint:', 'Region:', 'Credentials:']) {
        expect([text, client].map((one) => [member, one.includes(member)])).toEqual([
          [member, true],
          [member, true],
        ]);
      }
    }),
    'ConnectClient.builder().endpointOverride(URI.create("http://127.0.0.1:4010")).region(Region.US_EAST_1).build();':
      notHere('it needs Java and its SDK'),
    'DIALPROOF_SECRET_KEY=… dialproof emulator --access-key AKIAMYOWNKEY12345': runs({
      with: { 'KEY=…': 'KEY=secret' },
      after: ([{ stdout } = { stdout: '' }]) => {
        expect(stdout).toContain('export AWS_ACCESS_KEY_ID=AKIAMYOWNKEY12345\n');
      },
    }),
    'export AWS_CA_BUNDLE=dialproof.pem           # boto3, AWS CLI, Go v2': runs({
      lacks: lacksCli,
      async before(project) {
        const tls = selfSigned(['127.0.0.1'], Date.now());
        writeIn(project, 'dialproof.pem', tls.cert);
        const emulator = await startEmulator({ tls });
        const { accessKeyId, secretAccessKey } = emulator.credentials.principal;
        return {
          swaps: { ADDRESS: emulator.url },
          env: {
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            AWS_DEFAULT_REGION: 'us-east-1',
          },
          close: () => emulator.close(),
        };
      },
      last: [
        `node -e 'fetch("ADDRESS/").then(({ status }) => console.log(status))'`,
        'aws connectcampaigns list-campaigns --endpoint-url ADDRESS',
      ],
      after: ([node, cli]) => {
        expect(node?.stdout).toMatch(/^\d+\n$/);
        expect(JSON.parse(cli?.stdout ?? '')).toEqual({ campaignSummaryList: [] });
      },
    }),
  },
  'docs/containers.md': {
    'docker build --tag dialproof:0.1.0 .': notHere(`it needs ${DOCKER}`),
    'docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/dialproof:0.1.0 --push .':
      notHere(`it needs ${DOCKER}`),
    'docker run --rm --publish 127.0.0.1:4010:4010 \\': notHere(`it needs ${DOCKER}`),
    'dialproof health                                   # the control port of DIALPROOF_CONTROL_PORT, or 4011, on this machine':
      runs({
        beside: EMULATOR,
        with: { 'dialproof health   ': 'DIALPROOF_CONTROL_PORT=… dialproof health   ' },
      }),
    'apiVersion: kustomize.config.k8s.io/v1beta1': runs({
      lacks: lacksKubectl,
      file: { name: 'overlay/kustomization.yaml', by: 'kubectl kustomize overlay' },
      before: (project) => {
        const base = join(PACKAGE_ROOT, 'deploy', 'kustomize', 'base');
        cpSync(base, join(project, 'base'), { recursive: true });
      },
      after: ([{ stdout } = { stdout: '' }]) => {
        expect(stdout).toMatch(/- name: DIALPROOF_PROFILE\n +value: stress/);
        expect(stdout).toContain('image: registry.example/dialproof:0.1.0');
      },
    }),
    "const emulator = await new DialproofContainer('dialproof:0.1.0')": snippet({
      typesOnly: `it needs ${DOCKER}; test/door/testcontainers.test.ts has a stand-in for one`,
    }),
  },
  'docs/control.md': {
    'CONTROL=http://127.0.0.1:4011       # dialproof emulator --control-port 4011': runs({
      beside: EMULATOR,
      after: ([clock, metrics]) => {
        expect(JSON.parse(clock?.stdout ?? '')).toMatchObject({ ahead: 604_800 });
        expect(metrics?.stdout).toContain('dialproof_requests_total');
      },
    }),
    '{"outage": "ServiceUnavailable", "choices": {"emptyLists": "omitted"}, "pendingRoom": 1000}':
      json('is taken by PUT /facts', (value) => {
        expect(patchFacts(ordinaryFacts(), value)).toMatchObject(value as object);
      }),
    '[{"id": "my-instance", "queues": [{"id": "sales", "name": "Sales", "enabled": true}],': json(
      'is taken by PUT /instances',
      (value) => {
        expect(patchFacts(ordinaryFacts(), { instances: value }).instances).toEqual(value);
      },
    ),
    '{"now": "…", "since": "…",': sampleOf('GET /campaigns', ({ campaigns }) => [campaigns], [
      'campaigns[].dialRequests.failed',
      'campaigns[].dialRequests.ended',
      'attempts',
      'choices',
    ]),
    'curl $CONTROL/campaigns -d \'{"campaigns": [{"version": 1, "id": "renewals", "name": "Renewals",':
      runs({
        beside: EMULATOR,
        first: ['CONTROL=http://127.0.0.1:4011'],
        after: ([{ stdout } = { stdout: '' }]) => {
          expect(JSON.parse(stdout)).toMatchObject({ campaigns: [{ id: 'renewals' }] });
        },
      }),
    '{"type":"dial-request","dialRequestId":"…","campaignId":"…","clientToken":"…","state":"ENDED","contactId":"…",':
      sampleOf('GET /dial-requests', ({ lines }) => lines['/dial-requests']),
    'curl -N $CONTROL/events': runs({
      beside: EMULATOR,
      first: ['CONTROL=http://127.0.0.1:4011'],
      with: { 'curl -N': 'curl -N --max-time 1' },
      // curl ends a stream that goes on with 28.
      exits: { 'curl -N': 28 },
    }),
    '{"type":"token","account":"…","region":"…","clientToken":"t","instanceId":"…","requests":2,"items":[…]}':
      sampleOf('GET /ledger', ({ lines }) => lines['/ledger']),
    '{"type":"contact","contactId":"…","clientToken":"t","requestIdentifier":"item-1","address":"+1…","attributes":{"order":"1"}}':
      sampleOf('GET /contacts', ({ lines }) => lines['/contacts'], ['attributes']),
  },
  'docs/faults.md': {
    'dialproof emulator --faults ambiguous         # a built-in plan': runs({
      before: (project) => writeIn(project, 'my-plan.json', textOf('docs/faults.md', PLAN)),
    }),
    [PLAN]: fault,
    '"faults": [': fault,
  },
  'docs/stores.md': {
    'npm run dialproof -- emulator --data-dir ./dialproof-data': runs({
      lacks: () => !HAS_REDIS && 'no redis-server',
      async before() {
        const redis = await startRedis();
        return { swaps: { 'redis://127.0.0.1:6379/0': redis.url }, close: () => redis.close() };
      },
    }),
    'npm run dialproof -- crash-test --rounds 200': notHere(
      'test/cli/crash-test.test.ts runs one round, and test/load/crash-test.test.ts some',
    ),
    'npm run dialproof -- emulator --capacity': notHere(
      'it takes some seconds of every core; test/cli/capacity.test.ts starts both, and test/load/capacity.test.ts measures',
    ),
  },
};
