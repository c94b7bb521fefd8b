import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { OperationError } from '../errors.ts';
import { type Peer, peerOf } from './peer.ts';
import { requestLines } from './request-lines.ts';
import { describeSystemError } from './system-error.ts';

/** Who asks. */
export interface Caller {
  /** What the kernel knows of the process; null where that cannot be found. */
  peer(): Promise<Peer | null>;
}

export interface ControlServerOptions {
  readonly path: string;
  /** Whether the directory is lvsctl's own, so that the group may enter it too. */
  readonly isOwnDirectory: boolean;
  /** Who beside the owner may ask, by number; null: nobody. */
  readonly group: number | null;
  /** The environment of the programs that tell who asks. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Answers one line with one line. */
  readonly answer: (line: string, caller: Caller) => Promise<string>;
  /** The line that tells why somebody is cut off. */
  readonly tell: (reason: string) => string;
}

export interface ControlServer {
  /** Takes no more requests; those that are open get their answers. */
  close(): Promise<void>;
}

/** Enough for every operator at once; a line that does not come frees its place after some seconds. */
const MAX_CONNECTIONS = 256;

/**
 * Answers at a unix socket of mode 0660: the permissions of that file are the whole access control. Whoever calls this
 * holds the daemon lock, so a socket that is there already is nobody's.
 */
export async function serveControl(options: ControlServerOptions): Promise<ControlServer> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    // Whoever went away does not want the answer any more.
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    void serve(socket, options);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, options);
  return {
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of open) socket.destroySoon();
      await closed;
    },
  };
}

async function serve(socket: Socket, { env, answer, tell }: ControlServerOptions): Promise<void> {
  const caller: Caller = { peer: () => peerOf(socket, env) };
  try {
    for await (const line of requestLines(socket, tell)) socket.write(await answer(line, caller));
    socket.end();
  } catch {
    // It went away in the middle of a line, or was cut off.
    socket.destroy();
  }
}

async function listen(server: Server, options: ControlServerOptions): Promise<void> {
  const { path, group } = options;
  try {
    makePlace(options);
    await bind(server, path);
    if (group !== null) chownSync(path, -1, group);
    chmodSync(path, 0o660);
  } catch (error) {
    throw new OperationError(`Cannot open the control socket ${path}: ${describeSystemError(error)}`, {
      hints: ['Run as root, or name another place for it: LVSCTL_SOCKET, or LVSCTL_RUNTIME_DIR for the lock too.'],
      cause: error,
    });
  }
}

/** A directory for it, and no dead socket in the way. */
function makePlace({ path, group, isOwnDirectory }: ControlServerOptions): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o750 });
  if (group !== null && isOwnDirectory) chownSync(directory, -1, group);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
}

/** Nobody but us may connect before the owner and mode are right. */
function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).once('listening', resolve);
    const mask = process.umask(0o177);
    try {
      server.listen(path);
    } finally {
      process.umask(mask);
    }
  });
}
