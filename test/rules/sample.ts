import type { MonitoringRulesProps } from '../../constructs/compute-cluster/monitoring';

/**
 * Three servers in service: 2 × 8 NPUs of 313 TFLOPS (5.008 PF) beside one out of service, and 8 NPUs
 * of 70 TFLOPS (0.56 PF).
 */
export const SAMPLE: MonitoringRulesProps = {
  clusterName: 'c-1',
  gateway: true,
  pools: [
    {
      name: 'npu',
      resourceName: 'huawei.com/Ascend910',
      serverForm: 'atlas-800t-a2',
      accelerator: '910B3',
      servers: 3,
      outOfService: 1,
      npusPerServer: 8,
      tflopsPerNpu: 313,
    },
    {
      name: 'edge',
      resourceName: 'huawei.com/Ascend310P',
      serverForm: 'atlas-300i-duo-server',
      accelerator: '310P',
      servers: 1,
      outOfService: 0,
      npusPerServer: 8,
      tflopsPerNpu: 70,
    },
  ],
};
