/**
 * The steps of the Dockerfile that need no container engine, in a folder that stands for the file systems of its stages:
 * the installation, the copies into the image, the command of the image and its health check. The base image, the
 * isolation of the container and the build itself are not tested.
 */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DIALPROOF_VERSION } from '../../system/package.ts';
import { deployFile, pairsOf, stagesOf, textsOf } from '../deploy/files.ts';

const { install = [], image = [] } = stagesOf(deployFile('Dockerfile'));

export interface ImageFolder {
  /** Stands for `/` of the image. */
  readonly root: string;
  /** Starts ENTRYPOINT and CMD, with more variables. */
  start(more: Readonly<Record<string, string>>): ChildProcess;
  /** Runs the command of HEALTHCHECK, with more variables. */
  check(more: Readonly<Record<string, string>>): {
    readonly status: number | null;
    readonly said: string;
  };
}

/** @param dir in which it is built; everybody can read it then. */
export function buildImage(tarball: string, dir: string): ImageFolder {
  const stage = join(dir, 'stage');
  const root = join(dir, 'root');
  const packed = join(stage, 'pack.d');
  mkdirSync(packed, { recursive: true });
  cpSync(tarball, join(packed, `dialproof-${DIALPROOF_VERSION}.tgz`));

  const args = Object.assign({}, ...textsOf(install, 'ARG').map(pairsOf)) as Record<string, string>;
  const workdir = join(stage, only(textsOf(install, 'WORKDIR')));
  mkdirSync(workdir, { recursive: true });
  for (const step of textsOf(install, 'RUN')) {
    const here = step.replace(/(?<=\s)\/(pack\.d|image)\//g, `${stage}/$1/`);
    execFileSync('sh', ['-ec', here], {
      cwd: workdir,
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, ...args },
        ...{ TARGETARCH: process.arch === 'x64' ? 'amd64' : process.arch },
        // What the tests before it downloaded is not downloaded again.
        ...{ npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  for (const step of textsOf(image, 'COPY')) {
    const [, owner, from = '', to = ''] =
      /^--from=install (?:--chown=(\d+):\d+ )?(\/\S+) (\/\S+)$/.exec(step) ?? [];
    if (to === '') throw new Error(`a step that this reader does not know: COPY ${step}`);
    const target = join(root, to);
    cpSync(join(stage, from), target, { recursive: true, verbatimSymlinks: true });
    if (owner !== undefined && isRoot()) chownSync(target, Number(owner), Number(owner));
  }
  // The base image has it there.
  const bin = join(root, 'usr', 'local', 'bin');
  mkdirSync(bin, { recursive: true });
  cpSync(process.execPath, join(bin, 'node'));
  for (const folder of [dirname(dir), dir, root]) chmodSync(folder, 0o755);

  const env = Object.fromEntries(
    Object.entries(pairsOf(only(textsOf(image, 'ENV')))).map(([name, value]) => [
      name,
      name === 'PATH' ? `${value.replace(/\/(opt|usr\/local)\//g, `${root}/$1/`)}` : value,
    ]),
  );
  const [uid = 0, gid = 0] = only(textsOf(image, 'USER')).split(':').map(Number);
  const options = {
    cwd: join(root, only(textsOf(image, 'WORKDIR').slice(-1))),
    // Without root's rights nobody can become another user; then the user of the tests is one that is not root.
    ...(isRoot() ? { uid, gid } : {}),
  };
  const json = (text: string) => JSON.parse(text) as string[];
  const [entry = '', ...rest] = json(only(textsOf(image, 'ENTRYPOINT')));
  const health = json(only(textsOf(image, 'HEALTHCHECK')).replace(/^.* CMD /, ''));
  const found = (name: string) => join(root, 'opt', 'dialproof', 'node_modules', '.bin', name);
  return {
    root,
    start: (more) =>
      spawn(found(entry), [...rest, ...json(only(textsOf(image, 'CMD')))], {
        ...options,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    check(more) {
      const [name = '', ...given] = health;
      const { status, stdout, stderr } = spawnSync(found(name), given, {
        ...options,
        env: { ...env, ...more },
        encoding: 'utf8',
      });
      return { status, said: `${stdout}${stderr}` };
    },
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function only(texts: readonly string[]): string {
  const [text] = texts;
  if (text === undefined || texts.length !== 1) {
    throw new Error(`one instruction was expected, there are ${texts.length}`);
  }
  return text;
}
