import { TerraformBackend, type TerraformRemoteState, type TerraformStack } from 'cdktf';
import { escapeTemplate } from '../core/kubernetes/templates';
import { contextOf, type Settings } from './settings';

/**
 * Where the state of a stack is kept, a key of its own for each stack. The classes of cdktf ask for a connection string
 * with its password (pg), know no lock file (s3), and there is none for kubernetes.
 */
export class StateBackend extends TerraformBackend {
  private readonly attributes: Readonly<Record<string, unknown>>;

  /** @param cluster name of the phase's cluster */
  constructor(stack: TerraformStack, settings: Settings, cluster: string) {
    super(stack, 'backend', settings.state?.kind ?? 'local');
    this.attributes = attributesOf(stack.node.id, settings, cluster);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.attributes };
  }

  /** Names are known at synthesis, so no stack reads the state of another. */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error('no stack reads the state of another');
  }
}

function attributesOf(stack: string, settings: Settings, cluster: string): Record<string, unknown> {
  const { state = { kind: 'local' } } = settings;
  switch (state.kind) {
    case 'local':
      // Relative to the stack's folder in cdktf.out: beside the output, because the CLI deletes the
      // folders of stacks that are gone.
      return { path: `../../../terraform-state/${stack}.tfstate` };
    case 'pg':
      return { schema_name: stack };
    case 's3':
      return {
        bucket: state.bucket,
        key: [state.prefix, `${stack}.tfstate`].filter(Boolean).join('/'),
        // A lock beside the object; no table of another service.
        use_lockfile: true,
        ...(state.region ? { region: state.region } : {}),
        ...(state.endpoint ? notAmazon(state.endpoint) : {}),
      };
    case 'kubernetes':
      return {
        secret_suffix: stack,
        namespace: state.namespace,
        config_path: escapeTemplate(settings.kubeconfig),
        config_context: escapeTemplate(state.context ?? contextOf(settings, cluster)),
      };
  }
}

/** A server of a site has no accounts, no regions and no names of buckets in its DNS. */
function notAmazon(endpoint: string): Record<string, unknown> {
  return {
    endpoints: { s3: endpoint },
    use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
    skip_s3_checksum: true,
  };
}
