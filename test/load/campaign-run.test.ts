/** The stage of campaigns: a right endpoint passes, and each way to be wrong fails the check that is meant for it. */

import http from 'node:http';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { runCampaigns } from '../../load/drive/campaign-run.ts';
import type { CampaignTarget } from '../../load/drive/campaign-session.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { CampaignsResult } from '../../run/run.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import { closeServer, listen } from '../support/listen.ts';

// Far more than it takes: a time limit is no measure of a busy machine.
jest.setTimeout(300_000);

/** Batches of a stage in which one of them is enough to be wrong. */
const FEW = 2;

/** What is changed on the way between the stage and the endpoint. */
interface Changes {
  readonly batches?: number;
  readonly emulator?: EmulatorOptions;
  readonly choices?: Partial<CampaignChoices>;
  /** Changes a request to either door. Null: it is not answered. */
  readonly request?: (path: string, body: string) => string | null;
  /** Changes an answer of either door. A number is the status of an answer in its place. */
  readonly answer?: (path: string, body: string) => string | number;
  /** Changes where the dial records go. */
  readonly dials?: (url: string) => string | undefined;
  /** Milliseconds in which dial records may arrive, where some will not. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

async function stage(changes: Changes = {}): Promise<CampaignsResult> {
  const { choices = {}, patience, signal } = changes;
  return runCampaigns({
    seed: 1,
    choices,
    batches: changes.batches ?? FEW,
    ...(patience === undefined ? {} : { patience }),
    ...(signal ? { signal } : {}),
    start: async (url) => {
      const dials = changes.dials ? changes.dials(url) : url;
      const emulator = await startEmulator({
        profile: 'stress',
        speed: 60,
        campaignChoices: choices,
        ...(dials === undefined ? {} : { dials }),
        ...changes.emulator,
      });
      const front = await between(emulator.url, changes);
      const control = await between(emulator.controlUrl, changes);
      const target: CampaignTarget = {
        url: front.url,
        controlUrl: control.url,
        region: 'us-east-1',
        instanceId: ORDINARY_INSTANCE.id,
        key: emulator.credentials.outsider,
      };
      return {
        ...target,
        async close() {
          await Promise.all([front.close(), control.close(), emulator.close()]);
        },
      };
    },
  });
}

/** A server that hands requests on, and the answers back. The Host header, which is signed, stays as it is. */
async function between(to: string, { request, answer }: Changes) {
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = req.url ?? '';
    const sent = Buffer.concat(chunks).toString('utf8');
    const changed = request ? request(path, sent) : sent;
    if (changed === null) {
      res.destroy();
      return;
    }
    const { method } = req;
    const { 'transfer-encoding': _, ...headers } = req.headers;
    const forward = http.request(`${to}${path}`, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(changed) },
    });
    forward.on('response', async (found) => {
      const parts: Buffer[] = [];
      for await (const part of found as AsyncIterable<Buffer>) parts.push(part);
      const text = Buffer.concat(parts).toString('utf8');
      const back = answer ? answer(path, text) : text;
      if (typeof back === 'number') res.writeHead(back).end('{}');
      else res.writeHead(found.statusCode ?? 500).end(back);
    });
    forward.on('error', () => res.destroy());
    forward.end(changed);
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

const kindsIn = ({ checks }: CampaignsResult): CampaignViolation['kind'][] => [
  ...new Set(checks.flatMap(({ evidence }) => evidence.map(({ kind }) => kind))),
];

/** Changes the first answer to a batch of dial requests only. */
function once(path: RegExp, change: (body: string) => string | number) {
  let done = false;
  return (at: string, body: string) => {
    if (done || !path.test(at)) return body;
    done = true;
    return change(body);
  };
}

interface Answer {
  successfulRequests: { clientToken: string; id: string }[];
  failedRequests: { clientToken: string; failureCode: string }[];
}

const FEED = /(dial|outbound)-requests$/;
const changed = (change: (answer: Answer) => void) => (body: string) => {
  const answer = JSON.parse(body) as Answer;
  change(answer);
  return JSON.stringify(answer);
};

/** Changes the lines of an answer of the control door. */
function lines(path: string, change: (line: Record<string, unknown>, i: number) => object[]) {
  return (at: string, body: string) => {
    if (at !== path) return body;
    return body
      .split('\n')
      .filter(Boolean)
      .flatMap((line, i) => change(JSON.parse(line) as Record<string, unknown>, i))
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
  };
}

it('a right endpoint passes, and everything that it did is counted', async () => {
  const result = await stage({ batches: 6 });
  expect(result.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(result.verdict).toBe('pass');
  expect(result.campaigns.map(({ operation }) => operation)).toEqual([
    'PutDialRequestBatch',
    'PutOutboundRequestBatch',
  ]);
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, n) => total + n, 0);
  for (const one of result.campaigns) {
    expect(one.sent).toBe(150);
    expect(Object.keys(one.refused).sort()).toEqual([
      'InvalidInput',
      'RequestThrottled',
      'UnknownError',
    ]);
    expect(one.accepted + sum(one.refused)).toBe(one.sent);
    expect(one.contacts + sum(one.failed)).toBe(one.accepted);
    expect(sum(one.ended)).toBe(one.contacts);
    expect(one.dialled).toBeGreaterThan(one.contacts / 2);
    expect(one.ended.EXPIRED).toBeGreaterThan(0);
    expect(Object.keys(one.ended).length).toBeGreaterThan(4);
  }
});

