import type { Level, Result, Rule } from '../../core/rules';
import type { DeclaredPhase } from '../declared/phase';
import type { Answer, Remedied } from '../findings';
import type { LiveCluster } from '../live/cluster';

/** One thing that is looked at in a live cluster; it only reads. */
export interface Check<T> extends Rule<T, Promise<Answer> | Answer>, Remedied {
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
  readonly findings: readonly Result[];
}

/** What `--json` writes of a finding. */
export interface ReportedFinding {
  /** Of the check, `AICC-PRE-012`. */
  readonly id: string;
  readonly level: Level;
  /** What it is about, `node tj-1-npu-001`. */
  readonly subject: string;
  readonly found: string;
  readonly remedy: string;
}
