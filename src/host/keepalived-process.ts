import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { VrrpStatus } from '../model/keepalived-status.ts';
import { systemErrorCode } from './system-error.ts';

/** The first process of a running keepalived by its pid file; null where none runs. */
export async function runningPid(pidFile: string): Promise<number | null> {
  const pid = Number((await readIfThere(pidFile))?.trim());
  if (!Number.isInteger(pid) || pid <= 1) return null;
  // A pid file outlives a killed process, and its number may be somebody else's by now.
  const name = await readIfThere(`/proc/${pid}/comm`);
  return name?.startsWith('keepalived') ? pid : null;
}

/** Its children: VRRP, checkers, BFD. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = (await readIfThere(`/proc/${pid}/task/${pid}/children`)) ?? '';
  return text.split(' ').filter(Boolean).map(Number);
}

/** Sends a signal; false where there is no such process any more. */
export function signalProcess(pid: number, signal: NodeJS.Signals | number): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) === 'ESRCH') return false;
    throw error;
  }
}

// `keepalived --signum=JSON`: SIGRTMIN + 2 of glibc.
const SIGJSON = 36;
const DUMP_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 50;

/** Asks keepalived for the state of its instances; null where it does not answer in time. */
export async function dumpVrrp(pid: number): Promise<readonly VrrpStatus[] | null> {
  const path = await dumpPath(pid);
  const before = await modifiedAt(path);
  if (!signalProcess(pid, SIGJSON)) return null;
  for (const end = performance.now() + DUMP_MILLISECONDS; performance.now() < end; ) {
    await delay(LOOK_MILLISECONDS);
    if ((await modifiedAt(path)) === before) continue;
    const instances = readDump((await readIfThere(path)) ?? '');
    if (instances !== null) return instances;
  }
  return null;
}

/** As the process sees its file system: systemd may give it a /tmp of its own. */
async function dumpPath(pid: number): Promise<string> {
  const environment = (await readIfThere(`/proc/${pid}/environ`)) ?? '';
  const folder = /(?:^|\0)TMPDIR=([^\0]+)/.exec(environment)?.[1] ?? '/tmp';
  return `/proc/${pid}/root${folder}/keepalived.json`;
}

async function modifiedAt(path: string): Promise<bigint | null> {
  return stat(path, { bigint: true }).then(
    ({ mtimeNs }) => mtimeNs,
    () => null,
  );
}

interface DumpEntry {
  readonly data: {
    readonly iname: string;
    readonly ifp_ifname: string;
    readonly vrid: number;
    readonly state: number;
    readonly base_priority: number;
    readonly effective_priority: number;
    readonly vips?: readonly string[];
    readonly evips?: readonly string[];
  };
}

/** keepalived writes without a lock, so a text that is no JSON yet may be one in a moment. */
function readDump(text: string): readonly VrrpStatus[] | null {
  try {
    const document = JSON.parse(text) as readonly DumpEntry[] | { readonly vrrp: readonly DumpEntry[] };
    return ('vrrp' in document ? document.vrrp : document).map(readEntry);
  } catch {
    return null;
  }
}

const STATES = ['init', 'backup', 'master', 'fault'] as const;

function readEntry({ data }: DumpEntry): VrrpStatus {
  return {
    name: data.iname,
    state: STATES[data.state] ?? 'fault',
    virtualRouterId: data.vrid,
    interface: data.ifp_ifname,
    basePriority: data.base_priority,
    effectivePriority: data.effective_priority,
    // `203.0.113.10/24 dev eth0 scope global set`
    vips: [...(data.vips ?? []), ...(data.evips ?? [])].map((text) => /^[0-9a-fA-F:.]+/.exec(text)?.[0] ?? text),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
