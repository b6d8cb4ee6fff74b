/** The YAML of `load plan` is what Kubernetes and the k6-operator take, and divides the run exactly. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { type JobPlan, jobObjects, type KubernetesObject } from '../../load/divide/job.ts';
import { testRunObjects } from '../../load/divide/test-run.ts';
import { readSegment } from '../../load/engine/read/segment.ts';
import { environmentOf, scriptOf } from '../../load/run/run-script.ts';
import { modelFaults } from '../support/kubernetes.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

const PLAN: JobPlan = {
  name: 'evening',
  scenario: 'throughput',
  parallelism: 4,
  image: 'registry.example/dialproof:1',
  runTag: 'abcd0123',
  startAt: new Date('2026-01-31T09:00:00Z'),
  leadSeconds: 120,
  runArgs: ['--target', 'https://connect.example', '--set', 'rate=400', "it's $HOME"],
  mergeArgs: ['--control', 'http://127.0.0.1:4011'],
  secret: 'aws-keys',
  place: { claim: 'evening', storage: '10Gi' },
  patienceSeconds: 600,
  size: { cpu: 1, memory: 1_024, disk: 10 },
};

const TEST_RUN_PLAN = {
  name: 'evening',
  parallelism: 4,
  image: 'grafana/k6:2.2.0',
  script: 'export default function () {}\n',
  env: { DIALPROOF_URL: 'https://connect.example' },
  secret: 'aws-keys',
  claim: 'corpus',
};

/** As a cluster reads it. */
const applied = (objects: readonly KubernetesObject[]) =>
  parseAllDocuments(objects.map((one) => stringify(one)).join('---\n')).map((one) => one.toJS());

const [claim, instances, merge, network] = applied(jobObjects(PLAN));
const containerOf = (job: typeof instances) => job.spec.template.spec.containers[0];

/** Runs a container's command with a `dialproof` that prints its arguments, one a line. */
function argsOf(job: typeof instances, env: Record<string, string>): string[] {
  const bin = join(dir, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'dialproof'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(bin, 'dialproof'), 0o755);
  const { command, env: own } = containerOf(job);
  const told = own.map(({ name, value }: { name: string; value: string }) => [name, value]);
  const [file, ...args] = command;
  const stdout = execFileSync(file, args, {
    env: { PATH: `${bin}:${process.env.PATH}`, ...Object.fromEntries(told), ...env },
    encoding: 'utf8',
  });
  return stdout.trim().split('\n');
}

test('the objects are valid', () => {
  const [map] = applied(testRunObjects(TEST_RUN_PLAN));
  expect(modelFaults([claim, instances, merge, network, map])).toEqual(Array(5).fill(null));
  const wrong = { ...instances, spec: { ...instances.spec, completions: 'four' } };
  expect(modelFaults([wrong])).toEqual([expect.stringContaining('completions')]);
});

test('the Job is indexed and tries nothing twice', () => {
  expect(instances.spec).toMatchObject({
    completionMode: 'Indexed',
    completions: 4,
    parallelism: 4,
    backoffLimit: 0,
    activeDeadlineSeconds: 120 + 600 + 600,
    template: { spec: { restartPolicy: 'Never' } },
  });
  expect(instances.metadata.annotations['dialproof/start-at']).toBe('2026-01-31T09:00:00.000Z');
});

test('no container is root, writes outside its volumes, or has no limit', () => {
  const place = { bucket: 's3://results/load', corpus: 's3://results/corpus', image: 'aws-cli:1' };
  const jobs = [instances, merge, ...applied(jobObjects({ ...PLAN, place })).slice(0, 2)];
  for (const { spec } of jobs) {
    const pod = spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65_532,
        fsGroup: 65_532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toEqual({
        requests: { cpu: '1', memory: '1024Mi', 'ephemeral-storage': '1Gi' },
        limits: { cpu: '2', memory: '1024Mi', 'ephemeral-storage': '10Gi' },
      });
      expect(container.volumeMounts).toContainEqual({ name: 'tmp', mountPath: '/tmp' });
    }
  }
  expect(network.spec.podSelector.matchLabels).toEqual(instances.spec.template.metadata.labels);
});

test('a claim that is there is not made', () => {
  const kinds = jobObjects({ ...PLAN, place: { storage: null, claim: 'shared' } }).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['Job', 'Job', 'NetworkPolicy']);
});

