import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AddressChange, monitorAddresses } from './address-monitor.ts';
import { ALL_VIPS } from './ha-plan.ts';
import type { Switch } from './ha-switch.ts';
import { runIn } from './site.ts';
import { until } from './until.ts';

/** What keepalived says of one VRRP instance, in the dump that it makes for a signal. */
interface DumpedInstance {
  readonly data: { readonly iname: string; readonly state: number; readonly effective_priority: number };
}

export type VrrpState = 'init' | 'backup' | 'master' | 'fault';

/** What keepalived thinks of one VRRP instance. */
export interface VrrpStanding {
  readonly state: VrrpState;
  /** As its adverts say it. */
  readonly priority: number;
}

export interface HaDirectorOptions {
  readonly name: string;
  readonly netns: string;
  /** Where its cables end. */
  readonly switch: Switch;
  /** Its own, for everything that keepalived reads and writes. */
  readonly folder: string;
}

const STATES: readonly VrrpState[] = ['init', 'backup', 'master', 'fault'];
/** `keepalived --signum=JSON` of 2.2.7; Node knows no names of real-time signals. */
const SIGJSON = 36;

/** A director of the lab: its host with its cables, and its keepalived. */
export class HaDirector {
  readonly name: string;
  readonly netns: string;
  /** Where keepalived.conf is, and lvsctl may keep its state. */
  readonly folder: string;
  /** What keepalived reads and writes. */
  readonly files;
  private readonly switch: Switch;
  private readonly addresses;
  private keepalived: ChildProcess | undefined;

  constructor(options: HaDirectorOptions) {
    const { name, netns, folder } = options;
    this.name = name;
    this.netns = netns;
    this.files = {
      conf: join(folder, 'keepalived.conf'),
      log: join(folder, 'keepalived.log'),
      // The name that it has under TMPDIR.
      dump: join(folder, 'keepalived.json'),
      pid: join(folder, 'keepalived.pid'),
      vrrpPid: join(folder, 'vrrp.pid'),
      checkersPid: join(folder, 'checkers.pid'),
    };
    this.switch = options.switch;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.addresses = monitorAddresses(netns);
  }

  /** Replaces keepalived.conf; keepalived reads it when it is started or reloaded. */
  configure(conf: string): void {
    writeFileSync(`${this.files.conf}.new`, conf);
    renameSync(`${this.files.conf}.new`, this.files.conf);
  }

  /** Starts keepalived and waits until it speaks VRRP. */
  async start(): Promise<void> {
    const log = openSync(this.files.log, 'a');
    const begin = this.log.length;
    const pids = ['-p', this.files.pid, '-r', this.files.vrrpPid, '-c', this.files.checkersPid];
    const command = ['keepalived', '-n', '-l', '-G', '-f', this.files.conf, ...pids];
    this.keepalived = spawn('nsenter', [`--net=/run/netns/${this.netns}`, ...command], {
      stdio: ['ignore', log, log],
      // Its dumps have fixed names.
      env: { ...process.env, TMPDIR: this.folder },
    });
    closeSync(log);
    this.keepalived.unref();
    const isReady = () => /Startup complete/.test(this.log.slice(begin));
    await until(isReady, { describe: () => `${this.name}: ${this.log.slice(begin)}` });
  }

  /** Reads keepalived.conf again. */
  reload(): void {
    this.keepalived?.kill('SIGHUP');
  }

  /** Asks keepalived to end, and waits until it has: it gives its VIPs back. What ends it says when that was. */
  async stop(): Promise<number> {
    const at = Date.now();
    this.keepalived?.kill('SIGTERM');
    await this.ended();
    return at;
  }

  /** Kills all of keepalived's processes at once, so that none can tidy up: the VIPs stay where they are. */
  async kill(): Promise<number> {
    const at = Date.now();
    this.freeze();
    const pids = this.processes();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await this.ended();
    // keepalived does not start while a child of the former one is there, be it dead and waiting for its new parent.
    await until(() => !pids.some((pid) => existsSync(`/proc/${pid}`)));
    return at;
  }

