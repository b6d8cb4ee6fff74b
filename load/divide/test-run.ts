/** A divided run as a k6-operator TestRun (k6.io/v1alpha1), the script in a ConfigMap. Pure. */

import type { KubernetesObject } from './job.ts';

export interface TestRunPlan {
  readonly name: string;
  readonly parallelism: number;
  /** An image with k6; null for the default image of the operator. */
  readonly image: string | null;
  /** The script, bundled for k6. */
  readonly script: string;
  /** Environment variables of the script, without credentials. */
  readonly env: Readonly<Record<string, string>>;
  /** Name of the Secret with the AWS credentials; it is referred to, never read. */
  readonly secret: string;
  /** Name of the PersistentVolumeClaim with the corpus. */
  readonly claim: string;
}

/** Where the script finds the claim. */
export const CORPUS_MOUNT = '/corpus';

/** Bytes that a ConfigMap can hold. */
const CONFIG_MAP_BYTES = 1_048_576;

/** @throws RangeError for a script that no ConfigMap can hold. */
export function testRunObjects(plan: TestRunPlan): KubernetesObject[] {
  const bytes = Buffer.byteLength(plan.script);
  if (bytes > CONFIG_MAP_BYTES) {
    throw new RangeError(`the script has ${bytes} bytes, a ConfigMap holds ${CONFIG_MAP_BYTES}`);
  }
  const file = 'script.js';
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: plan.name },
      data: { [file]: plan.script },
    },
    {
      apiVersion: 'k6.io/v1alpha1',
      kind: 'TestRun',
      metadata: { name: plan.name },
      spec: {
        parallelism: plan.parallelism,
        script: { configMap: { name: plan.name, file } },
        // Each runner would judge its own part by the promises of the whole.
        arguments: '--no-thresholds --log-format=raw',
        runner: {
          ...(plan.image === null ? {} : { image: plan.image }),
          env: Object.entries({
            ...plan.env,
            // The operator's "k6 archive" leaves the environment out unless it is told.
            K6_INCLUDE_SYSTEM_ENV_VARS: 'true',
          }).map(([name, value]) => ({ name, value })),
          envFrom: [{ secretRef: { name: plan.secret } }],
          volumes: [{ name: 'corpus', persistentVolumeClaim: { claimName: plan.claim } }],
          volumeMounts: [{ name: 'corpus', mountPath: CORPUS_MOUNT, readOnly: true }],
        },
      },
    },
  ];
}
