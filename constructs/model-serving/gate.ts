import type { V1Container } from '@kubernetes/client-node';

/** What an init container waits for. */
export interface Gate extends Pick<V1Container, 'env' | 'volumeMounts'> {
  readonly name: string;
  /** Image with the shell. */
  readonly image: string;
  /** @default '/bin/sh' */
  readonly shell?: string;
  readonly script: string;
  /** User that the container runs as, without any right. @default - that of the image */
  readonly user?: number;
}

/** Init container that lets the others of its pod start once a script has ended. */
export function gateContainer({ shell = '/bin/sh', script, user, ...gate }: Gate): V1Container {
  const resources = { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '1Gi' };
  return {
    ...gate,
    imagePullPolicy: 'IfNotPresent',
    command: [shell, '-c', script],
    resources: { requests: resources, limits: { ...resources } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      ...(user === undefined ? {} : { runAsNonRoot: true, runAsUser: user }),
    },
  };
}
