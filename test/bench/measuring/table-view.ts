import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/**
 * The kernel's table of a network namespace, cheap enough to be looked at all the time: it is read from /proc by way of a
 * process that sleeps there, where each ipvsadm would take from the one CPU of a guest what is measured.
 */
export class TableView {
  private readonly sleeper: ChildProcess;

  static async of(netns: string): Promise<TableView> {
    const sleeper = spawn('nsenter', [`--net=/run/netns/${netns}`, 'sh', '-c', 'echo ready; exec sleep infinity'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(sleeper.stdout, 'data');
    return new TableView(sleeper);
  }

  private constructor(sleeper: ChildProcess) {
    this.sleeper = sleeper;
  }

  /** Weight of a real server in a service, such as `TCP 10.1.0.101:80`; null where either is not there. */
  weight(service: string, server: string): number | null {
    let current = '';
    for (const line of readFileSync(`/proc/${this.sleeper.pid}/net/ip_vs`, 'utf8').split('\n')) {
      const [first = '', second = '', , weight] = line.trim().split(/ +/);
      if (first === '->' && current === service && endpoint(second) === server) return Number(weight);
      if (first !== '->') current = `${first} ${endpoint(second)}`;
    }
    return null;
  }

  close(): void {
    this.sleeper.kill('SIGKILL');
  }
}

/** `0A010065:0050` as the kernel prints it. */
function endpoint(hex: string): string {
  const [address = '', port = ''] = hex.split(':');
  const bytes = address.match(/../g) ?? [];
  return `${bytes.map((byte) => Number.parseInt(byte, 16)).join('.')}:${Number.parseInt(port, 16)}`;
}
