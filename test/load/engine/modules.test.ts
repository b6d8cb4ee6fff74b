import { createHash, createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '../../../load/engine/modules/table.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { HASH_NAMES } from './hash-names.ts';
import { run } from './support.ts';

const INPUT = 'grüße';

test('crypto and encoding give what Node gives', async () => {
  const { result, lines } = await run('crypto');
  expect(result.scriptErrors).toEqual([]);
  const secret = Buffer.from([0, 200, 7]);
  const hashed = (algorithm: string, input: string | Buffer = INPUT) =>
    createHash(algorithm).update(input);
  const q = hashed('sha256', 'q').digest('base64');
  expect(lines).toEqual([
    {
      hashes: HASH_NAMES.map((name) => hashed(name).digest('hex')),
      macs: HASH_NAMES.map((name) => createHmac(name, secret).update(INPUT).digest('hex')),
      changed: createHmac('sha256', Buffer.from([1, 200, 7]))
        .update(INPUT)
        .digest('hex'),
      encodings: [
        hashed('sha256', 'q').digest('hex'),
        q,
        q.replaceAll('+', '-').replaceAll('/', '_'),
        hashed('sha256', 'q').digest('base64url'),
      ],
      binary: hashed('sha256', Buffer.from([1, 2])).digest('hex'),
      macBinary: createHmac('sha256', 'k').update('v').digest('hex'),
      further: [
        hashed('sha256', 'v').digest('hex'),
        hashed('sha256', 'vw').digest('hex'),
        createHmac('sha256', 'k').update('v').digest('hex'),
        createHmac('sha256', 'k').update('vw').digest('hex'),
      ],
      streamed: [hashed('sha256').digest('hex'), hashed('sha256').digest('base64')],
      streamedMac: createHmac('sha256', 'text key').update(INPUT).digest('hex'),
      random: 16,
      base64: [
        ['+/++AQ==', 'fbffbe01'],
        ['+/++AQ', 'fbffbe01'],
        ['-_--AQ==', 'fbffbe01'],
        ['-_--AQ', 'fbffbe01'],
      ],
      lines: INPUT,
      decoded: INPUT,
    },
  ]);
});

test('files are read by position, one descriptor for all VUs', async () => {
  const file = join(tempDir(), 'records.bin');
  const records = Array.from({ length: 9 }, (_, i) => `r${i}..`);
  writeFileSync(file, records.join(''));
  const { result, lines } = await run('files', { env: { FILE: file } });
  expect(result.scriptErrors).toEqual([]);
  expect(lines).toHaveLength(9);
  expect(lines).toEqual(
    expect.arrayContaining(
      records.map((record, k) => ({
        k,
        read: 4,
        here: k * 4 + 4,
        record: `${record.slice(0, 2)}..`,
        tail: 2,
        end: null,
        stat: { name: 'records.bin', size: 36 },
        text: 36,
        bytes: 36,
      })),
    ),
  );
});

test.each([
  ['open() in an iteration', '', 'open("x");', 'open() can be called in the init context only'],
  [
    'a metric in an iteration',
    'import { Counter } from "k6/metrics";',
    'new Counter("late");',
    "metric 'late' must be declared in the init context",
  ],
  [
    'a value that is nothing',
    'import { Counter } from "k6/metrics"; const c = new Counter("cc");',
    'c.add(null);',
    "'null' is an invalid value for metric 'cc'",
  ],
  [
    'a value that is no number',
    'import { Counter } from "k6/metrics"; const c = new Counter("cc");',
    'c.add("many");',
    "'many' is an invalid value for metric 'cc'",
  ],
  ['sleep of nothing', 'import { sleep } from "k6";', 'await sleep();', 'sleep() takes seconds'],
  [
    'md4',
    'import crypto from "k6/crypto";',
    'crypto.hmac("md4", "k", "v", "hex");',
    'md4 is not supp',
  ],
  [
    'an encoding',
    'import crypto from "k6/crypto";',
    'crypto.md5("v", "hexx");',
    'invalid output enc',
  ],
  [
    'base64 that is none',
    'import e from "k6/encoding";',
    'e.b64decode("a-b=");',
    'illegal base64 data (std)',
  ],
  [
    'what is left out of a module',
    'import http from "k6/http";',
    'http.OCSP_STATUS_GOOD;',
    'OCSP_STATUS_GOOD of k6/http is not',
  ],
])('%s throws', async (_, init, body, message) => {
  const { result } = await run(`${init}\nexport default async function () { ${body} }`);
  expect(result.scriptErrors[0]?.message).toContain(message);
  expect(result.exitCode).toBe(107);
});

test.each([
  ['import { Counter } from "k6/metrics"; new Counter("x");', 'Invalid metric name'],
  ['import { Rate } from "k6/metrics"; new Rate("http_reqs");', 'already exists'],
  ['import { SharedArray } from "k6/data"; new SharedArray("s", () => 1);', 'only arrays'],
  ['open("no-such-file.txt");', 'no-such-file.txt'],
  [
    'import http from "k6/http"; http.get("http://localhost");',
    'http.get() was called in the init',
  ],
  ['import exec from "k6/execution"; exec.scenario.name;', 'outside of the VU context'],
])('init: %s', async (init, message) => {
  const refused = run(`${init}\nexport default function () {}`);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toMatchObject({ exitCode: 107, name: 'UserError' });
});

test('every member that can be imported is there', () => {
  const vu = { timers: {}, run: {}, tags: {} } as never;
  for (const [name, { members, left, make }] of Object.entries(MODULES)) {
    if (name === 'k6/timers') continue;
    const made = make(vu);
    expect([name, Object.keys(made).sort()]).toEqual([name, [...members].sort()]);
    expect(left.filter((member) => members.includes(member))).toEqual([]);
  }
});