test('the instances together are the whole run, each in a folder of its own', () => {
  const all = [0, 1, 2, 3].map((index) => argsOf(instances, { JOB_COMPLETION_INDEX: `${index}` }));
  const after = (args: string[], option: string) => args[args.indexOf(option) + 1] ?? '';
  const numbers = all.flatMap((args) => {
    const segment = readSegment(after(args, '--execution-segment'), '');
    return Array.from({ length: segment.share(101) }, (_, own) => segment.nth(own));
  });
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  expect(new Set(all.map((args) => after(args, '--out'))).size).toBe(4);
  for (const args of all) {
    expect(args.slice(0, 3)).toEqual(['load', 'run', 'throughput']);
    expect(args).toContain("it's $HOME");
    expect(after(args, '--run-tag')).toBe('abcd0123');
    expect(after(args, '--start-at')).toBe('2026-01-31T09:00:00.000Z');
  }
});

test('the merge takes every instance that is there', () => {
  const out = join(dir, 'out');
  for (const index of ['0', '2']) {
    mkdirSync(join(out, index), { recursive: true });
    writeFileSync(join(out, index, 'instance.json'), '{}');
  }
  // Its deadline is past: it waits no longer for the two that are missing.
  expect(argsOf(merge, { DIALPROOF_OUT: out })).toEqual([
    ...['load', 'merge', '--control', 'http://127.0.0.1:4011', '--out', out],
    ...[join(out, '0'), join(out, '2')],
  ]);
});

