import { servingProof } from './serving-proof';

/** Files in `/dev/shm` count against the memory limit of the pod: a larger shm ends in an OOM kill. */
export const shmInsideMemory = servingProof(
  { id: 'AICC-SRV-007', title: 'shared memory lies inside the memory limit' },
  ({ plan: { shmGib, podMemoryGib } }) => {
    const holds = shmGib < podMemoryGib;
    return {
      holds,
      arithmetic: `${shmGib} GiB of /dev/shm ${holds ? '<' : '≥'} ${podMemoryGib} GiB of a pod`,
      remedy: `give less than ${podMemoryGib} GiB of shared memory, or pods more memory`,
    };
  },
);
