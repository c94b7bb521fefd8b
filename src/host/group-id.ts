import { exec } from './exec.ts';

/** The number of a group, wherever the system keeps its groups; null where there is none of that name. */
export async function groupId(name: string, env: Readonly<Record<string, string | undefined>>): Promise<number | null> {
  const { stdout, exitCode } = await exec('getent', ['group', name], { env, timeoutSeconds: 5 });
  const id = /^[^:]*:[^:]*:(\d+):/.exec(stdout)?.[1];
  return exitCode === 0 && id !== undefined ? Number(id) : null;
}
