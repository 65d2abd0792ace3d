import type { Check } from '../checks/check';
import { prometheusSelects } from '../preflight/checks/prometheus';
import { npusOffered, queuesOpen, quotasCounted } from './checks/capacity';
import {
  capacityDeclared,
  namespacesActive,
  objectsAsDeclared,
  objectsThere,
} from './checks/objects';
import { deploymentsRolledOut, podsRun } from './checks/roll-outs';
import { policiesTyped, routesAccepted } from './checks/traffic';
import { weightsThere } from './checks/weights';
import type { VerifySubject } from './subject';

/** Everything that must hold once a phase is deployed, in the order of its ids. */
export const VERIFY: readonly Check<VerifySubject>[] = [
  objectsThere,
  objectsAsDeclared,
  namespacesActive,
  capacityDeclared,
  deploymentsRolledOut,
  podsRun,
  npusOffered,
  quotasCounted,
  queuesOpen,
  routesAccepted,
  policiesTyped,
  weightsThere,
  // The same before and after: whether anything gathers the metrics.
  { ...prometheusSelects, id: 'AICC-VER-013' },
];
