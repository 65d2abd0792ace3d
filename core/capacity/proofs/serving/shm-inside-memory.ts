import { servingProof } from './serving-proof';

export const shmInsideMemory = servingProof(
  {
    id: 'AICC-SRV-007',
    title: 'shared memory lies inside the memory limit',
    why:
      'Files in `/dev/shm` count against the memory limit of the pod: a larger shm ends in an ' +
      'OOM kill.',
  },
  ({ plan: { shmGib, podMemoryGib } }) => {
    const holds = shmGib < podMemoryGib;
    return {
      holds,
      statement: `${shmGib} GiB of /dev/shm ${holds ? '<' : '≥'} ${podMemoryGib} GiB of a pod`,
      remedy: `give less than ${podMemoryGib} GiB of shared memory, or pods more memory`,
    };
  },
);
