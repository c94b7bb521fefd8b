import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { type Fact, type KeepalivedFacts, known, unknown } from '../../doctor/facts.ts';
import type { VrrpStatus } from '../../model/keepalived-status.ts';
import type { NetnsOptions } from '../in-netns.ts';
import { dumpVrrp } from '../keepalived-process.ts';
import { describeSystemError, systemErrorCode } from '../system-error.ts';
import { readConf } from './keepalived-conf.ts';

/** The keepalived that runs in a network namespace, found by its processes: its pid file may be another one's. */
export async function readKeepalived({
  netns,
  pidFile,
}: NetnsOptions & { pidFile: string }): Promise<Fact<KeepalivedFacts>> {
  const namespace = await namespaceOf(netns);
  if (namespace === undefined)
    return unknown(`The network namespace ${netns ?? 'of this process'} could not be told from others`);
  const processes = await keepalivedIn(namespace);
  if (!processes.known) return processes;
  const all = processes.value.map(({ pid }) => pid);
  const pids = processes.value.filter(({ parent }) => !all.includes(parent)).map(({ pid }) => pid);
  return known({
    pidFile,
    filePid: Number.parseInt((await readText(pidFile)) ?? '', 10) || null,
    pids,
    instances: await askAll(pids),
    conf: await readConf(pids),
  });
}

/** The number that tells a network namespace from others. */
async function namespaceOf(netns: string | undefined): Promise<string | undefined> {
  if (netns === undefined) return readlink('/proc/self/ns/net').catch(() => undefined);
  return stat(`/run/netns/${netns}`).then(
    ({ ino }) => `net:[${ino}]`,
    () => undefined,
  );
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

async function keepalivedIn(namespace: string): Promise<Fact<readonly Process[]>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: Process[] = [];
  for (const pid of pids) {
    if (!(await readText(`/proc/${pid}/comm`))?.startsWith('keepalived')) continue;
    try {
      if ((await readlink(`/proc/${pid}/ns/net`)) !== namespace) continue;
    } catch (error) {
      // It has ended; where its parent does not ask for it, an entry stays.
      if (systemErrorCode(error) === 'ENOENT') continue;
      return unknown(`keepalived (process ${pid}) cannot be looked into: ${describeSystemError(error)}`);
    }
    const parent = /^PPid:\s*(\d+)/m.exec((await readText(`/proc/${pid}/status`)) ?? '')?.[1];
    if (parent !== undefined) found.push({ pid, parent: Number(parent) });
  }
  return known(found);
}

async function askAll(pids: readonly number[]): Promise<Fact<readonly VrrpStatus[]>> {
  const all: VrrpStatus[] = [];
  for (const pid of pids) {
    const answer = await ask(pid);
    if (!answer.known) return answer;
    all.push(...answer.value);
  }
  return known(all);
}

async function ask(pid: number): Promise<Fact<readonly VrrpStatus[]>> {
  const hidden = `What keepalived (process ${pid}) says of its instances is not known`;
  // One built without JSON would die of the signal.
  if (!(await expects(pid, SIGJSON))) return unknown(`${hidden}: it was built without JSON`);
  try {
    const answer = await dumpVrrp(pid);
    return answer === null ? unknown(`${hidden}: it did not answer its signal JSON in time`) : known(answer);
  } catch (error) {
    return unknown(`${hidden}: ${describeSystemError(error)}`);
  }
}

// `keepalived --signum=JSON`
const SIGJSON = 36;

/** Whether a process blocks a signal, to read it from a descriptor as keepalived does, or has a handler for it. */
async function expects(pid: number, signal: number): Promise<boolean> {
  const status = (await readText(`/proc/${pid}/status`)) ?? '';
  const masks = [...status.matchAll(/^Sig(?:Blk|Cgt):\s*([0-9a-f]+)$/gm)].map(([, mask]) => BigInt(`0x${mask}`));
  return masks.some((mask) => ((mask >> BigInt(signal - 1)) & 1n) === 1n);
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
