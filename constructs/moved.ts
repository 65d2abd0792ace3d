import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Says that a construct had another id before: Terraform moves what is in its state, and replaces nothing. The
 * names of the Kubernetes objects must be the same as before. To be removed when every state has been applied.
 *
 * @param oldId id of the construct in the same scope, before it was renamed
 */
export function movedFrom(construct: Construct, oldId: string): void {
  const stack = TerraformStack.of(construct);
  const depth = construct.node.scopes.indexOf(construct);
  const above = stack.node.scopes.length;
  for (const resource of construct.node.findAll().filter(isResource)) {
    const ids = resource.node.scopes.map((scope) => scope.node.id);
    const before = ids.map((id, index) => (index === depth ? oldId : id)).slice(above);
    resource.moveFromId(`${resource.terraformResourceType}.${logicalId(before)}`);
  }
}

function isResource(construct: unknown): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct);
}

/** The id that cdktf gives to an element at a path in a stack: asked of one that is made for it. */
function logicalId(path: readonly string[]): string {
  const root = new Construct(undefined as unknown as Construct, '');
  const stack: Construct = new TerraformStack(root, 'stack');
  const scope = path.slice(0, -1).reduce((at, id) => new Construct(at, id), stack);
  return new TerraformElement(scope, path.at(-1) ?? '').friendlyUniqueId;
}
