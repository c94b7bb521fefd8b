/**
 * What health checks cost: 10,000 real servers, each asked every 2 s whether its port takes a connection. They are
 * addresses of the loopback behind a few listening sockets of another process, so that the figures are those of the checks
 * alone. --seconds 600 shows that memory does not grow.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Checker } from '../../src/health/checker.ts';
import type { CheckTarget } from '../../src/health/target.ts';
import type { Answer, Question } from '../../src/model/verdict.ts';

const CHECKS = 10_000;
const INTERVAL_SECONDS = 2;
const SOCKETS = 4;
/** Until every server was asked a few times, and what is allocated once is allocated. */
const WARMUP_SECONDS = 10;

async function main(seconds: number): Promise<void> {
  const listener = fork(import.meta.filename, ['--listen']);
  const [ports] = (await once(listener, 'message')) as [number[]];
  const checker = startChecker();
  console.log(`rss before            ${megabytes()}`);
  checker.setTargets(Array.from({ length: CHECKS }, (_, index) => target(index, ports)));
  await sleep(WARMUP_SECONDS * 1000);
  checker.lateness();
  await measure(checker, seconds);
  checker.stop();
  listener.kill();
}

async function measure(checker: Checker, seconds: number): Promise<void> {
  console.log(`rss after ${WARMUP_SECONDS} s        ${megabytes()}`);
  const [cpu, from] = [process.cpuUsage(), performance.now()];
  await sleep(seconds * 1000);
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const { questions, maxMs, p99Ms } = checker.lateness();
  const up = [...checker.verdicts().values()].filter(({ kind }) => kind === 'up').length;
  console.log(`rss ${String(seconds).padStart(4)} s later      ${megabytes()}`);
  console.log(`questions a second    ${((questions / wallMs) * 1000).toFixed(0)}`);
  console.log(`cpu                   ${((user + system) / 10 / wallMs).toFixed(1)} % of one core`);
  console.log(`late, 99 of 100       ${p99Ms.toFixed(1)} ms at most`);
  console.log(`late, the worst       ${maxMs.toFixed(1)} ms`);
  console.log(`up                    ${up} of ${CHECKS}`);
}

function startChecker(): Checker {
  return new Checker({
    ask: askTcp,
    now: () => performance.now(),
    wallNow: () => Date.now(),
    random: () => Math.random(),
    setTimer: (callback, milliseconds) => {
      const timer = setTimeout(callback, Math.ceil(milliseconds));
      return () => clearTimeout(timer);
    },
    onVerdict: ({ server, after }) => {
      if (after.kind === 'down') console.log(`${server.serverName} is down: ${after.detail}`);
    },
    onUnasked: ({ serverName }, error) => console.log(`${serverName} could not be asked: ${error}`),
    onLate: ({ server, lateSeconds }) => console.log(`${server.serverName} was asked ${lateSeconds.toFixed(1)} s late`),
  });
}

function askTcp({ server, timeoutSeconds }: Question, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ host: server.address, port: server.port });
    const fail = (detail: string) => {
      socket.destroy();
      resolve({ ok: false, detail });
    };
    socket.setTimeout(timeoutSeconds * 1000, () => fail('timeout'));
    signal.addEventListener('abort', () => fail('aborted'));
    socket.once('error', ({ message }) => fail(message));
    socket.once('connect', () => {
      // Without a reset, each connection would keep its port for a minute.
      socket.resetAndDestroy();
      resolve({ ok: true, detail: 'connected', weight: null });
    });
  });
}

function target(index: number, ports: readonly number[]): CheckTarget {
  const address = `127.1.${index >> 8}.${index & 255}`;
  return {
    server: {
      service: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.10', port: 80 },
      server: { family: 'ipv4', address, port: ports[index % SOCKETS] ?? 0 },
      serviceName: 'web',
      serverName: `web-${index}`,
      weight: 1,
    },
    seen: null,
    check: {
      mode: 'all',
      checks: [{ name: null, probe: { kind: 'tcp' }, address: null, port: null, source: null }],
      ...{
        intervalSeconds: INTERVAL_SECONDS,
        fastIntervalSeconds: 1,
        timeoutSeconds: 1,
        warmupSeconds: INTERVAL_SECONDS,
      },
      ...{ rise: 2, fall: 3, onFailure: 'remove', flapDamping: null },
    },
  };
}

/** Takes every connection, and says where. */
async function listen(): Promise<void> {
  const servers = Array.from({ length: SOCKETS }, () =>
    createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '0.0.0.0', 1024),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  process.send?.(servers.map((server) => (server.address() as AddressInfo).port));
}

function megabytes(): string {
  return `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`;
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' }, listen: { type: 'boolean' } } });
await (values.listen ? listen() : main(Number(values.seconds)));
