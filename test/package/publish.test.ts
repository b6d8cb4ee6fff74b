/** A release from its beginning to the registry, with the real git, npm and publint, and a stand-in registry. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { release } from '../../build/release-steps.ts';
import { worldOf } from '../../build/release-world.ts';
import { UserError } from '../../system/errors.ts';
import { removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { tempDir } from '../support/temp-dir.ts';

/** A registry that knows no package. It runs in a thread of its own, because a release waits for npm without turning. */
const REGISTRY = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
let status = 201;
parentPort.on('message', (next) => { status = next; });
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => { body += part; });
  request.on('end', () => {
    const { method, url, headers } = request;
    if (method === 'PUT') parentPort.postMessage({ url, authorization: headers.authorization, body });
    response.writeHead(method === 'PUT' ? status : 404, { 'content-type': 'application/json' });
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
`;

interface Put {
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

const dir = tempDir();
const before = { ...process.env };
let registry: Worker;

beforeAll(async () => {
  registry = new Worker(REGISTRY, { eval: true });
  const [{ port }] = (await once(registry, 'message')) as [{ port: number }];
  const npmrc = join(dir, 'npmrc');
  writeFileSync(
    npmrc,
    `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=secret\n`,
  );
  for (const name of Object.keys(process.env)) {
    if (name.toLowerCase().startsWith('npm_config_')) delete process.env[name];
  }
  process.env.npm_config_userconfig = npmrc;
  process.env.npm_config_cache = join(dir, 'cache');
  process.env.npm_config_update_notifier = 'false';
});

afterAll(async () => {
  process.env = before;
  await registry.terminate();
});

/** A checkout of a small package, ready to be released. */
function checkout() {
  const root = mkdtempSync(join(dir, 'checkout-'));
  const manifest = {
    name: 'small',
    version: '1.2.3',
    type: 'commonjs',
    main: './index.js',
    files: ['index.js'],
    scripts: { check: 'node --version', prepublishOnly: 'exit 1' },
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(root, 'index.js'), 'module.exports = 1;\n');
  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3 (2026-11-29)\n\n- New.\n');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '--quiet');
  for (const [name, value] of [
    ['user.name', 'a'],
    ['user.email', 'a@example.com'],
    ['tag.gpgSign', 'false'],
    ['commit.gpgSign', 'false'],
  ] as const) {
    git('config', name, value);
  }
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  const world = worldOf(root, { dryRun: false, ask: async () => '1.2.3', output: 'ignore' });
  let tarball = '';
  const pack = () => {
    tarball = world.pack();
    return tarball;
  };
  const close = () => removeTemporaryFolder(dirname(tarball));
  return { git, world: { ...world, pack, say: () => {} }, packed: () => tarball, close };
}

test('the registry gets the package that was checked, and then there is a tag', async () => {
  const { git, world, packed, close } = checkout();
  const sent = once(registry, 'message') as Promise<[Put]>;
  await release(world, { dryRun: false });
  const [{ url, authorization, body }] = await sent;
  expect(url).toBe('/small');
  expect(authorization).toBe('Bearer secret');
  const { _attachments: attachments, 'dist-tags': tags } = JSON.parse(body);
  expect(tags).toEqual({ latest: '1.2.3' });
  expect(attachments['small-1.2.3.tgz'].data).toBe(readFileSync(packed(), 'base64'));
  expect(git('tag', '--list')).toBe('v1.2.3\n');
  close();
});

test('a registry that refuses the package leaves no tag', async () => {
  const { git, world, close } = checkout();
  registry.postMessage(403);
  const sent = once(registry, 'message') as Promise<[Put]>;
  const refused = release(world, { dryRun: false });
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(
    /^"npm publish .*small-1\.2\.3\.tgz" ended with 1: see above$/,
  );
  await sent;
  expect(git('tag', '--list')).toBe('');
  close();
});
