/**
 * As much of a container engine's HTTP API as testcontainers calls for one container. Instead of a container it starts
 * the emulator from the checkout, with the variables of the container and the files that are copied into it.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import http from 'node:http';
import { readHealth } from '../../load/endpoint/read-health.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { closeServer, listen } from './listen.ts';

export interface CreatedContainer {
  readonly Image: string;
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
}

export interface ContainerEngine {
  /** For DOCKER_HOST. */
  readonly url: string;
  /** What was asked for, in order. */
  readonly created: CreatedContainer[];
  /** The calls that it got, as `METHOD /path`. */
  readonly calls: string[];
  close(): Promise<void>;
}

const ID = 'c0ffee'.padEnd(64, '0');
const HEALTH_CHECK = { Test: ['CMD', 'dialproof', 'health'] };

/** @param folder for the file system of the container. */
export async function startContainerEngine(folder: string): Promise<ContainerEngine> {
  const created: CreatedContainer[] = [];
  const calls: string[] = [];
  let child: ChildProcess | null = null;
  let ports: Record<string, string> = {};

  async function start(): Promise<void> {
    const env = created.at(-1)?.Env ?? [];
    const own = env.map((one) => [
      one.slice(0, one.indexOf('=')),
      // The root of the container is the folder.
      one.slice(one.indexOf('=') + 1).replace(/^\/etc\//, `${folder}/etc/`),
    ]);
    const free = ['--port', '0', '--control-port', '0'];
    child = spawn(process.execPath, [...NODE_ARGS, 'cli/main.ts', 'emulator', ...free], {
      cwd: PACKAGE_ROOT,
      env: { PATH: process.env.PATH, ...Object.fromEntries(own) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout?.setEncoding('utf8');
    while (!said.includes('\n\n')) {
      const [chunk] = (await Promise.race([
        once(child.stdout ?? child, 'data'),
        once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
      ])) as [string];
      said += chunk;
    }
    const [, api = ''] = /^listening at +\S+:(\d+) /m.exec(said) ?? [];
    const [, control = ''] = /^control door at +\S+:(\d+)$/m.exec(said) ?? [];
    ports = { '4010/tcp': api, '4011/tcp': control };
  }

  async function stop(): Promise<void> {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async function inspected() {
    const control = `http://127.0.0.1:${ports['4011/tcp']}`;
    const healthy = child !== null && (await readHealth(control, 3_000)).healthy;
    return {
      ...{ Id: ID, Name: '/emulator', Image: 'sha256:0', HostConfig: {} },
      Config: {
        Image: created.at(-1)?.Image,
        Labels: {},
        Hostname: 'c0ffee',
        Healthcheck: HEALTH_CHECK,
      },
      State: {
        ...{ Running: true, Status: 'running', StartedAt: new Date().toISOString() },
        Health: { Status: healthy ? 'healthy' : 'starting' },
      },
      NetworkSettings: {
        Networks: {},
        Ports: Object.fromEntries(
          Object.entries(ports).map(([port, HostPort]) => [
            port,
            [{ HostIp: '127.0.0.1', HostPort }],
          ]),
        ),
      },
    };
  }

  /** The answer to a call: its status, and its body unless it has none. */
  async function answer(call: string, body: Buffer): Promise<[number, unknown?]> {
    switch (call) {
      case 'GET /info':
        return [200, { ServerVersion: '28.0.0', OperatingSystem: 'test', OSType: 'linux' }];
      case 'GET /containers/json':
        return [200, []];
      case 'POST /containers/create':
        created.push(JSON.parse(body.toString()) as CreatedContainer);
        return [201, { Id: ID, Warnings: [] }];
      case `PUT /containers/${ID}/archive`:
        mkdirSync(folder, { recursive: true });
        execFileSync('tar', ['-xf', '-', '-C', folder], { input: body });
        return [200];
      case `POST /containers/${ID}/start`:
        await start();
        return [204];
      case `GET /containers/${ID}/json`:
        return [200, await inspected()];
      case `POST /containers/${ID}/stop`:
        await stop();
        return [204];
      case `DELETE /containers/${ID}`:
        return [204];
      default:
        if (/^GET \/images\/.+\/json$/.test(call)) return [200, { Config: {} }];
        return [404, { message: `the engine of the test has no ${call}` }];
    }
  }

  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = new URL(req.url ?? '', 'http://engine').pathname.replace(/^\/v[\d.]+/, '');
    const call = `${req.method} ${path}`;
    calls.push(call);
    const [status, body] = await answer(call, Buffer.concat(chunks)).catch(
      (error: unknown): [number, unknown] => [500, { message: String(error) }],
    );
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  });
  const port = await listen(server);
  return {
    url: `tcp://127.0.0.1:${port}`,
    created,
    calls,
    async close() {
      await stop();
      await closeServer(server);
    },
  };
}

/** The variables of a container, by their names. */
export const variablesOf = ({ Env = [] }: CreatedContainer): Record<string, string> =>
  Object.fromEntries(
    Env.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );
