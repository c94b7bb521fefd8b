import { OperationError } from '../../errors.ts';
import { exec } from '../exec.ts';

/** Whose rights a script gets. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where nothing says who runs a script, keepalived takes this user if there is one (lib/notify.c: set_default_script_user). */
const DEFAULT_USER = 'keepalived_script';

/** The account for a text `user` or `user group`; null: keepalived_script where there is such a user. Undefined: our own. */
export async function accountFor(user: string | null, env: Env): Promise<Account | undefined> {
  const uid = process.getuid?.();
  if (user === null) return uid === 0 ? accountOf(DEFAULT_USER, env) : undefined;
  const [name = '', group] = user.trim().split(/\s+/);
  const account = await accountOf(name, env);
  if (account === undefined) throw new OperationError(`There is no user ${name} to run a script as`);
  const gid = group === undefined ? account.gid : await gidOf(group, env);
  if (uid === 0) return { ...account, gid };
  if (uid === account.uid && process.getgid?.() === gid) return undefined;
  throw new OperationError(`A script cannot be run as ${user}, since lvsctl does not run as root`);
}

async function accountOf(name: string, env: Env): Promise<Account | undefined> {
  const [, , uid, gid, , home] = (await lookUp('passwd', name, env)) ?? [];
  return home === undefined ? undefined : { uid: Number(uid), gid: Number(gid), home };
}

async function gidOf(group: string, env: Env): Promise<number> {
  const [, , gid] = (await lookUp('group', group, env)) ?? [];
  if (gid === undefined) throw new OperationError(`There is no group ${group} to run a script as`);
  return Number(gid);
}

type Entry = readonly string[] | undefined;
const entries = new Map<string, Promise<Entry>>();

/** The fields of an entry, looked up once as keepalived does; undefined where there is none. */
function lookUp(database: 'passwd' | 'group', name: string, env: Env): Promise<Entry> {
  const key = `${database} ${name}`;
  const entry = entries.get(key) ?? getent(database, name, env);
  entries.set(key, entry);
  entry.catch(() => entries.delete(key));
  return entry;
}

async function getent(database: string, name: string, env: Env): Promise<Entry> {
  const { exitCode, stdout, stderr, message } = await exec('getent', [database, name], { timeoutSeconds: 10, env });
  // getent(1): the key is not there.
  if (exitCode === 2) return undefined;
  if (exitCode !== 0) throw new OperationError(`Cannot look up ${name} in ${database}: ${stderr.trim() || message}`);
  return stdout.trim().split(':');
}
