/** Sites: an index, pruning, and what happens when several publish at once. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketOf } from '../../publish/site/s3-store.ts';
import type { Run } from '../../run/run.ts';
import { failing, hostile, passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';
import { type Given, publish, runFolder } from './fixtures.ts';
import { type S3Server, startS3 } from './s3-server.ts';

const day = (n: number, run: Run = passing): Run => ({
  ...run,
  id: `run-${n}`,
  startedAt: `2026-11-${String(n).padStart(2, '0')}T00:00:00.000Z`,
});

const given = (run: Run, more: Partial<Given> = {}): Given => ({
  run,
  dir: runFolder(tempDir(), run),
  ...more,
});

const idsIn = (index: string): string[] =>
  (JSON.parse(index) as { runs: { id: string }[] }).runs.map(({ id }) => id);

describe('a folder', () => {
  const index = (site: string) => idsIn(readFileSync(join(site, 'index.json'), 'utf8'));
  const folders = (site: string) => readdirSync(join(site, 'runs')).sort();

  it('has a page with the runs, the newest first, and each once', async () => {
    const site = tempDir();
    await publish(given(day(2, failing)), `folder=${site}`);
    await publish(given(day(1)), `folder=${site}`);
    const [told] = await publish(given(day(2, failing)), `folder=${site}`);
    expect(told).toMatchObject({ outcome: 'sent', said: 'updated, 2 runs in the index' });
    expect(index(site)).toEqual(['run-2', 'run-1']);
    const page = readFileSync(join(site, 'index.html'), 'utf8');
    expect([...page.matchAll(/href="(runs[^"]+)"/g)].map(([, href]) => href)).toHaveLength(8);
    for (const [, href = ''] of page.matchAll(/href="(runs[^"]+)"/g)) {
      expect([href, existsSync(join(site, href))]).toEqual([href, true]);
    }
    expect(readdirSync(site).sort()).toEqual(['index.html', 'index.json', 'runs']);
  });

  it('keeps the newest runs, the one that is published, and the baseline', async () => {
    const site = tempDir();
    const baseline = day(1);
    for (const n of [1, 2, 3, 4]) {
      await publish(given(day(n), { keep: 2, baseline }), `folder=${site}`);
    }
    expect(index(site)).toEqual(['run-4', 'run-1']);
    expect(folders(site)).toEqual(['run-1', 'run-4']);
    await publish(given(day(2), { keep: 1 }), `folder=${site}`);
    expect(folders(site)).toEqual(['run-2']);
  });

  it('has all runs that are published at the same time', async () => {
    const site = tempDir();
    await Promise.all([1, 2, 3, 4, 5].map((n) => publish(given(day(n)), `folder=${site}`)));
    expect(index(site)).toEqual(['run-5', 'run-4', 'run-3', 'run-2', 'run-1']);
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('5 runs');
  });

  it.each(['index.html', 'index.json'])('of somebody else is not overwritten: %s', async (name) => {
    const site = tempDir();
    writeFileSync(join(site, name), '{"mine": true}');
    const [told] = await publish(given(day(1)), `folder=${site}`);
    expect(told).toMatchObject({
      outcome: 'failed',
      said: expect.stringContaining('did not write'),
    });
    expect(readdirSync(site)).toEqual([name]);
  });

  it('holds a run with a hostile id within runs/', async () => {
    const site = tempDir();
    await publish(given({ ...hostile, id: '../../<b>' }), `folder=${site}`);
    expect(folders(site)).toEqual(['-------b-']);
    expect(readFileSync(join(site, 'index.html'), 'utf8')).not.toMatch(/<script|<img/);
  });
});

describe('S3', () => {
  let server: S3Server;

  beforeAll(async () => {
    server = await startS3(tempDir(), 'reports');
  });

  afterAll(() => server.close());

  const env = (secret = 'S3RVER') => ({
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: 'a-session-token',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_S3: server.url,
  });

  /** Reads what was uploaded, as a browser does. */
  const get = (path: string) => fetch(`${server.url}/reports/${path}`);

  it('has the same site, with a type for each file', async () => {
    // Characters that a signer must encode once and no more.
    const to = 's3=s3://reports/a team/dt=2026+x';
    const at = 'a%20team/dt%3D2026%2Bx';
    for (const n of [1, 2, 3]) {
      const [told] = await publish(given(day(n), { env: env(), keep: 2 }), to);
      expect(told).toMatchObject({ outcome: 'sent', said: expect.stringContaining('index') });
    }
    expect(idsIn(await (await get(`${at}/index.json`)).text())).toEqual(['run-3', 'run-2']);
    const page = await get(`${at}/index.html`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('runs/run-3/report.html');
    const types = ['report.html', 'run.json', 'summary.md', 'junit.xml'].map(async (name) =>
      (await get(`${at}/runs/run-3/${name}`)).headers.get('content-type'),
    );
    expect(await Promise.all(types)).toEqual([
      'text/html; charset=utf-8',
      'application/json',
      'text/markdown; charset=utf-8',
      'application/xml',
    ]);
    expect((await get(`${at}/runs/run-1/report.html`)).status).toBe(404);
  });

  it('has all runs that are published at the same time', async () => {
    const all = await Promise.all(
      [1, 2, 3].map((n) => publish(given(day(n), { env: env() }), 's3=s3://reports/together')),
    );
    expect(all.flat().map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
    expect(idsIn(await (await get('together/index.json')).text())).toEqual([
      'run-3',
      'run-2',
      'run-1',
    ]);
  });

  it.each([
    [
      'a wrong key',
      's3=s3://reports/x',
      'S3 refused (HTTP 403: SignatureDoesNotMatch)',
      'WRONG-KEY',
    ],
    [
      'a bucket that is not there',
      's3=s3://nobodys/x',
      'is the name of the bucket right?',
      'S3RVER',
    ],
  ])('tells of %s', async (_, to, said, secret) => {
    const [told] = await publish(given(day(1), { env: env(secret) }), to);
    expect(told).toMatchObject({ outcome: 'failed', said: expect.stringContaining(said) });
    expect(told?.said).not.toContain('WRONG-KEY');
  });
});

