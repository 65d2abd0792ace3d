import type { ServingsProof } from '../../proof';
import { autoscalingFitsCeiling } from './autoscaling-fits-ceiling';
import { contextFits } from './context-fits';
import { dataTypesSupported } from './data-types-supported';
import { groupsHaveServers } from './groups-have-servers';
import { headsDivide } from './heads-divide';
import { hostsSuffice } from './hosts-suffice';
import { parallelismCoversNpus } from './parallelism-covers-npus';
import { podsHaveAllowedNpus } from './pods-have-allowed-npus';
import { podsMatchPool } from './pods-match-pool';
import { servingsDrainable } from './servings-drainable';
import { shmInsideMemory } from './shm-inside-memory';
import { updatesFitPool } from './updates-fit-pool';
import { updatesFitQuota } from './updates-fit-quota';
import { updatesProgress } from './updates-progress';
import { weightsFit } from './weights-fit';

/** Every proof about servings, in the order of their ids. */
export const SERVING_PROOFS: readonly ServingsProof[] = [
  parallelismCoversNpus,
  headsDivide,
  weightsFit,
  contextFits,
  dataTypesSupported,
  podsHaveAllowedNpus,
  shmInsideMemory,
  updatesFitQuota,
  updatesFitPool,
  autoscalingFitsCeiling,
  servingsDrainable,
  updatesProgress,
  podsMatchPool,
  hostsSuffice,
  groupsHaveServers,
];
