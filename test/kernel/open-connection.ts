import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import type { Director } from './director.ts';

const VIP = '192.0.2.77';
/** The service of `openConnection`. */
export const LOCAL = tcp(VIP, 80);

export interface OpenConnection {
  /** Port on 127.0.0.1 of the real server that has the connection. */
  readonly port: number;
  /** Port of another real server, which has none. */
  readonly other: number;
  isOpen(): boolean;
  /** Asks over the connection and gets an answer. */
  ask(): Promise<void>;
  close(): void;
}

/** Real servers in this process and one established connection through IPVS, in the lab's own namespace. */
export async function openConnection(t: TestContext, host: Director): Promise<OpenConnection> {
  assert.equal(host.netns, null, 'a process has one namespace');
  execFileSync('ip', ['address', 'replace', `${VIP}/32`, 'dev', 'lo']);
  t.after(() => execFileSync('ip', ['address', 'del', `${VIP}/32`, 'dev', 'lo']));
  const [port, other] = [await echoServer(t), await echoServer(t)];
  host.write(specText([service(LOCAL, [server('127.0.0.1', 1, { port })])]));
  const applied = await host.lvsctl('apply', '--auto-approve');
  assert.equal(applied.exitCode, 0, applied.stderr);
  const socket = connect({ host: VIP, port: 80 });
  t.after(() => socket.destroy());
  let open = true;
  socket.on('close', () => {
    open = false;
  });
  const ask = () =>
    new Promise<void>((done, fail) => {
      socket.once('data', () => done()).once('error', fail);
      socket.write('?');
    });
  await ask();
  return { port, other, ask, isOpen: () => open, close: () => void socket.destroy() };
}

async function echoServer(t: TestContext): Promise<number> {
  const sockets = new Set<Socket>();
  const echo: Server = createServer((socket) => {
    sockets.add(socket);
    socket.pipe(socket).on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
  t.after(() => {
    echo.close();
    for (const socket of sockets) socket.destroy();
  });
  return (echo.address() as AddressInfo).port;
}
