/**
 * What kustomize and kube-score say of the base and of a load plan. Both come from Go's module proxy and are compiled,
 * which takes more than a minute of CPU once. They run when GO_TOOLS=true.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { jobObjects } from '../../load/divide/job.ts';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';

const KUSTOMIZE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';
const KUBE_SCORE = 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0';

const wanted = process.env.GO_TOOLS === 'true' && spawnSync('go', ['version']).status === 0;
const dir = tempDir();
jest.setTimeout(30 * 60_000);

function go(module: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('go', ['run', module, ...args], {
    cwd: dir,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}

/** Images that are loaded into a cluster by hand have no registry to ask, so the pull policy is the default one. */
function score(yaml: string) {
  const file = join(dir, 'objects.yaml');
  writeFileSync(file, yaml);
  const { status, stdout } = go(
    ...([KUBE_SCORE, 'score', '--output-format', 'ci'] as const),
    ...['--ignore-test', 'container-image-pull-policy', file],
  );
  return { status, critical: stdout.split('\n').filter((line) => line.startsWith('[CRITICAL]')) };
}

(wanted ? describe : describe.skip)('kustomize and kube-score', () => {
  const plan = {
    ...{ name: 'evening', scenario: 'throughput', parallelism: 4, image: 'dialproof:1' },
    ...{ runTag: 'abcd0123', startAt: new Date(0), leadSeconds: 120, patienceSeconds: 600 },
    ...{ runArgs: [], mergeArgs: [], secret: 'aws-keys', size: { cpu: 1, memory: 512, disk: 1 } },
    place: { bucket: 's3://b/x', corpus: 's3://b/c', image: 'aws-cli:1' },
  };
  const yaml = jobObjects(plan)
    .map((one) => stringify(one))
    .join('---\n');

  test('the base can be built, and nothing critical is found in it', () => {
    const built = go(KUSTOMIZE, 'build', join(PACKAGE_ROOT, 'deploy', 'kustomize', 'base'));
    expect({ ...built, stdout: '' }).toEqual({ status: 0, stdout: '', stderr: expect.anything() });
    expect(built.stdout).toContain(`image: dialproof:${DIALPROOF_VERSION}`);
    expect(score(built.stdout)).toEqual({ status: 0, critical: [] });
  });

  test('nothing critical is found in a load plan, and what would be is', () => {
    expect(score(yaml)).toEqual({ status: 0, critical: [] });
    const { status, critical } = score(yaml.replaceAll('readOnlyRootFilesystem: true', ''));
    expect(status).toBe(1);
    expect(critical.join()).toContain('writable root filesystem');
  });
});
