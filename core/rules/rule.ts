/** `error` must not go on, `warning` is to be looked at, `info` is to be known. */
export type Level = 'error' | 'warning' | 'info';

/** What every rule says of itself, whoever checks it. */
export interface RuleText {
  /** `AICC-CAP-001` …; never used again for something else. */
  readonly id: string;
  /** One line: what is promised, or what is in danger. */
  readonly title: string;
  /** Sentences: what goes wrong otherwise, and who says so. */
  readonly why: string;
}

/**
 * One thing that is checked; one file each, listed in the registry of its family.
 * @typeParam Subject what the rule looks at
 * @typeParam Found a promise of findings where the rule has to ask a cluster
 */
export interface Rule<Subject, Found = readonly Finding[]> extends RuleText {
  /** Of its findings, where they do not say otherwise. */
  readonly level: Level;
  /** A finding for every thing that the rule has something to say about; none where it does not apply. */
  check(subject: Subject): Found;
}

/** A rule, whatever it looks at. */
export type AnyRule = Rule<never, unknown>;

/** What a rule says about one thing. */
export interface Finding {
  /** Construct path of what it is about, or the object in a cluster: `node tj-1-npu-001`. */
  readonly path: string;
  /** What is so, in one line with its sum: `320 NPUs × 313 TFLOPS = 100.16 PF ≥ 100 PF`. */
  readonly statement: string;
  /** What to change where it does not hold. */
  readonly remedy: string;
  /** Whether all is well: a proof shows its sum then, too. @default false */
  readonly holds?: boolean;
  /**
   * Why it could be neither shown nor refuted: no source gives a value that the sum needs. Such a
   * finding holds, and reports say "not proven" beside it. @default - it was shown or refuted
   */
  readonly notProven?: string;
  /** @default - that of the rule */
  readonly level?: Level;
}
