/**
 * Prefix of labels and annotations that are ours. `.internal` is reserved for private use, so the
 * prefix cannot clash with a public project's.
 */
export const LABEL_PREFIX = 'aicc.internal';

/** Field manager of everything that we patch on objects of others. */
export const FIELD_MANAGER = 'ai-computing-centre';

export const MANAGED_BY: Readonly<Record<string, string>> = {
  'app.kubernetes.io/managed-by': 'terraform',
};