  /** Kills the first of its processes alone. */
  async killParent(): Promise<number> {
    const at = Date.now();
    this.keepalived?.kill('SIGKILL');
    await this.ended();
    return at;
  }

  /**
   * The host dies: nothing is heard of it any more, and keepalived had no time to see that its cables are out. VIPs do not
   * outlive it; its kernel's tables do, here.
   */
  async crash(): Promise<number> {
    this.freeze();
    const at = await this.unplug('eth0', 'eth1');
    await this.kill();
    const changes = ALL_VIPS.flatMap((vip) => this.lastChange(vip) ?? []).filter(({ isThere }) => isThere);
    runIn(this.netns, ['ip', '-batch', '-'], changes.map(({ place }) => `address del ${place}\n`).join(''));
    return at;
  }

  /** The host is back after a crash. */
  async revive(): Promise<void> {
    await this.plug('eth0', 'eth1');
    await this.start();
  }

  /** Takes cables out, at the switch's end. */
  unplug(...devices: readonly string[]): Promise<number> {
    return this.switch.setPorts(this.ports(devices), 'down');
  }

  plug(...devices: readonly string[]): Promise<number> {
    return this.switch.setPorts(this.ports(devices), 'up');
  }

  /** Whether one of its interfaces has that address now. */
  holds(address: string): boolean {
    return this.lastChange(address)?.isThere ?? false;
  }

  /** When it got the address that it has; undefined when it has it not. */
  heldSince(address: string): number | undefined {
    const change = this.lastChange(address);
    return change?.isThere ? change.at : undefined;
  }

  /** What keepalived thinks of its instances, by their names. */
  async vrrpStandings(): Promise<Record<string, VrrpStanding>> {
    const path = this.files.dump;
    rmSync(path, { force: true });
    process.kill(Number(readFileSync(this.files.vrrpPid, 'utf8')), SIGJSON as unknown as NodeJS.Signals);
    await until(() => parseDump(path) !== undefined, { describe: () => this.log });
    const instances = parseDump(path)?.map(({ data }) => [
      data.iname,
      { state: STATES[data.state] ?? 'init', priority: data.effective_priority },
    ]);
    return Object.fromEntries(instances ?? []);
  }

  /** All that keepalived wrote. */
  get log(): string {
    return readIfThere(this.files.log);
  }

  /** Runs a command on it and gives what it printed. */
  run(...command: readonly string[]): string {
    return runIn(this.netns, command);
  }

  /** Sets what is in a folder of /proc/sys/net. */
  sysctls(folder: string, values: Readonly<Record<string, string>>): void {
    const lines = Object.entries(values).map(([name, value]) => `echo ${value} >/proc/sys/net/${folder}/${name}`);
    this.run('sh', '-ec', lines.join('\n'));
  }

  async remove(): Promise<void> {
    this.keepalived?.ref();
    await this.kill();
    this.addresses.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Or the first process would start a killed one again, and one whose first process died would give its VIPs back. */
  private freeze(): void {
    for (const pid of this.processes()) process.kill(pid, 'SIGSTOP');
  }

  /** The first process, and then its children. */
  private processes(): number[] {
    const { pid } = this.keepalived ?? {};
    return pid === undefined ? [] : [pid, ...childrenOf(pid)];
  }

  private async ended(): Promise<void> {
    const child = this.keepalived;
    this.keepalived = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    await once(child, 'exit');
  }

  private ports(devices: readonly string[]): string[] {
    return devices.map((device) => `${this.name}-${device}`);
  }

  private lastChange(address: string): AddressChange | undefined {
    return this.addresses.changes.findLast((change) => change.address === address);
  }
}

function childrenOf(pid: number): number[] {
  return readIfThere(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Undefined while keepalived is still writing. */
function parseDump(path: string): DumpedInstance[] | undefined {
  try {
    return JSON.parse(readIfThere(path)) as DumpedInstance[];
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
