import { externalAddresses } from './policies/external-addresses';
import { hostAccess } from './policies/host-access';
import { imagePrefixes } from './policies/image-prefixes';
import { imageTag } from './policies/image-tag';
import { namespaceDeletion } from './policies/namespace-deletion';
import { npuCount } from './policies/npu-count';
import { npuDevices } from './policies/npu-devices';
import { npuScheduler } from './policies/npu-scheduler';
import { npuServers } from './policies/npu-servers';
import { priorityClass } from './policies/priority-class';
import { privileges } from './policies/privileges';
import { queue } from './policies/queue';
import type { AdmissionPolicy } from './policy';

/** Every admission policy of the package, in the order of their ids. */
export const ADMISSION_POLICIES: readonly AdmissionPolicy[] = [
  npuScheduler,
  queue,
  imagePrefixes,
  priorityClass,
  npuCount,
  imageTag,
  privileges,
  hostAccess,
  namespaceDeletion,
  externalAddresses,
  npuDevices,
  npuServers,
];
