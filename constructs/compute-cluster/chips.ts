import { mistakes } from '../../core/validate';
import type { PoolDraft } from './resolve-pool';

/** Who offers the NPUs of a cluster under their resource names. */
export interface NpuOffer {
  /** Whether the device plugin is the one of this package. */
  readonly managed: boolean;
  /** Whether its image comes from another place than upstream's. */
  readonly ownImages: boolean;
}

/** A pool whose server is known. */
interface KnownPool {
  readonly name: string;
  readonly resourceName: string;
  readonly chip: string;
  /** Chips of a family are offered under one name: that of the catalogue, unless it is renamed. */
  readonly family: string;
}

/**
 * A pod asks for a resource name, not for a chip: two chips behind one name would be a lottery. The device
 * plugin names devices by family (Ascend910, Ascend310P), in a file inside its image
 * (Ascend/mind-cluster branch_v26.1.0 `component/ascend-device-plugin/build/deviceNameCustomization.json`,
 * `build/Dockerfile`, `pkg/next/devicefactory/customname`): one plugin cannot tell chips of a family apart,
 * and the published image renames nothing.
 */
export function validateChips(drafts: readonly PoolDraft[], offer: NpuOffer): string[] {
  const pools = drafts.flatMap(({ name, resourceName, server }) =>
    resourceName && server
      ? {
          name,
          resourceName,
          chip: server.accelerator.id,
          family: server.accelerator.resourceName,
        }
      : [],
  );
  return offer.managed
    ? [...validateFamilies(pools), ...validateRenamed(pools, offer)]
    : clashes(pools, ({ resourceName }) => resourceName).map(
        ({ key, chips }) =>
          `one chip type a resource name and cluster; move a pool to another cluster, or have the site's device plugin offer it under another name and set its resourceName, got: ${key} for ${chips}`,
      );
}

function validateFamilies(pools: readonly KnownPool[]): string[] {
  const families = clashes(pools, ({ family }) => family);
  const mixed = new Set(families.map(({ key }) => key));
  const names = [...new Set(pools.map(({ family }) => family))].flatMap((family) => {
    const own = new Set(pools.filter((pool) => pool.family === family).map((p) => p.resourceName));
    return own.size > 1 && !mixed.has(family) ? [[...own].join(' and ')] : [];
  });
  const shared = clashes(pools, ({ resourceName }) => resourceName).filter(({ of }) =>
    of.some(({ family }) => family !== of[0]?.family),
  );
  return [
    ...families.map(
      ({ key, chips }) =>
        `one chip type a family and cluster: the device plugin offers a whole family under one name; move a pool to another cluster or set components.devicePlugin to 'external', got: ${key} for ${chips}`,
    ),
    ...names.map(
      (all) =>
        `one resource name a family and cluster: the device plugin offers a whole family under one; use the same resourceName for all its pools, got: ${all}`,
    ),
    ...shared.map(
      ({ key, chips }) =>
        `one family a resource name; set another resourceName for a pool, got: ${key} for ${chips}`,
    ),
  ];
}

/** Names that the device plugin takes: others it leaves out with a line in its log (`public_name_config.go`). */
const PUBLIC_NAME = /^[a-zA-Z][a-zA-Z0-9./]{8,30}[a-zA-Z0-9]$/;

function validateRenamed(pools: readonly KnownPool[], { ownImages }: NpuOffer): string[] {
  return pools
    .filter(({ resourceName, family }) => resourceName !== family)
    .flatMap(({ name, resourceName }) =>
      mistakes(
        !ownImages &&
          `pool '${name}': resourceName is one that upstream's image of the device plugin does not offer; set imageRegistry to one with images of the site's or leave resourceName out, got: '${resourceName}'`,
        !PUBLIC_NAME.test(resourceName) &&
          `pool '${name}': resourceName must have 10 to 32 letters, digits, '.' and '/' for the device plugin to take it; change it, got: '${resourceName}'`,
      ),
    );
}

/** Keys that stand for more than one chip type. */
function clashes(pools: readonly KnownPool[], keyOf: (pool: KnownPool) => string) {
  const groups = new Map<string, KnownPool[]>();
  for (const pool of pools) {
    groups.set(keyOf(pool), [...(groups.get(keyOf(pool)) ?? []), pool]);
  }
  return [...groups]
    .map(([key, of]) => ({ key, of, ids: [...new Set(of.map(({ chip }) => chip))] }))
    .filter(({ ids }) => ids.length > 1)
    .map(({ key, of, ids }) => ({ key, of, chips: ids.join(' and ') }));
}
