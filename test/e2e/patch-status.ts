import { ApiError, type LiveCluster, type ObjectRef } from '../../cli/live/cluster';

/** Writes what a controller would; kinds without a schema have no subresource for it. */
export async function patchStatus(
  cluster: LiveCluster,
  ref: ObjectRef,
  status: object,
): Promise<void> {
  try {
    await cluster.patch(ref, { status }, 'status');
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 404) throw error;
    await cluster.patch(ref, { status });
  }
}
