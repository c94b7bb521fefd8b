import { fstatSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { execInNetns } from './in-netns.ts';

/** The process at the other end of a socket, as the kernel says. */
export interface Peer {
  readonly pid: number;
  readonly uid: number;
}

/**
 * Who is at the other end of a unix socket. Node has no SO_PEERCRED, but ss(8) tells which sockets are connected
 * (sock_diag(7)), and /proc who has them open: nothing here comes from the peer itself. Null where that cannot be found,
 * such as without ss, or as another user than root.
 */
export async function peerOf(socket: Socket, env: Readonly<Record<string, string | undefined>>): Promise<Peer | null> {
  const inode = inodeOf(socket);
  if (inode === null) return null;
  const { stdout } = await execInNetns(['ss', '--unix', '--no-header'], { env, timeoutSeconds: 5 });
  const peer = peerInode(stdout, inode);
  // Not by ss: a process in another network namespace has sockets that ss does not list.
  const pid = peer === null ? null : await holderOf(peer);
  const uid = pid === null ? null : await uidOf(pid);
  return pid === null || uid === null ? null : { pid, uid };
}

/** Node tells the descriptor of a connection nowhere but in its handle. */
function inodeOf(socket: Socket): number | null {
  const { _handle: handle } = socket as unknown as { readonly _handle?: { readonly fd?: number } | null };
  return handle?.fd === undefined || handle.fd < 0 ? null : fstatSync(handle.fd).ino;
}

/** `u_str ESTAB 0 0 /run/x.sock 113053 * 113052`: the peer of the first is the second. */
export function peerInode(listing: string, inode: number): number | null {
  const rows = listing.matchAll(/^\S+ +\S+ +\d+ +\d+ +.* (\d+) +\* (\d+)/gm);
  const [, , peer] = [...rows].find(([, own]) => Number(own) === inode) ?? [];
  return peer === undefined || peer === '0' ? null : Number(peer);
}

/** The first process that has a socket open (proc_pid_fd(5)). */
async function holderOf(inode: number): Promise<number | null> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of processes) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
    if (links.includes(`socket:[${inode}]`)) return Number(pid);
  }
  return null;
}

/** The effective one: what it may do (proc_pid_status(5)). */
async function uidOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
  return uid === undefined ? null : Number(uid);
}
