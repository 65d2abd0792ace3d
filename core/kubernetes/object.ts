/** What every object of Kubernetes has. */
export interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A Kubernetes object as JSON has it; what is beside its metadata depends on the kind. */
export type KubernetesObject = Identified & Record<string, unknown>;

/** Where a problem was found, and what it is. */
export type Report = (path: string, message: string) => void;

/**
 * A type of `@kubernetes/client-node` as JSON has it: `from` and `default`, which it calls `_from` and `_default`,
 * and lists that nobody changes.
 */
export type Written<T> = T extends string | number | boolean | Date | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : { [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Written<T[Key]> };
