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

/** Of OpenAI's harmony, in which every chat of gpt-oss is written. */
export const HARMONY: Vocabulary = {
  variable: 'TIKTOKEN_ENCODINGS_BASE',
  repository: 'openai/encodings',
  files: [
    {
      name: 'o200k_base.tiktoken',
      sha256: '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d',
    },
    {
      name: 'cl100k_base.tiktoken',
      sha256: '223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7',
    },
  ],
  address: 'openaipublic.blob.core.windows.net/encodings',
  source:
    'openai/harmony src/tiktoken_ext/public_encodings.rs (55dc322); openai-harmony 0.0.8 asks for the same checksum',
};
