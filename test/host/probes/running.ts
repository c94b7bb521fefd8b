import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestContext } from 'node:test';
import { eventually, portOf } from './asking.ts';

/** A program of the system that serves; it is ended with the test, if not before. */
export interface Running {
  readonly port: number;
  readonly kill: () => Promise<void>;
}

export interface Program {
  readonly command: (port: number) => readonly string[];
  /** Default: the first word of the command. */
  readonly name?: string;
  /** Whether it is ready to serve. */
  readonly isReady: (port: number) => Promise<boolean>;
}

/** Starts a program on a free port and waits until it serves. */
export async function running(t: TestContext, { command, name, isReady }: Program): Promise<Running> {
  const port = await freePort();
  const [file = '', ...args] = command(port);
  const child = spawn(file, args, { argv0: name ?? file, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  t.after(() => kill(child));
  await eventually('the program serves', async () => {
    if (child.exitCode !== null) throw new Error(`${file} ended with status ${child.exitCode}: ${output}`);
    return isReady(port);
  });
  return { port, kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((done) => server.close(done));
  return port;
}