it.each<[string, Partial<CampaignChoices>]>([
  ['little room', { pendingLimit: 30 }],
  ['room for less than a batch', { pendingLimit: 7 }],
  [
    'no line, a slow start, and checks at other places',
    {
      concurrentCalls: 0,
      startSeconds: 3_600,
      numberCheck: 'contact',
      attributeCheck: 'ingest',
      v2Expiry: 'unbounded',
      lingerMilliseconds: 60_000,
    },
  ],
])('an endpoint with %s passes', async (_, choices) => {
  const { checks, campaigns } = await stage({ choices });
  const dialled = campaigns.some((one) => one.dialled > 0);
  expect(checks.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name)).toEqual(
    dialled ? [] : ['only contacts of BatchPutContact are dialled, each once'],
  );
});

it.each<[CampaignViolation['kind'], string, Changes]>([
  ['call refused', 'every call succeeds', { answer: once(FEED, () => 500) }],
  ['call refused', 'every call succeeds', { answer: once(FEED, () => 'no JSON') }],
  [
    'call unanswered',
    'every call succeeds',
    {
      request: (path, body) => (path.startsWith('/v2/campaigns/') && FEED.test(path) ? null : body),
    },
  ],
  [
    'not running',
    'every call succeeds',
    { answer: once(/state$/, () => '{"state":"Initialized"}') },
  ],
  [
    'answered otherwise',
    'every item is answered as predicted',
    {
      answer: once(
        FEED,
        changed(({ failedRequests }) => failedRequests.pop()),
      ),
    },
  ],
  [
    'another id',
    'a clientToken that is sent again gets the same id',
    {
      answer: (() => {
        let calls = 0;
        return (path: string, body: string) => {
          if (!/^\/campaigns.*dial-requests$/.test(path)) return body;
          calls += 1;
          if (calls !== FEW + 1) return body;
          return changed(({ successfulRequests: [first] }) => {
            if (first) first.id = 'another';
          })(body);
        };
      })(),
    },
  ],
  [
    'lost request',
    'every accepted dial request is in one contact or one stated failure',
    {
      answer: once(
        FEED,
        changed(({ successfulRequests: [first] }) => {
          if (first) first.id = 'never made';
        }),
      ),
    },
  ],
  [
    'contact and failure',
    'every accepted dial request is in one contact or one stated failure',
    { emulator: { bugs: ['drops-item'] } },
  ],
  [
    'two contacts',
    'every accepted dial request is in one contact or one stated failure',
    {
      answer: lines('/ledger', (line) =>
        line.type === 'contact'
          ? [line, { ...line, contactId: `${line.contactId}-again` }]
          : [line],
      ),
    },
  ],
  [
    'unasked contact',
    'every accepted dial request is in one contact or one stated failure',
    {
      answer: lines('/ledger', (line) =>
        line.type === 'contact' ? [line, { ...line, requestIdentifier: 'nobody asked' }] : [line],
      ),
    },
  ],
  [
    'dial of no contact',
    'only contacts of BatchPutContact are dialled, each once',
    { answer: lines('/ledger', (line) => (line.type === 'contact' ? [] : [line])) },
  ],
  [
    'dial not given',
    'only contacts of BatchPutContact are dialled, each once',
    { dials: () => undefined, patience: 50 },
  ],
  [
    'not ended',
    'every dial request comes to an end',
    {
      answer: lines('/dial-requests', (line, i) => [
        i === 0 ? { ...line, state: 'DIALING' } : line,
      ]),
    },
  ],
])('tells “%s” in the check “%s”', async (kind, check, changes) => {
  const result = await stage(changes);
  expect(result.verdict).toBe('fail');
  const failed = result.checks.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map(({ name }) => name)).toContain(check);
  expect(kindsIn(result)).toContain(kind);
});

it('tells a second dial', async () => {
  const sent: Promise<unknown>[] = [];
  let sink = '';
  const result = await stage({
    dials: (url) => {
      sink = url;
      return url;
    },
    answer: (path, body) => {
      const [first] = path === '/dial-requests' ? body.split('\n') : [];
      if (first) {
        const again = { ...JSON.parse(first), dialId: 'a second' };
        for (const dialId of ['a first', 'a second']) {
          sent.push(
            fetch(sink, { method: 'POST', body: `${JSON.stringify({ ...again, dialId })}\n` }),
          );
        }
      }
      return body;
    },
  });
  await Promise.all(sent);
  expect(kindsIn(result)).toContain('second dial');
});

it('an interrupted stage is not exercised', async () => {
  const { verdict, campaigns } = await stage({ signal: AbortSignal.abort() });
  expect(verdict).toBe('not exercised');
  expect(campaigns.map(({ sent }) => sent)).toEqual([0, 0]);
});

it('an endpoint that is gone fails, and nothing else passes', async () => {
  const result = await stage({ request: () => null });
  expect(result.checks.map(({ verdict }) => verdict)).toEqual([
    'fail',
    ...Array.from({ length: 5 }, () => 'not exercised'),
  ]);
});
