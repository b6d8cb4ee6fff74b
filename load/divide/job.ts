/** A divided run as Kubernetes objects: an Indexed Job for the instances, a Job that merges them. Pure. */

import {
  containerLimits,
  outboundOnly,
  type PodSize,
  podSecurity,
  TEMPORARY,
} from './pod-limits.ts';

export interface JobPlan {
  /** Name of the run's objects, and of its folder on the volume. */
  readonly name: string;
  readonly scenario: string;
  /** Instances: the completion index is the execution segment. */
  readonly parallelism: number;
  /** An image with `dialproof` and `sh` on its PATH. */
  readonly image: string;
  readonly runTag: string;
  readonly startAt: Date;
  /** Seconds from now until then. */
  readonly leadSeconds: number;
  /** Arguments of `dialproof load run`, passed on to every instance. */
  readonly runArgs: readonly string[];
  /** Arguments of `dialproof load merge`, such as the control door. */
  readonly mergeArgs: readonly string[];
  /** Name of the Secret with the AWS credentials; it is referred to, never read. */
  readonly secret: string;
  readonly place: ClaimPlace | BucketPlace;
  /** Seconds after the start at which the available results are merged, complete or not. */
  readonly patienceSeconds: number;
  /** Of each container. */
  readonly size: PodSize;
}

/** Corpus and results on a volume that all pods can write to. */
export interface ClaimPlace {
  /** Name of the PersistentVolumeClaim. */
  readonly claim: string;
  /** Size of a claim to be made, such as `10Gi`; null where it is there already. */
  readonly storage: string | null;
}

/** Results, and the corpus where it is not made from its seed, in S3. */
export interface BucketPlace {
  /** `s3://bucket/prefix`: the run gets a folder of its name there. */
  readonly bucket: string;
  /** A corpus there; null where each instance makes it. */
  readonly corpus: string | null;
  /** An image with the AWS CLI and `sh`. */
  readonly image: string;
}

/** An object as `kubectl apply` takes it. */
export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
};

const MOUNT = '/data';
const CORPUS = `${MOUNT}/corpus`;

/** Slack for pods to be scheduled and to end in, in seconds. */
const SLACK_SECONDS = 600;

export function jobObjects(plan: JobPlan): KubernetesObject[] {
  const { place } = plan;
  return [
    ...('claim' in place && place.storage !== null ? [claimOf(place.claim, place.storage)] : []),
    instancesOf(plan),
    mergeOf(plan),
    outboundOnly(plan.name, labelsOf(plan)),
  ];
}

function claimOf(name: string, storage: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage } } },
  };
}

function instancesOf(plan: JobPlan): KubernetesObject {
  const { parallelism, scenario, place } = plan;
  const index = '$JOB_COMPLETION_INDEX';
  const out = `"$DIALPROOF_OUT/${index}"`;
  // The shell divides; what the user gave stays out of it, as its arguments.
  const script =
    `dialproof load run "$@" ` +
    `--execution-segment "${index}/${parallelism}:$(( ${index} + 1 ))/${parallelism}" ` +
    `--run-tag "$DIALPROOF_RUN_TAG" --start-at "$DIALPROOF_START_AT" --out ${out}`;
  const bucket = 'bucket' in place ? place : null;
  const corpus = bucket?.corpus ? ['--corpus', CORPUS] : [];
  return job(
    plan,
    `${plan.name}-instances`,
    { completionMode: 'Indexed', completions: parallelism, parallelism },
    [
      ...fetched(bucket),
      shell('dialproof', plan.image, bucket ? toldLater(script, out) : `exec ${script}`, [
        scenario,
        ...plan.runArgs,
        ...corpus,
      ]),
      // One corpus is enough for the merge: they are all the same.
      ...(bucket
        ? [
            shell(
              'results',
              bucket.image,
              `[ "${index}" = 0 ] || set -- --exclude "corpus/*"; ${upload(out, `"$DIALPROOF_S3/${index}"`)}`,
            ),
          ]
        : []),
    ],
    {
      DIALPROOF_RUN_TAG: plan.runTag,
      DIALPROOF_START_AT: plan.startAt.toISOString(),
    },
  );
}

