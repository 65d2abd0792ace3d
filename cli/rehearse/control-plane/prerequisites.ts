import { join } from 'node:path';
import { runProgram } from '../../run-program';
import type { Kubectl } from './kubectl';
import { installVolcanoKinds } from './volcano-kinds';

const MODULE = 'github.com/prometheus-operator/prometheus-operator';
const CRDS = ['podmonitors', 'prometheusrules'].map((name) => `monitoring.coreos.com_${name}`);

/**
 * What a site installs before a phase: the kinds of the Prometheus operator, the namespace in which
 * it looks for rules and dashboards, and the kinds of Volcano. The operator's CRDs come from its Go
 * module.
 * @param crds folder with the CRDs of Volcano's release
 * @returns what there is to say about it
 */
export async function installPrerequisites(
  kubectl: Kubectl,
  namespace: string,
  crds: string,
): Promise<string> {
  const folder = join(await moduleFolder(), 'example/prometheus-operator-crd');
  const files = CRDS.flatMap((name) => ['-f', join(folder, `${name}.yaml`)]);
  await kubectl.must(['apply', '--server-side', ...files]);
  await kubectl.must(['wait', '--for=condition=Established', '--timeout=60s', ...files]);
  await kubectl.must(['create', 'namespace', namespace]);
  return installVolcanoKinds(kubectl, crds);
}

async function moduleFolder(): Promise<string> {
  const args = ['mod', 'download', '-json', MODULE];
  const cwd = join(__dirname, 'prometheus-operator');
  const { code, stdout, stderr } = await runProgram('go', args, { cwd });
  if (code !== 0) throw new Error(`go mod download ${MODULE}: ${stderr.trim() || stdout.trim()}`);
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
