/** A Kubernetes object as JSON has it; what is beside its metadata depends on the kind. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
} & Record<string, unknown>;

/** Where a problem was found, and what it is. */
export type Report = (path: string, message: string) => void;