function mergeOf(plan: JobPlan): KubernetesObject {
  const { place, parallelism } = plan;
  const deadline = Math.ceil(plan.startAt.getTime() / 1_000) + plan.patienceSeconds;
  // A missing instance must not keep the others from being judged: the merged run then says what is missing.
  const waiting = (there: string) =>
    `while [ "$(${there})" -lt ${parallelism} ] ` +
    `&& [ "$(date +%s)" -lt ${deadline} ]; do sleep 2; done; `;
  const out = '"$DIALPROOF_OUT"';
  const merge =
    `set -- "$@" --out ${out}; ` +
    `for file in ${out}/*/instance.json; do set -- "$@" "\${file%/instance.json}"; done; `;
  const onVolume = waiting(`ls ${out}/*/instance.json 2>/dev/null | wc -l`);
  const command = 'dialproof load merge "$@"';
  if ('claim' in place) {
    const script = `${onVolume}${merge}exec ${command}`;
    return job(plan, `${plan.name}-merge`, {}, [
      shell('dialproof', plan.image, script, plan.mergeArgs),
    ]);
  }
  const inBucket = waiting('aws s3 ls --recursive "$DIALPROOF_S3/" | grep -c "/instance.json$"');
  const corpus = place.corpus ? ['--corpus', CORPUS] : [];
  return job(plan, `${plan.name}-merge`, {}, [
    ...fetched(place),
    shell(
      'results',
      place.image,
      `${inBucket}exec aws s3 cp --recursive --no-progress "$DIALPROOF_S3" ${out}`,
    ),
    shell('dialproof', plan.image, `${merge}${toldLater(command, out)}`, [
      ...plan.mergeArgs,
      ...corpus,
    ]),
    shell('report', place.image, upload(out, '"$DIALPROOF_S3"', 'sync')),
  ]);
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
}

/** A container that runs a script of ours; what the user gave are its arguments. */
function shell(
  name: string,
  image: string,
  script: string,
  args: readonly string[] = [],
): Container {
  return { name, image, command: ['sh', '-c', script, name, ...args] };
}

function fetched(place: BucketPlace | null): Container[] {
  if (!place?.corpus) return [];
  const command = ['aws', 's3', 'cp', '--recursive', '--no-progress', place.corpus, CORPUS];
  return [{ name: 'corpus', image: place.image, command }];
}

/** Writes the exit code to a file, so that the results of a failed run are uploaded before the pod ends with that code. */
function toldLater(command: string, out: string): string {
  return `mkdir -p ${out}; ${command}; echo "$?" > ${out}/exit-code`;
}

function upload(from: string, to: string, how: 'cp --recursive' | 'sync' = 'cp --recursive') {
  return `aws s3 ${how} --no-progress ${from} ${to} "$@" && exit "$(cat ${from}/exit-code)"`;
}

function labelsOf({ name }: JobPlan): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': 'dialproof', 'app.kubernetes.io/instance': name };
}

function job(
  plan: JobPlan,
  name: string,
  spec: Readonly<Record<string, unknown>>,
  containers: readonly Container[],
  more: Readonly<Record<string, string>> = {},
): KubernetesObject {
  const { place } = plan;
  const env = {
    ...more,
    // Programs that look for it find no place to write to elsewhere.
    HOME: TEMPORARY.mount.mountPath,
    DIALPROOF_OUT: `${MOUNT}/${plan.name}`,
    ...('bucket' in place ? { DIALPROOF_S3: `${place.bucket}/${plan.name}` } : {}),
  };
  const full = containers.map((container) => ({
    ...container,
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    envFrom: [{ secretRef: { name: plan.secret } }],
    volumeMounts: [{ name: 'data', mountPath: MOUNT }, TEMPORARY.mount],
    ...containerLimits(plan.size),
  }));
  // One after the other: the last is the pod's.
  const before = full.slice(0, -1);
  const labels = labelsOf(plan);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      labels,
      annotations: { 'dialproof/start-at': plan.startAt.toISOString() },
    },
    spec: {
      ...spec,
      // A segment that is run again would send its ClientTokens again.
      backoffLimit: 0,
      activeDeadlineSeconds: plan.leadSeconds + plan.patienceSeconds + SLACK_SECONDS,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          // A Service named dialproof would set variables that look like options of the emulator.
          enableServiceLinks: false,
          securityContext: podSecurity(),
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
          ...(before.length > 0 ? { initContainers: before } : {}),
          containers: full.slice(-1),
          volumes: [
            'claim' in place
              ? { name: 'data', persistentVolumeClaim: { claimName: place.claim } }
              : { name: 'data', emptyDir: {} },
            TEMPORARY.volume,
          ],
        },
      },
    },
  };
}
