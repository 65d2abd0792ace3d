import type { Proof } from '../../proof';
import { parallelismCoversNpus } from './parallelism-covers-npus';
import { podsHaveAllowedNpus } from './pods-have-allowed-npus';

/** Every proof about servings, in the order of their ids. */
export const SERVING_PROOFS: readonly Proof[] = [parallelismCoversNpus, podsHaveAllowedNpus];
