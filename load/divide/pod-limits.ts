/** What the pods of a divided run may do and take: security contexts, resources, a network policy. Pure. */

/** What one container asks for. */
export interface PodSize {
  /** CPUs. A container may use twice as many for a while: Node has helper threads. */
  readonly cpu: number;
  /** Memory in MiB, requested and not to be exceeded. */
  readonly memory: number;
  /** Disk for the corpus, the history and temporary files, in GiB: not to be exceeded. */
  readonly disk: number;
}

/** User and group of the container image. Any image works with it that writes to its volumes and /tmp only. */
const USER = 65_532;

export function podSecurity(): Readonly<Record<string, unknown>> {
  return {
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    // So that the user can write to the volumes.
    fsGroup: USER,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Members of a container. */
export function containerLimits({ cpu, memory, disk }: PodSize): Readonly<Record<string, unknown>> {
  return {
    resources: {
      requests: { cpu: `${cpu}`, memory: `${memory}Mi`, 'ephemeral-storage': '1Gi' },
      limits: { cpu: `${cpu * 2}`, memory: `${memory}Mi`, 'ephemeral-storage': `${disk}Gi` },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      // kube-score looks for them in each container.
      runAsUser: USER,
      runAsGroup: USER,
      capabilities: { drop: ['ALL'] },
    },
  };
}

/** Where any program may write: the rest of the file system is read-only. */
export const TEMPORARY = {
  mount: { name: 'tmp', mountPath: '/tmp' },
  volume: { name: 'tmp', emptyDir: {} },
};

/** Instances call others; nobody calls them. */
export function outboundOnly(
  name: string,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string } {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{}],
    },
  };
}
