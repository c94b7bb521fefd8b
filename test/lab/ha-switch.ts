import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The switch that all cables of a site end in. */
export interface Switch {
  /** Turns ports off or on, all in an instant, and says when it was done. */
  setPorts(ports: readonly string[], state: 'up' | 'down'): Promise<number>;
  stop(): void;
}

/** One `ip` that waits for orders: on a busy machine it takes a second to start one, long after what it was for. */
export function startSwitch(netns: string): Switch {
  const child = spawn('ip', ['-n', netns, '-o', '-batch', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.unref();
  return {
    async setPorts(ports, state) {
      const last = ports.at(-1);
      // What it prints says that it is done with what came before.
      const orders = [...ports.map((port) => `link set ${port} ${state}`), `link show ${last}`];
      child.stdin.write(orders.map((order) => `${order}\n`).join(''));
      const { done } = await lines.next();
      if (done) throw new Error(`The switch ${netns} ended by itself`);
      return Date.now();
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
