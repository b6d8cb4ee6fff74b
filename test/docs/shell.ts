/** Runs the commands of a page as a reader does, one after the other, with the servers that they start. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ENVIRONMENT } from '../clients/environment.ts';
import { pathOf } from '../support/installed.ts';
import { tempDir } from '../support/temp-dir.ts';

export interface ShellRun {
  /**
   * A server that runs beside the commands: what an earlier block of the page has started. A plain `dialproof emulator`
   * is shared by the rows of a file.
   */
  readonly beside?: string;
  /** Commands of the reader before those of the block. */
  readonly first?: readonly string[];
  /** Commands of the reader after those of the block. */
  readonly last?: readonly string[];
  /** Options that are added to commands, by what these begin with. */
  readonly adds?: Readonly<Record<string, string>>;
  /** Before all: files that the reader has. What it returns is done at the end. */
  readonly before?: (project: string) => Given | Promise<Given>;
  /** Exit codes of commands that do not end with 0, by what they begin with. */
  readonly exits?: Readonly<Record<string, number | null>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Another server than those of dialproof. */
  readonly serves?: Serves;
}

export interface Serves {
  /** What its command begins with. */
  readonly begins: string;
  /** What it prints when it listens, with the port. */
  readonly ready: RegExp;
  /** Its address on the page. */
  readonly address: string;
}

/** Texts that are replaced in the commands, and what ends what was started. */
export type Ready =
  | undefined
  | {
      readonly swaps?: Readonly<Record<string, string>>;
      readonly env?: Readonly<Record<string, string>>;
      readonly close?: () => Promise<unknown>;
    };

// biome-ignore lint/suspicious/noConfusingVoidType: what only writes files returns nothing
type Given = Ready | void;

export interface Told {
  /** As it was run. */
  readonly command: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The server that the rows of a file share, once one needs it. */
let shared: Server | undefined;
const sharedFolder = tempDir();
const SHARED = 'dialproof emulator';

afterAll(async () => {
  shared?.child.kill('SIGINT');
  if (shared) expect(await shared.end).toMatchObject({ code: 0 });
});

interface Server {
  readonly command: string;
  readonly child: ChildProcess;
  readonly end: Promise<Told>;
  readonly said: () => string;
}

/** @returns what each command said. @throws if one ends with another code than it should. */
export async function runCommands(
  commands: readonly string[],
  project: string,
  { beside, first = [], last = [], adds = {}, before, exits = {}, env = {}, serves }: ShellRun,
): Promise<Told[]> {
  const ready = await before?.(project);
  const base = {
    ...withoutDialproof(ENVIRONMENT),
    ...env,
    ...ready?.env,
    PATH: pathOf(project),
    HOME: project,
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const swaps = new Map(Object.entries(ready?.swaps ?? {}));
  const servers: Server[] = [];
  const told: Told[] = [];
  let assigned = '';

  const start = (command: string, exec = '') =>
    begin(`${assigned}${exec}${command}`, command, project, base);
  const replaced = (command: string): string => {
    const [, more = ''] = Object.entries(adds).find(([name]) => command.startsWith(name)) ?? [];
    const whole = more === '' ? command : `${command} ${more}`;
    return [...swaps].reduce((text, [from, to]) => text.replaceAll(from, to), whole);
  };

  async function serve(command: string): Promise<void> {
    // The process itself, so that it gets the signal.
    const server = start(onFreePorts(command), 'exec env ');
    servers.push(server);
    if (serves && command.startsWith(serves.begins)) {
      const [, port] = serves.ready.exec(await saidBy(server, serves.ready)) ?? [];
      swaps.set(serves.address, `http://127.0.0.1:${port}`);
      return;
    }
    for (const [from, to] of learned(await saidBy(server, READY))) swaps.set(from, to);
  }

  async function share(): Promise<void> {
    shared ??= begin(`exec env ${onFreePorts(SHARED)}`, SHARED, sharedFolder, base);
    for (const [from, to] of learned(await saidBy(shared, READY))) swaps.set(from, to);
  }

  try {
    if (beside === SHARED) await share();
    else if (beside) await serve(replaced(beside));
    for (const one of [...first, ...commands, ...last]) {
      const command = replaced(one);
      if (isAssignment(command)) assigned += `${command}\n`;
      else if (isServer(command) || (serves && command.startsWith(serves.begins)))
        await serve(command);
      else told.push(await start(command).end);
    }
  } finally {
    for (const { child } of servers) child.kill('SIGINT');
    for (const { end } of servers) told.push(await end);
    await ready?.close?.();
  }
  const wrong = told.filter(({ command, code }) => {
    const [, due = 0] = Object.entries(exits).find(([name]) => command.startsWith(name)) ?? [];
    return code !== due;
  });
  expect(wrong).toEqual([]);
  return told;
}

/** `dialproof emulator` and `dialproof feeder check`, unless they are given what ends by itself. */
const isServer = (command: string): boolean =>
  /(^|\s)dialproof (emulator|feeder check)\b/.test(command) &&
  !/--(capacity|journal |control |help| )/.test(command);

/** Variables of the shell, for the commands that follow. */
const isAssignment = (command: string): boolean =>
  /^(export\s+)?\w+=(\$\(.*\)|\S*(\s+\w+=\S*)*)$/.test(command);

function onFreePorts(command: string): string {
  if (!/dialproof emulator\b/.test(command)) return command;
  const bare = command.replaceAll(/ --(control-)?port \d+/g, '');
  return `${bare} --port 0 --control-port 0`;
}

/** Addresses of the pages, and `NAME=…`, as this server has them. */
function learned(text: string): [string, string][] {
  const exported = [...text.matchAll(/(?:^export | )(\w+)=(\S+)/gm)].map(
    ([, name, value]): [string, string] => [`${name}=…`, `${name}=${value}`],
  );
  const [, api] = /^listening at +(\S+)/m.exec(text) ?? [];
  const [, control] = /^control door at +(\S+)/m.exec(text) ?? [];
  return [
    ...exported,
    ...(api ? [['http://127.0.0.1:4010', api] as [string, string]] : []),
    ...(control ? [['http://127.0.0.1:4011', control] as [string, string]] : []),
    ['DIALPROOF_CONTROL_PORT=…', `DIALPROOF_CONTROL_PORT=${control?.split(':').at(-1)}`],
  ];
}

function begin(text: string, command: string, cwd: string, env: NodeJS.ProcessEnv): Server {
  const child = spawn('bash', ['-c', text], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const end = once(child, 'close').then(([code]) => ({ command, code, stdout, stderr }));
  return { command, child, end, said: () => stdout };
}

/** The last line of what `dialproof emulator` and `dialproof feeder check` print when they listen. */
const READY = /^(refused caller|watching the feeder) .*\n/m;

/** What a server has said as soon as it has said this. */
async function saidBy({ child, end, said, command }: Server, ready: RegExp): Promise<string> {
  while (!ready.test(said())) {
    const data = once(child.stdout ?? child, 'data').then(() => null);
    const ended = await Promise.race([data, end]);
    if (ended) throw new Error(`${command} ended with ${ended.code}:\n${ended.stderr}`);
  }
  return said();
}

function withoutDialproof(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(DIALPROOF|GITHUB|GITLAB|PACT|CI$|CI_|SLACK|TEAMS|JEST|NODE_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
