/** What `promtool test rules` reads: the part of it that our tests use. */
export interface TestFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly TestCase[];
}

export interface TestCase {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly promql_expr_test?: readonly QueryTest[];
  readonly alert_rule_test?: readonly object[];
}

export interface InputSeries {
  /** `up{job="a"}`. */
  readonly series: string;
  /** `1+0x10`. */
  readonly values: string;
}

export interface QueryTest {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}
