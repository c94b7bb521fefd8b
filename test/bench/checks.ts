/**
 * What health checks cost: 10,000 real servers, each asked every 2 s whether its port takes a connection. They are
 * addresses of the loopback behind a few listening sockets of another process, so that the figures are those of the checks
 * alone. --seconds 600 shows whether memory grows.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Checker } from '../../src/health/checker.ts';
import { ask } from '../../src/host/probes/ask.ts';
import type { CheckTarget } from '../../src/health/target.ts';
import { MemoryRecord } from './measuring/memory-record.ts';
import { waitedForCpu } from './measuring/run-queue.ts';

const CHECKS = 10_000;
const INTERVAL_SECONDS = 2;
const SOCKETS = 4;
/** Until every server was asked a few times, and what is allocated once is allocated. */
const WARMUP_SECONDS = 10;
/** What is too short to show growth says nothing of it. */
const LONG_SECONDS = 120;

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
  const memory = new MemoryRecord();
  const [cpu, waited, from] = [process.cpuUsage(), waitedForCpu(), performance.now()];
  await pass(seconds);
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const waitedMs = waitedForCpu() - waited;
  const { questions, maxMs, p99Ms } = checker.lateness();
  const up = [...checker.verdicts().values()].filter(({ kind }) => kind === 'up').length;
  memory.stop();
  console.log(`rss ${String(seconds).padStart(4)} s later      ${megabytes()}`);
  console.log(`questions a second    ${((questions / wallMs) * 1000).toFixed(0)}`);
  console.log(`cpu                   ${((user + system) / 10 / wallMs).toFixed(1)} % of one core`);
  console.log(`cpu for a question    ${((user + system) / questions).toFixed(0)} us`);
  console.log(`waited for a cpu      ${((waitedMs / wallMs) * 100).toFixed(1)} % of the time`);
  console.log(`late, 99 of 100       ${p99Ms.toFixed(1)} ms at most`);
  console.log(`late, the worst       ${maxMs.toFixed(1)} ms`);
  console.log(`up                    ${up} of ${CHECKS}`);
  if (seconds >= LONG_SECONDS) console.log(`memory                ${memory.summary()}`);
}

/** A long run says every minute what it holds. */
async function pass(seconds: number): Promise<void> {
  const minutes = seconds >= LONG_SECONDS ? Math.floor(seconds / 60) : 0;
  for (let minute = 1; minute <= minutes; minute++) {
    await sleep(60_000);
    console.log(`rss after ${String(minute).padStart(2)} min      ${megabytes()}`);
  }
  await sleep((seconds - minutes * 60) * 1000);
}

function startChecker(): Checker {
  return new Checker({
    // What is beside the signal is for scripts and files.
    ask: (question, signal) => ask(question, { signal, env: {}, scriptUser: null, trackFilePath: (name) => name }),
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
