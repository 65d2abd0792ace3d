import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../../../cli/process/clean-up';
import { runProgram } from '../../../cli/run-program';

/** The account `nobody` of Debian and most others: PostgreSQL refuses to run as root. */
const NOBODY = 65534;

export interface Postgres {
  /** For `PG_CONN_STR`; it holds the password. */
  readonly connection: string;
  /** Runs one statement. @returns its rows, a line each */
  query(sql: string): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL on a socket in a folder of its own; it is stopped at the end at the latest.
 * @returns undefined where it is not installed
 */
export async function startPostgres(password: string): Promise<Postgres | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-pg-'));
  const remove = atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const root = process.getuid?.() === 0;
  const as = root ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o600);
  if (root) for (const path of [folder, passwordFile]) chownSync(path, NOBODY, NOBODY);
  const run = async (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const options = { ...as, cwd: folder, env: { ...process.env, ...env } };
    const { code, stdout, stderr } = await runProgram(program, args, options);
    if (code !== 0) throw new Error(`${program}: ${(stderr || stdout).trim()}`);
    return stdout;
  };
  try {
    await run('initdb', [
      '-D',
      data,
      '-U',
      'aicc',
      '--auth=scram-sha-256',
      '--pwfile',
      passwordFile,
    ]);
  } catch (error) {
    await remove();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const stop = atEnd(async () => {
    await run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    await remove();
  });
  // A socket only: no port that others may have.
  const options = `-k ${folder} -c listen_addresses=''`;
  await run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-o', options, '-w', 'start']);
  return {
    connection: `postgres://aicc:${password}@/postgres?host=${folder}`,
    query: async (sql) => {
      const args = ['-h', folder, '-U', 'aicc', '-d', 'postgres', '-Atc', sql];
      const rows = await run('psql', args, { PGPASSWORD: password });
      return rows.split('\n').filter((row) => row !== '');
    },
    stop,
  };
}
