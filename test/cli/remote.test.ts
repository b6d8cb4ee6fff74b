/** `load run --target` beyond this machine: what is refused, what is told, how it is signed and paced. */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkFiction, checkRate, remoteEndpoint } from '../../cli/commands/remote-target.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { writeCorpus } from '../../generators/corpus.ts';
import { everyCode } from '../../generators/mix.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { describeIf } from '../clients/program.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, dialproofWith, PATIENT } from './command.ts';

const dir = tempDir();

const CHAIN = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
const loadOf = (name: 'throughput' | 'smoke' | 'quota', values = {}) => ({
  script: scriptOf(name, values),
  endpoint: 'stress' as const,
  values,
});

describe('is refused', () => {
  it.each([
    ['http', ['--target', 'http://dialer.example.com', '--allow-remote'], 'over https only'],
    ['without leave', ['--target', 'https://dialer.example.com'], 'add --allow-remote'],
    [
      'a control door',
      [
        '--target',
        'https://dialer.example.com',
        '--allow-remote',
        '--control',
        'http://127.0.0.1:1',
      ],
      '--control is for an emulator on this machine',
    ],
    [
      'a rate past the quota',
      ['--target', 'https://dialer.example.com', '--allow-remote'],
      'throughput plans rate 100, but a remote endpoint gets at most 10 requests a second',
    ],
  ])('%s', async (_, args, sentence) => {
    const out = join(dir, 'refused');
    const { code, stdout, stderr } = await dialproof(
      'load',
      'run',
      'throughput',
      '--out',
      out,
      ...args,
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('credentials that expire before the end', async () => {
    const url = new URL('https://dialer.example.com');
    const now = Date.parse('2026-01-01T00:00:00Z');
    const load = loadOf('throughput', { seconds: 60 });
    const until = (seconds: number) => async () => ({
      ...CHAIN,
      expiration: new Date(now + seconds * 1_000),
    });
    await expect(remoteEndpoint(url, 'us-east-1', load, {}, until(60), now)).rejects.toThrow(
      'the AWS credentials expire at 2026-01-01T00:01:00.000Z, before the end of throughput',
    );
    expect(await remoteEndpoint(url, 'us-east-1', load, {}, until(61), now)).toMatchObject({
      rps: 10,
    });
  });

  it('a corpus with a number that could be somebody’s', async () => {
    const corpus = join(dir, 'corpus');
    const mix = everyCode(0.5);
    const manifest = await writeCorpus(corpus, { seed: 1, batches: 80, contactsPerBatch: 5, mix });
    await checkFiction(corpus, manifest);
    const file = await open(join(corpus, 'batches.bin'), 'r+');
    const bytes = await file.readFile();
    const at = bytes.lastIndexOf('"Address":"+1') + '"Address":"'.length;
    await file.write('+12128675309', at);
    await file.close();
    await expect(checkFiction(corpus, manifest)).rejects.toThrow(
      /has \+1212867530\d+, which may be a real phone number/,
    );
  });

  it('nothing that keeps to the cap', () => {
    expect(() => checkRate(loadOf('throughput', { rate: 10 }), 10)).not.toThrow();
    expect(() => checkRate(loadOf('throughput', { rate: 11 }), 10)).toThrow(/--set rate=10/);
    expect(() => checkRate(loadOf('throughput', { rate: 11 }), 11)).not.toThrow();
    expect(() => checkRate(loadOf('quota'), 10)).not.toThrow();
    expect(() => checkRate(loadOf('quota'), 20)).toThrow(/--raise-cap 30/);
    expect(() => checkRate(loadOf('smoke'), 1)).not.toThrow();
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;

// 127.0.0.2 is this machine, but not by its usual names: to dialproof it is another one.
describeIf(
  openssl && process.platform === 'linux',
  'an https endpoint of another name',
  'no openssl, or no Linux',
  () => {
    it('gets signed requests at the cap, and is told of before', async () => {
      const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
      const args = [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-subj',
        '/CN=dialer',
        '-days',
        '1',
      ];
      const names = ['-addext', 'subjectAltName=IP:127.0.0.2', '-keyout', key, '-out', cert];
      expect(spawnSync('openssl', [...args, ...names]).status).toBe(0);
      const emulator = await startEmulator({ profile: 'stress' });
      const inner = new URL(emulator.url);
      let received = 0;
      const front = https.createServer(
        { key: readFileSync(key), cert: readFileSync(cert) },
        (req, res) => {
          if (req.method === 'PUT') received += 1;
          const { method, url: path, headers } = req;
          const onward = request(
            { host: inner.hostname, port: inner.port, method, path, headers },
            (answer) => answer.pipe(res.writeHead(answer.statusCode ?? 500, answer.headers)),
          );
          req.pipe(onward);
        },
      );
      front.listen(0, '127.0.0.2');
      await once(front, 'listening');
      const { port } = front.address() as AddressInfo;
      const { accessKeyId, secretAccessKey } = emulator.credentials.principal;
      try {
        const { code, stdout, stderr } = await dialproofWith(
          {
            NODE_EXTRA_CA_CERTS: cert,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
          },
          ...['load', 'run', 'smoke', '--iterations', '6', '--vus', '2', '--batches', '10'],
          ...['--target', `https://127.0.0.2:${port}`, '--allow-remote', '--raise-cap', '20'],
          ...[...PATIENT, '--json', '--out', join(dir, 'out')],
        );
        expect(stderr).toMatch(
          /sending to https:\/\/127\.0\.0\.2:\d+ \(us-east-1\) as \w{4}…\w{4}: smoke, at most 20 requests a second/,
        );
        expect(stderr).not.toContain(accessKeyId);
        expect(code).toBe(0);
        expect(received).toBe(6);
        // Six places of a twentieth of a second.
        expect(JSON.parse(stdout).load[0].durationMs).toBeGreaterThanOrEqual(250);
      } finally {
        front.closeAllConnections();
        front.close();
        await emulator.close();
      }
    });
  },
);
