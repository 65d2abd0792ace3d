import { dependable, type ITerraformDependable, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Makes every resource below a construct wait for others. Resources name each other by plain
 * strings here, from which Terraform cannot tell an order.
 */
export function dependOn(scope: Construct, others: readonly ITerraformDependable[]): void {
  const names = others.map(dependable);
  for (const resource of scope.node.findAll()) {
    if (!TerraformResource.isTerraformResource(resource)) continue;
    resource.dependsOn = [...(resource.dependsOn ?? []), ...names];
  }
}