describe('the bucket', () => {
  const of = (place: string, env: Record<string, string> = {}) => {
    const { endpoint, pathStyle, prefix } = bucketOf(place, { AWS_REGION: 'eu-west-1', ...env });
    return [endpoint.href, pathStyle ? 'path' : 'virtual', prefix];
  };

  it('is found as AWS says: in the host, or in the path', () => {
    expect(of('s3://reports')).toEqual(['https://s3.eu-west-1.amazonaws.com/', 'virtual', '']);
    expect(of('s3://a.b.c/x//y/')).toEqual(['https://s3.eu-west-1.amazonaws.com/', 'path', 'x/y/']);
    expect(of('s3://reports', { AWS_REGION: 'cn-north-1' })[0]).toBe(
      'https://s3.cn-north-1.amazonaws.com.cn/',
    );
    const minio = { AWS_ENDPOINT_URL_S3: 'http://minio:9000' };
    expect(of('s3://reports', minio)).toEqual(['http://minio:9000/', 'path', '']);
    expect(of('s3://reports', { ...minio, DIALPROOF_S3_STYLE: 'virtual' })[1]).toBe('virtual');
  });

  it.each([
    ['reports/x', {}, /not a place in S3: write it as s3:\/\/BUCKET\/PREFIX/],
    ['s3://reports/a?b', {}, /"\?"/],
    ['s3://reports/../x', {}, /dot segment/],
    ['s3://reports', { AWS_REGION: '' }, /set AWS_REGION/],
    ['s3://reports', { AWS_ENDPOINT_URL_S3: 'minio' }, /AWS_ENDPOINT_URL_S3 is not a URL/],
  ])('%s with %j is refused', (place, env, said) => {
    expect(() => of(place, env)).toThrow(said);
  });
});