describe('with results in S3', () => {
  const bucket = join(dir, 'bucket');
  const place = { bucket: 's3://results/load', corpus: 's3://results/corpus', image: 'aws-cli' };
  const [instances, merge] = applied(jobObjects({ ...PLAN, parallelism: 2, place }));

  /** An `aws` that copies between folders, and a `dialproof` that leaves its arguments and ends with `code`. */
  function runPod(
    job: typeof instances,
    pod: string,
    env: Record<string, string>,
    code = 0,
  ): number {
    const bin = join(dir, 'bin-s3');
    const data = join(dir, pod);
    mkdirSync(bin, { recursive: true });
    mkdirSync(data, { recursive: true });
    const scripts = {
      aws: `[ "$2" = ls ] && exec find "${bucket}/load" -name '*.json'
how=$2; shift 2; exclude=''; from=''; to=''
while [ $# -gt 0 ]; do case "$1" in
  --exclude) exclude=$2; shift;; --recursive|--no-progress) ;;
  *) if [ -z "$from" ]; then from=$1; else to=$1; fi;; esac; shift; done
real() { echo "$1" | sed 's|^s3://results|${bucket}|; s|^/data|${data}|'; }
mkdir -p "$(real "$to")"; cp -r "$(real "$from")/." "$(real "$to")"
[ -n "$exclude" ] && rm -rf "$(real "$to")/corpus"; exit 0`,
      dialproof: `echo "$@" > "$DIALPROOF_OUT/args"; out=''
while [ $# -gt 0 ]; do [ "$1" = --out ] && out=$2; shift; done
mkdir -p "$out/corpus"; echo '{}' > "$out/\${JOB_COMPLETION_INDEX:+instance}\${JOB_COMPLETION_INDEX:-report}.json"
[ -n "$JOB_COMPLETION_INDEX" ] && mv "$out/instance$JOB_COMPLETION_INDEX.json" "$out/instance.json"; exit ${code}`,
    };
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const { initContainers, containers } = job.spec.template.spec;
    for (const { command, env: own } of [...initContainers, ...containers]) {
      const told = own.map(({ name, value }: { name: string; value: string }) => [
        name,
        value.replace(/^\/data/, data),
      ]);
      const [file, ...args] = command;
      const { status } = spawnSync(file, args, {
        env: { PATH: `${bin}:${process.env.PATH}`, ...Object.fromEntries(told), ...env },
      });
      // As in a pod: one that fails ends it.
      if (status !== 0) return status ?? -1;
    }
    return 0;
  }

  it('is valid, and has no claim', () => {
    expect(modelFaults([instances, merge])).toEqual([null, null]);
    expect(instances.spec.template.spec.volumes).toEqual([
      { name: 'data', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
    ]);
    const names = ({ spec }: typeof instances) =>
      [...spec.template.spec.initContainers, ...spec.template.spec.containers].map(
        ({ name }: { name: string }) => name,
      );
    expect(names(instances)).toEqual(['corpus', 'dialproof', 'results']);
    expect(names(merge)).toEqual(['corpus', 'results', 'dialproof', 'report']);
  });

  it('takes corpus and results there and back, and ends as the run did', () => {
    mkdirSync(join(bucket, 'corpus'), { recursive: true });
    writeFileSync(join(bucket, 'corpus', 'manifest.json'), '{}');
    expect(runPod(instances, 'pod-0', { JOB_COMPLETION_INDEX: '0' })).toBe(0);
    // One that was interrupted has results too.
    expect(runPod(instances, 'pod-1', { JOB_COMPLETION_INDEX: '1' }, 130)).toBe(130);
    const results = join(bucket, 'load', 'evening');
    expect(readdirSync(join(results, '0')).sort()).toEqual([
      'corpus',
      'exit-code',
      'instance.json',
    ]);
    expect(readdirSync(join(results, '1')).sort()).toEqual(['exit-code', 'instance.json']);
    expect(readdirSync(join(dir, 'pod-1', 'corpus'))).toEqual(['manifest.json']);
    expect(runPod(merge, 'pod-merge', {}, 1)).toBe(1);
    const args = readFileSync(join(results, 'args'), 'utf8');
    expect(args).toMatch(
      /^load merge --control http:\S+ --corpus \/data\/corpus --out (\S+) \1\/0 \1\/1$/m,
    );
    expect(readdirSync(results)).toContain('report.json');
  });
});

test('options in the environment of whoever plans are not the cluster’s', () => {
  process.env.K6_VUS = '5';
  try {
    const env = environmentOf({
      script: scriptOf('smoke'),
      manifest: { predicted: {} } as CorpusManifest,
      corpusDir: '/corpus',
      runTag: 'abcd0123',
      values: {},
      target: {
        url: 'https://connect.example',
        controlUrl: null,
        quota: null,
        region: 'us-east-1',
        accessKeyId: '',
        secretAccessKey: '',
      },
    });
    expect(env.DIALPROOF_URL).toBe('https://connect.example');
    expect(env).not.toHaveProperty('K6_VUS');
  } finally {
    delete process.env.K6_VUS;
  }
});

test('credentials come from the Secret, by its name', () => {
  expect(containerOf(instances).envFrom).toEqual([{ secretRef: { name: 'aws-keys' } }]);
});

/**
 * The fields of k6.io/v1alpha1 that are used, of those that the operator publishes: TestRunSpec, Pod,
 * K6Script and K6Configmap of api/v1alpha1/testrun_types.go in grafana/k6-operator.
 */
const TEST_RUN = {
  spec: { parallelism: 'number', script: 'object', arguments: 'string', runner: 'object' },
  required: ['parallelism', 'script'],
  script: { configMap: 'object' },
  configMap: { name: 'string', file: 'string' },
  runner: {
    image: 'string',
    env: 'object',
    envFrom: 'object',
    volumes: 'object',
    volumeMounts: 'object',
  },
} as const;

describe('a TestRun of the k6-operator', () => {
  const [map, run] = applied(testRunObjects(TEST_RUN_PLAN));

  it('has the published fields only, and those that are required', () => {
    expect(run).toMatchObject({ apiVersion: 'k6.io/v1alpha1', kind: 'TestRun' });
    const typesOf = (value: object) =>
      Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeof one]));
    expect(typesOf(run.spec)).toEqual(TEST_RUN.spec);
    expect(Object.keys(run.spec)).toEqual(expect.arrayContaining([...TEST_RUN.required]));
    expect(typesOf(run.spec.script)).toEqual(TEST_RUN.script);
    expect(typesOf(run.spec.script.configMap)).toEqual(TEST_RUN.configMap);
    expect(typesOf(run.spec.runner)).toEqual(TEST_RUN.runner);
  });

  it('has its script in the ConfigMap', () => {
    const { name, file } = run.spec.script.configMap;
    expect(name).toBe(map.metadata.name);
    expect(map.data[file]).toBe(TEST_RUN_PLAN.script);
    expect(() => testRunObjects({ ...TEST_RUN_PLAN, script: 'x'.repeat(2_000_000) })).toThrow(
      RangeError,
    );
  });
});
