import { join } from 'node:path';
import { UserError } from '../../errors';
import { runProgram } from '../../run-program';

/** Folder of the sources of a Go module, in the version that a `go.mod` beside this file pins. */
export async function moduleFolder(name: string, path: string): Promise<string> {
  const args = ['mod', 'download', '-json', path];
  const { code, stdout, stderr } = await runProgram('go', args, { cwd: join(__dirname, name) });
  if (code !== 0) throw new UserError([`go mod download ${path}: ${(stderr || stdout).trim()}`]);
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
