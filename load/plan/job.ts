/** A divided run as Kubernetes objects: an Indexed Job for the instances, a Job that merges them. Pure. */

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
  /** Name of a PersistentVolumeClaim that all pods can write to. */
  readonly claim: string;
  /** Size of a claim to be made, such as `10Gi`; null where it is there already. */
  readonly storage: string | null;
  /** Seconds after the start at which what is there is merged, whole or not. */
  readonly patienceSeconds: number;
}

/** An object as `kubectl apply` takes it. */
export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
};

const MOUNT = '/data';

/** Slack for pods to be scheduled and to end in, in seconds. */
const SLACK_SECONDS = 600;

export function jobObjects(plan: JobPlan): KubernetesObject[] {
  return [
    ...(plan.storage === null ? [] : [claimOf(plan.claim, plan.storage)]),
    instancesOf(plan),
    mergeOf(plan),
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
  const { parallelism, scenario, runArgs } = plan;
  const index = '$JOB_COMPLETION_INDEX';
  // The shell divides; what the user gave stays out of it, as its arguments.
  const script =
    `exec dialproof load run "$@" ` +
    `--execution-segment "${index}/${parallelism}:$(( ${index} + 1 ))/${parallelism}" ` +
    `--run-tag "$DIALPROOF_RUN_TAG" --start-at "$DIALPROOF_START_AT" --out "$DIALPROOF_OUT/${index}"`;
  return job(
    plan,
    `${plan.name}-instances`,
    { completionMode: 'Indexed', completions: parallelism, parallelism },
    ['sh', '-c', script, 'dialproof', scenario, ...runArgs],
    {
      DIALPROOF_RUN_TAG: plan.runTag,
      DIALPROOF_START_AT: plan.startAt.toISOString(),
      DIALPROOF_OUT: `${MOUNT}/${plan.name}`,
    },
  );
}

function mergeOf(plan: JobPlan): KubernetesObject {
  const deadline = Math.ceil(plan.startAt.getTime() / 1_000) + plan.patienceSeconds;
  // A missing instance must not keep the others from being judged: the merged run then says what is missing.
  const script =
    `while [ "$(ls "$DIALPROOF_OUT"/*/instance.json 2>/dev/null | wc -l)" -lt ${plan.parallelism} ] ` +
    `&& [ "$(date +%s)" -lt ${deadline} ]; do sleep 2; done; ` +
    `set -- "$@" --out "$DIALPROOF_OUT"; ` +
    `for file in "$DIALPROOF_OUT"/*/instance.json; do set -- "$@" "\${file%/instance.json}"; done; ` +
    `exec dialproof load merge "$@"`;
  return job(plan, `${plan.name}-merge`, {}, ['sh', '-c', script, 'dialproof', ...plan.mergeArgs], {
    DIALPROOF_OUT: `${MOUNT}/${plan.name}`,
  });
}

function job(
  plan: JobPlan,
  name: string,
  spec: Readonly<Record<string, unknown>>,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'dialproof', 'app.kubernetes.io/instance': plan.name };
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
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
          containers: [
            {
              name: 'dialproof',
              image: plan.image,
              command,
              env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
              envFrom: [{ secretRef: { name: plan.secret } }],
              volumeMounts: [{ name: 'data', mountPath: MOUNT }],
            },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: plan.claim } }],
        },
      },
    },
  };
}
