import type {
  CanaryRulesProps,
  MonitoringRulesProps,
} from '../../constructs/compute-cluster/monitoring';
import { hosts, poolEntryOf } from '../helpers/inventory';

/**
 * Three servers in service: 2 × 8 NPUs of 313 TFLOPS (5.008 PF) beside one out of service, and 8 NPUs
 * of 70 TFLOPS (0.56 PF).
 */
export const SAMPLE: MonitoringRulesProps = {
  clusterName: 'c-1',
  gateway: true,
  pools: [
    poolEntryOf({ hosts: hosts(3, 1) }),
    poolEntryOf({
      name: 'edge',
      resourceName: 'huawei.com/Ascend310P',
      serverForm: 'atlas-300i-duo-server',
      accelerator: '310P',
      hosts: hosts(1, 0, 'c-1-edge'),
      tflopsPerNpu: 70,
    }),
  ],
};

/** An alias in its canary. */
export const CANARY: CanaryRulesProps = {
  clusterName: 'c-1',
  alias: 'chat',
  namespace: 'm',
  foreign: 'chat-foreign',
  domestic: 'chat-domestic',
  latency: 'time-to-first-token',
  budgets: { latencyRatio: 1.2, errorDifference: 0.01 },
};
