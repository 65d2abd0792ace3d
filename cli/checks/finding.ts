import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';

/** Something that is not as it must be, and what to do about it. */
export interface Finding {
  /** Of the check, `AICC-PRE-012`. */
  readonly id: string;
  readonly level: 'error' | 'warning';
  /** What it is about, `node tj-1-npu-001`. */
  readonly subject: string;
  readonly found: string;
  readonly remedy: string;
}

export type Found = Omit<Finding, 'id' | 'level'> & Partial<Pick<Finding, 'level'>>;

/** One thing that is looked at; it only reads. */
export interface Check<T> {
  readonly id: string;
  /** What holds where nothing is found, `kinds are served`. */
  readonly title: string;
  /** @returns what is wrong; an error unless it says otherwise */
  check(subject: T): Promise<readonly Found[]> | readonly Found[];
  /** What is there, said whether or not it is as it must be. @returns undefined where there is nothing */
  seen?(subject: T): Promise<string | undefined>;
}

/** A phase as it was synthesized, and the cluster that it is compared with. */
export interface Subject {
  readonly phase: DeclaredPhase;
  readonly cluster: LiveCluster;
}

export interface CheckReport {
  readonly result: 'passed' | 'failed';
  readonly phase: string;
  readonly context: string;
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly result: 'passed' | 'failed';
    /** What is there, where the check says it. */
    readonly seen?: string;
  }[];
  readonly findings: readonly Finding[];
}
