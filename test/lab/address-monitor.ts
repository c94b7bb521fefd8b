import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** An address that came to a host or left it. */
export interface AddressChange {
  readonly address: string;
  /** As `ip address` takes it: `10.0.0.100/32 dev eth0`. */
  readonly place: string;
  readonly isThere: boolean;
  /** When the kernel did it, as Date.now() counts. */
  readonly at: number;
}

/** Every change of the addresses of one network namespace since it was started. */
export interface AddressMonitor {
  readonly changes: readonly AddressChange[];
  stop(): void;
}

/** Watches without asking again and again: in a guest, each look with a program of its own would cost 0.1 s. */
export function monitorAddresses(netns: string): AddressMonitor {
  const child = spawn('ip', ['-n', netns, '-o', '-ts', 'monitor', 'address'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const changes: AddressChange[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const change = parseLine(line);
    if (change !== undefined) changes.push(change);
  });
  child.unref();
  return { changes, stop: () => void child.kill('SIGKILL') };
}

/** `[2026-11-24T14:37:09.123456] Deleted 4: eth0    inet 10.0.0.100/32 scope global eth0\ ...` */
function parseLine(line: string): AddressChange | undefined {
  const [, time = '', deleted, device = '', address = '', length = ''] =
    /^\[(\S+)\] (Deleted )?\d+: (\S+)\s+inet6? ([0-9a-f.:]+)\/(\d+)/.exec(line) ?? [];
  if (address === '') return undefined;
  const place = `${address}/${length} dev ${device}`;
  return { address, place, isThere: deleted === undefined, at: Date.parse(time) };
}
