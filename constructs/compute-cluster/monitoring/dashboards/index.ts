import { CENTRE_DASHBOARD } from './centre';
import { CLUSTER_DASHBOARD } from './cluster';
import { MODEL_DASHBOARD } from './model';
import type { Dashboard } from './panel';
import { TENANT_DASHBOARD } from './tenant';

/** From the whole to the single model. */
export const DASHBOARDS: readonly Dashboard[] = [
  CENTRE_DASHBOARD,
  CLUSTER_DASHBOARD,
  TENANT_DASHBOARD,
  MODEL_DASHBOARD,
];
