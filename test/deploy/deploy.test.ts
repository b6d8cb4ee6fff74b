/** The Dockerfile, the Compose file and the kustomize base: linted, held to their schemas, and to each other. */

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import Ajv2020 from 'ajv/dist/2020';
import { Command } from 'commander';
import { validate } from 'dockerfile-utils';
import { emulatorCommand } from '../../cli/commands/emulator.ts';
import { variableOf } from '../../cli/options/environment.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { modelFaults } from '../support/kubernetes.ts';
import { deployFile, deployYaml, pairsOf, stagesOf, textsOf } from './files.ts';

const DOCKERFILE = deployFile('Dockerfile');
const { pack = [], install = [], image = [] } = stagesOf(DOCKERFILE);
const manifest = JSON.parse(deployFile('package.json')) as {
  readonly version: string;
  readonly license: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** The variables that the emulator reads. */
const command = new Command('emulator');
emulatorCommand(command);
const VARIABLES = command.options.map(variableOf);
const own = (env: object) => Object.keys(env).filter((name) => name.startsWith('DIALPROOF_'));

describe('the Dockerfile', () => {
  test('has nothing that its linter finds', () => {
    expect(validate(DOCKERFILE).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM a\nHEALTHCHECK --nope=1 CMD x\n').map(({ message }) => message)).toEqual([
      'Unknown flag: nope',
    ]);
  });

  test('makes an image that is not root, is asked for its health, and ends on SIGTERM', () => {
    expect(textsOf(image, 'USER')).toEqual(['65532:65532']);
    expect(textsOf(image, 'EXPOSE')).toEqual(['4010 4011']);
    expect(textsOf(image, 'HEALTHCHECK')).toEqual([
      expect.stringMatching(/ CMD \["dialproof", "health"\]$/),
    ]);
    expect(textsOf(image, 'ENTRYPOINT')).toEqual(['["dialproof"]']);
    expect(textsOf(image, 'CMD')).toEqual(['["emulator"]']);
    expect(textsOf(image, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('needs no emulation of the other platform: the stage of the image runs nothing', () => {
    expect(textsOf(image, 'RUN')).toEqual([]);
    for (const stage of [pack, install]) {
      expect(textsOf(stage, 'FROM')[0]).toMatch(/^--platform=\$\{BUILDPLATFORM\} /);
    }
  });

  test('has labels and versions as package.json has', () => {
    expect(textsOf(image, 'ARG')).toContain(`VERSION=${manifest.version}`);
    expect(pairsOf(textsOf(image, 'LABEL')[0] ?? '')).toMatchObject({
      'org.opencontainers.image.title': 'dialproof',
      'org.opencontainers.image.licenses': manifest.license,
      'org.opencontainers.image.version': `\${VERSION}`,
      'org.opencontainers.image.revision': `\${REVISION}`,
      'org.opencontainers.image.source': 'https://github.com/dialproof/dialproof',
    });
    const packages = [...(textsOf(install, 'ARG')[1] ?? '').matchAll(/([@\w/-]+)@([\d.]+)/g)];
    expect(packages.map(([, name]) => name)).toEqual(['@redis/client', '@aws-sdk/client-connect']);
    for (const [, name = '', version] of packages) {
      expect(manifest.devDependencies[name]).toBe(version);
    }
  });

  test('sets variables that the emulator reads, and the ports that it exposes', () => {
    const env = pairsOf(textsOf(image, 'ENV')[0] ?? '');
    expect(VARIABLES).toEqual(expect.arrayContaining(own(env)));
    expect(own(env)).toHaveLength(5);
    expect([env.DIALPROOF_PORT, env.DIALPROOF_CONTROL_PORT].join(' ')).toBe(
      textsOf(image, 'EXPOSE')[0],
    );
  });

  test('is given what the package is made of, and not the rest of the checkout', () => {
    const rules = dockerignore().add(deployFile('.dockerignore'));
    const tracked = execFileSync('git', ['ls-files'], { cwd: PACKAGE_ROOT, encoding: 'utf8' });
    const files = tracked.trim().split('\n');
    const folders = new Set(
      files.filter((file) => !rules.ignores(file)).map((file) => file.split('/')[0]),
    );
    const { include } = JSON.parse(deployFile('tsconfig.build.json')) as { include: string[] };
    const { files: packed } = JSON.parse(deployFile('package.json')) as { files: string[] };
    const needed = [...include, ...packed, 'build', 'tsconfig.json', 'package-lock.json', '.npmrc'];
    expect([...folders]).toEqual(
      expect.arrayContaining(
        needed
          // What stands after ! is left out of the package.
          .filter((path) => !path.startsWith('!'))
          .map((path) => path.split('/')[0])
          .filter((one) => one !== 'dist'),
      ),
    );
    // A folder with the name of one that is left out, further down.
    expect(rules.ignores('contracts/coverage/coverage.ts')).toBe(false);
    for (const file of ['.git/HEAD', 'node_modules/a/b.js', 'test/cli/cli.test.ts', 'dist/a.js']) {
      expect(rules.ignores(file)).toBe(true);
    }
  });
});

describe('the Compose file', () => {
  const compose = deployYaml('deploy', 'compose', 'compose.yaml');
  const emulators = ['emulator-1', 'emulator-2'].map((name) => compose.services[name]);

  // The published schema, from the module of those who publish it. Nothing is compiled.
  const module = 'github.com/compose-spec/compose-go/v2@v2.16.2';
  const got = spawnSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' });
  const dir = got.status === 0 ? (JSON.parse(got.stdout) as { Dir: string }).Dir : null;
  (dir === null ? test.skip : test)('is valid by the schema of Compose', () => {
    const schema = readFileSync(join(dir ?? '', 'schema', 'compose-spec.json'), 'utf8');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const check = ajv.compile(JSON.parse(schema) as object);
    check(compose);
    expect(check.errors ?? []).toEqual([]);
    const wrong = { services: { redis: { ...compose.services.redis, imagee: 'x' } } };
    expect(check(wrong)).toBe(false);
  });

  test('has two emulators with one store, and publishes nothing beyond this machine', () => {
    for (const { environment } of emulators) {
      expect(VARIABLES).toEqual(expect.arrayContaining(own(environment)));
      expect(environment.DIALPROOF_STORE).toBe('redis://redis:6379/0');
    }
    const ports = Object.values(compose.services).flatMap(
      (one) => (one as { ports?: string[] }).ports ?? [],
    );
    expect(ports).toHaveLength(5);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(5);
    expect(emulators.map(({ image: name }) => name)).toEqual(
      Array(2).fill(`dialproof:${manifest.version}`),
    );
  });

  test('has a Prometheus that reads the control door of both', () => {
    const { scrape_configs: jobs } = deployYaml('deploy', 'compose', 'prometheus.yml');
    expect(jobs[0].static_configs[0].targets).toEqual(['emulator-1:4011', 'emulator-2:4011']);
  });
});

describe('the kustomize base', () => {
  const base = (name: string) => deployYaml('deploy', 'kustomize', 'base', name);
  const { resources, images } = base('kustomization.yaml');
  const objects = resources.map(base);
  const [deployment, service, network] = objects;
  const { spec: pod, metadata } = deployment.spec.template;

  test('is valid by the schemas of Kubernetes', () => {
    expect(modelFaults(objects)).toEqual([null, null, null]);
    const wrong = { ...deployment, spec: { ...deployment.spec, replicas: 'one' } };
    expect(modelFaults([wrong])).toEqual([expect.stringContaining('replicas')]);
  });

  test('selects the pods of the Deployment', () => {
    const { labels } = metadata;
    expect(deployment.spec.selector.matchLabels).toEqual(labels);
    expect(service.spec.selector).toEqual(labels);
    expect(network.spec.podSelector.matchLabels).toEqual(labels);
    expect(images).toEqual([{ name: pod.containers[0].image, newTag: manifest.version }]);
  });

  test('its pod is not root, has limits, and does not take the Service for options', () => {
    expect(pod).toMatchObject({
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const [container] = pod.containers;
    expect(container).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      ports: [
        { name: 'api', containerPort: 4010 },
        { name: 'control', containerPort: 4011 },
      ],
    });
    expect(Object.keys(container.resources.limits)).toEqual(['cpu', 'memory', 'ephemeral-storage']);
  });

  test('lets only labelled pods of the namespace to the control door', () => {
    const to = (port: string) =>
      network.spec.ingress.find(({ ports }: { ports: { port: string }[] }) =>
        ports.some((one) => one.port === port),
      ).from;
    expect(to('control')).toEqual([
      { podSelector: { matchLabels: { 'dialproof/control': 'allowed' } } },
    ]);
    expect(to('api')).toEqual([{ podSelector: {} }]);
  });
});
