import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a keepalived.conf stands on while the real keepalived reads it: a network namespace of its own with these links. */
export interface Ground {
  /** Addresses with their prefix lengths, by interface. */
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
}

export const ETH0: Ground = { interfaces: { eth0: ['192.0.2.11/24', '2001:db8::11/64'] } };

/**
 * What `keepalived -t` says of a file, a message each; empty for a file that it takes without a word. An exit status
 * other than 0 is a message too, since it may come without any.
 */
export async function testConf(text: string, ground: Ground = ETH0): Promise<readonly string[]> {
  return await inFolder(text, async (folder) => {
    const child = startKeepalived(folder, { ground, options: ['-t'] });
    const { code, signal } = await child.ended;
    const messages = child.output().split('\n').filter(Boolean);
    return code === 0 ? messages : [...messages, `keepalived -t ended with ${signal ?? code}`];
  });
}

/** What each of keepalived's processes has made of a file. */
export interface Dump {
  /** What was logged on starting, without time stamps: keepalived says some things here only, and not with -t. */
  readonly log: readonly string[];
  readonly vrrp: string;
  /** Empty unless the file has virtual servers and IPVS is there. */
  readonly checker: string;
  /** Empty unless the file has BFD instances. */
  readonly bfd: string;
}

/** Starts keepalived on a file and has it write down what it holds. `vrrpOnly` needs no IPVS. */
export async function dumpConf(
  text: string,
  { ground = ETH0, vrrpOnly = false }: { ground?: Ground; vrrpOnly?: boolean } = {},
): Promise<Dump> {
  return await inFolder(text, async (folder) => {
    const child = startKeepalived(folder, { ground, options: ['-n', '-l', '-G', '-d', ...(vrrpOnly ? ['-P'] : [])] });
    try {
      // A process that has begun its dump on the console takes signals.
      await child.until((output) => /Startup complete/.test(output) && dumpsIn(output) >= pidsIn(output).length);
      child.signal('SIGUSR1');
      const files = pidsIn(child.output()).map(({ file }) => join(folder, file));
      await child.until((output) => files.every(existsSync) && !pidsIn(output).some(({ pid }) => hasDataOpen(pid)));
      return { log: logLines(child.output()), ...readDumps(folder) };
    } finally {
      await child.kill();
    }
  });
}

/**
 * What keepalived logged on starting that is not in the nature of things. It makes more checks then than with -t: of
 * scripts that nobody tracks, for one.
 */
export function complaintsIn({ log }: Dump): readonly string[] {
  return log.filter((line) => !NORMAL.some((pattern) => pattern.test(line)));
}

const NORMAL: readonly RegExp[] = [
  /^(?:Starting|Running on|Command line:|Configuration file|Startup complete|Printing \w+ data) ?/,
  /^NOTICE: setting config option max_auto_priority should result/,
  /^(?:Initializing ipvs|Gained quorum|Activating (?:BFD )?healthchecker)/,
  /^\(.*\):? entering \w+ state/i,
  /^\(.*\) Changing effective priority/,
  /^VRRP_Script\(.*\) succeeded/,
  /^VRRP_Group\(.*\):? Syncing \S+ to \w+ state$/,
  /^Delaying startup for/,
  // It drops packets by nftables unless told otherwise.
  /no firewall configured - using nftables$/,
  // A guest's kernel has not all of nftables, and its one CPU may be busy.
  /^mnl_socket_recvfrom error|^A thread timer expired [\d.]+ seconds ago$/,
  // Its own address may not be ready so early.
  /^\(.*\): send advert error/,
  // No SNMP agent of the host is there.
  /^(?:Created directory: .*snmp|Warning: Failed to connect to the agentx master agent)/,
  // The kernel tells the first network namespace alone which processes start and end.
  /^Failed to set\/clear process event listen/,
];

const CHILDREN = { VRRP: 'keepalived.data', Healthcheck: 'keepalived_check.data', BFD: 'keepalived_bfd.data' } as const;

function pidsIn(output: string): { readonly pid: string; readonly file: string }[] {
  return [...output.matchAll(/Starting (VRRP|Healthcheck|BFD) child process, pid=(\d+)/g)].map(([, name, pid]) => ({
    pid: String(pid),
    file: CHILDREN[name as keyof typeof CHILDREN],
  }));
}

function dumpsIn(output: string): number {
  return output.match(/------< Global definitions >------/g)?.length ?? 0;
}

/** Whether a process is still writing its dump. */
function hasDataOpen(pid: string): boolean {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    return links.some((link) => link.endsWith('.data'));
  } catch {
    // A descriptor was closed between the two looks.
    return true;
  }
}

function readDumps(folder: string): Pick<Dump, 'vrrp' | 'checker' | 'bfd'> {
  const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
  return { vrrp: read(CHILDREN.VRRP), checker: read(CHILDREN.Healthcheck), bfd: read(CHILDREN.BFD) };
}

function logLines(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.replace(/^\w{3} \w{3} +\d+ [\d:]{8} \d{4}: /, ''))
    .filter((line) => line !== '' && !/^ |^------</.test(line));
}

async function inFolder<T>(text: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'keepalived-'));
  try {
    writeFileSync(join(folder, 'keepalived.conf'), text);
    writeFileSync(join(folder, 'links'), '');
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Long, since a guest on a busy machine is slow. */
const LIMIT_MILLISECONDS = 120_000;

interface Keepalived {
  /** Both streams so far. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Waits until something holds of the output; throws when keepalived ends first, or takes too long. */
  until(holds: (output: string) => boolean): Promise<void>;
  kill(): Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function startKeepalived(
  folder: string,
  { ground, options }: { ground: Ground; options: readonly string[] },
): Keepalived {
  writeFileSync(join(folder, 'links'), linksBatch(ground));
  const pids = ['-p', '-r', '-c', '-b'].map((flag) => `${flag} ${folder}/pid${flag}`).join(' ');
  const command = `ip -batch ${folder}/links && exec keepalived ${options.join(' ')} ${pids} -f ${folder}/keepalived.conf`;
  const child: ChildProcess = spawn('unshare', ['-n', 'sh', '-c', command], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<{ code: number | null; signal: string | null }>((done, fail) => {
    child.once('error', fail).once('close', (code, signal) => done({ code, signal }));
  });
  const until = async (holds: (output: string) => boolean): Promise<void> => {
    const limit = Date.now() + LIMIT_MILLISECONDS;
    while (!holds(output)) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > limit)
        throw new Error(`keepalived did not come so far:\n${logLines(output).join('\n')}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const kill = async (): Promise<void> => {
    for (const pid of [child.pid, ...pidsIn(output).map(({ pid }) => Number(pid))]) killIfThere(pid);
    await ended;
  };
  return { output: () => output, signal: (signal) => child.kill(signal), until, kill, ended };
}

function killIfThere(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it has ended.
  }
}

/** Lines for `ip -batch`: every link is a veth that is up, since a host of a test may have no dummy. */
function linksBatch({ interfaces }: Ground): string {
  const lines = Object.entries(interfaces).flatMap(([name, addresses], index) => [
    `link add "${name}" type veth peer name peer${index}`,
    `link set "${name}" up`,
    `link set peer${index} up`,
    ...addresses.map((address) => `addr add ${address} dev "${name}"${address.includes(':') ? ' nodad' : ''}`),
  ]);
  return `${['link set lo up', ...lines].join('\n')}\n`;
}
