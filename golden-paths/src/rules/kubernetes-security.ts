/** A manifest, as far as the rules look at it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
}

interface Container {
  name: string;
  image: string;
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    privileged?: boolean;
    capabilities?: { drop?: string[]; add?: string[] };
  };
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  env?: { name: string; value?: unknown }[];
  livenessProbe?: unknown;
  readinessProbe?: unknown;
}

interface PodSpec {
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type?: string } };
  containers: Container[];
  volumes?: Record<string, unknown>[];
}

/** The pod that a manifest leads to, if it leads to one. */
export function podOf({ kind, spec }: Manifest): PodSpec | undefined {
  if (kind !== 'Deployment' && kind !== 'CronJob') return undefined;
  const workload = (kind === 'CronJob' ? (spec?.['jobTemplate'] as { spec: object }).spec : spec) as {
    template: { spec: PodSpec };
  };
  return workload.template.spec;
}

/**
 * What in a set of manifests breaks the "restricted" pod security standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/) or our own rules on top of it.
 */
export function securityFindings(manifests: readonly Manifest[]): string[] {
  const pods = manifests.flatMap((manifest) => podOf(manifest) ?? []);
  return [
    ...pods.flatMap(podFindings),
    ...pods.flatMap(({ containers }) => containers.flatMap(containerFindings)),
    ...networkFindings(manifests),
  ];
}

/** The names of the rules that do not hold. */
function broken(rules: Record<string, boolean>): string[] {
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

function podFindings(pod: PodSpec): string[] {
  return broken({
    'pod: runAsNonRoot': pod.securityContext?.runAsNonRoot === true,
    'pod: a user id that is not 0': (pod.securityContext?.runAsUser ?? 0) > 0,
    'pod: seccomp RuntimeDefault': pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
    'pod: no token of the API server': pod.automountServiceAccountToken === false,
    'pod: nothing of the host':
      !pod.hostNetwork && !pod.hostPID && !pod.volumes?.some((v) => 'hostPath' in v),
  });
}

function containerFindings({ name, image, securityContext: security, resources, env = [] }: Container) {
  return broken({
    [`${name}: no privilege escalation`]: security?.allowPrivilegeEscalation === false,
    [`${name}: not privileged`]: security?.privileged !== true,
    [`${name}: readOnlyRootFilesystem`]: security?.readOnlyRootFilesystem === true,
    [`${name}: drops all capabilities`]:
      security?.capabilities?.drop?.join() === 'ALL' && security.capabilities.add === undefined,
    [`${name}: requests cpu and memory`]: Boolean(
      resources?.requests?.['cpu'] && resources.requests['memory'],
    ),
    [`${name}: memory has a limit`]: Boolean(resources?.limits?.['memory']),
    [`${name}: image with a version`]: /:[^:/]+$/.test(image) && !image.endsWith(':latest'),
    [`${name}: each variable once`]: new Set(env.map((variable) => variable.name)).size === env.length,
    [`${name}: no secret in a variable`]: !env.some(
      (variable) => /PASSWORD|SECRET|TOKEN|API_KEY|DATABASE_URL/.test(variable.name) && 'value' in variable,
    ),
  });
}

function networkFindings(manifests: readonly Manifest[]): string[] {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const denies = policies.some(
    ({ spec = {} }) =>
      String(spec['policyTypes']) === 'Ingress,Egress' && !('ingress' in spec) && !('egress' in spec),
  );
  return broken({ 'network: denied unless it is allowed': denies });
}
