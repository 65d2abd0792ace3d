/**
 * Files that a tokenizer downloads for itself when it is first used, and that are in no repository of weights.
 * Without them an engine starts, says that it is well, and answers nothing.
 */
export interface Vocabulary {
  /** Variable that names their folder. */
  readonly variable: string;
  /** Where the site has them, `owner/name`: a directory beside those of weights. */
  readonly repository: string;
  readonly files: readonly {
    readonly name: string;
    /** In hexadecimal digits, what the tokenizer itself asks for. */
    readonly sha256: string;
  }[];
  /** Where they are fetched from, without `https://` and names. */
  readonly address: string;
  readonly source: string;
}
