import assert from 'node:assert/strict';
import type { Server, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../../../src/host/probes/ask.ts';
import type { Surroundings } from '../../../src/host/probes/asked.ts';
import { type Address, parseAddress } from '../../../src/model/address.ts';
import type { Probe } from '../../../src/model/check.ts';
import type { Answer, Question } from '../../../src/model/verdict.ts';

export interface Asking {
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly address?: string;
  readonly source?: string;
  /** Default: more than any answer takes. */
  readonly timeoutSeconds?: number;
  readonly surroundings?: Partial<Surroundings>;
}

export const SURROUNDINGS: Surroundings = {
  signal: new AbortController().signal,
  env: { PATH: process.env.PATH, HOME: '/home/test' },
  scriptUser: null,
  trackFilePath: (name) => name,
};

/** Asks a server of this host, and says when the time is up. */
export async function askHere(probe: Probe, asking: Asking = {}): Promise<Answer> {
  const question = questionOf(probe, asking);
  const surroundings = { ...SURROUNDINGS, ...asking.surroundings };
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(timeIsUp()), question.timeoutSeconds * 1000);
  const signal = AbortSignal.any([surroundings.signal, ending.signal]);
  return ask(question, { ...surroundings, signal }).finally(() => clearTimeout(timer));
}

export function timeIsUp(): DOMException {
  return new DOMException('its time is up', 'TimeoutError');
}

export function questionOf(probe: Probe, asking: Asking): Question {
  const { port = 1, address = '127.0.0.1', source, timeoutSeconds = 30 } = asking;
  const { family, text } = addressOf(address);
  return {
    service: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '203.0.113.10', port: 80 },
    server: { family, address: text, port },
    serviceName: 'web',
    serverName: 'web-1',
    weight: 5,
    check: { probe, address: null, port: null, source: source === undefined ? null : addressOf(source) },
    timeoutSeconds,
  };
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  assert.ok(address, text);
  return address;
}

/** Lets a server listen until the test is over; the port it got. */
export async function listening(t: TestContext, server: Server, host = '127.0.0.1'): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  t.after(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return portOf(server);
}

export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await holds()); await delay(20))
    assert.ok(performance.now() < end, `not within 20 s: ${what}`);
}

/** Runs work, and fails where it leaves a socket, a timer or a process behind. */
export async function leavingNothing(work: () => Promise<void>): Promise<void> {
  const before = resources();
  await work();
  // The ends of the sockets in the servers, which are here too, close a moment later.
  await eventually('nothing is open that was not before', () => {
    const after = Object.entries(resources());
    return after.every(([kind, found = []]) => found.length <= (before[kind]?.length ?? 0));
  });
}

function resources(): Partial<Record<string, string[]>> {
  return Object.groupBy(process.getActiveResourcesInfo(), (kind) => kind);
}
