import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from './load-request.ts';

/** What a load does. Run it by `startLoad`. */
export interface LoadPlan {
  /** Asked in turn: http, https, or `dns://ADDRESS/NAME`. */
  readonly urls: readonly string[];
  /** Clients that keep their connection, one each. Default 4. */
  readonly keepAliveWorkers?: number;
  /** Clients that take a new connection for each request. Default 4. */
  readonly shortWorkers?: number;
  /** How long a kept connection lives before its client closes it and takes a new one. Default: for ever. */
  readonly connectionMilliseconds?: number;
  /** Pause of a client between two requests: a guest has one CPU for everybody. Default 20. */
  readonly pauseMilliseconds?: number;
  /** For https: file of the authority that is trusted, and the name that the certificate must be for. */
  readonly trust?: { readonly ca: string; readonly name: string };
}

/** What became of the requests so far. */
export interface LoadTotals {
  readonly requests: number;
  readonly failures: number;
  /** Failures by reason and URL. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Answers by the name of the real server. */
  readonly answers: Readonly<Record<string, number>>;
  /** Connections opened. */
  readonly connections: number;
  readonly maxMilliseconds: number;
}

const reasons: Record<string, number> = {};
const answers: Record<string, number> = {};
const counts = { requests: 0, failures: 0, connections: 0, maxMilliseconds: 0 };
let stopping = false;

async function main(plan: LoadPlan): Promise<void> {
  const kept = Array.from({ length: plan.keepAliveWorkers ?? 4 }, (_, index) => keepAliveWorker(plan, index));
  const short = Array.from({ length: plan.shortWorkers ?? 4 }, (_, index) => shortWorker(plan, index));
  process.stdout.write('ready\n');
  // `snapshot` asks for the totals; the end of the input ends the load.
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'snapshot') print();
  }
  stopping = true;
  await Promise.all([...kept, ...short]);
  print();
}

function print(): void {
  process.stdout.write(`${JSON.stringify({ ...counts, reasons, answers } satisfies LoadTotals)}\n`);
}

async function keepAliveWorker(plan: LoadPlan, index: number): Promise<void> {
  while (!stopping) {
    // One URL for the life of the connection, or there would be one connection for each.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const url = urlAt(plan, index);
    const end = performance.now() + (plan.connectionMilliseconds ?? Number.POSITIVE_INFINITY);
    while (!stopping && performance.now() < end) await ask(url, agent, plan);
    agent.destroy();
    index += plan.keepAliveWorkers ?? 4;
  }
}

async function shortWorker(plan: LoadPlan, index: number): Promise<void> {
  for (let turn = index; !stopping; turn++) await ask(urlAt(plan, turn), false, plan);
}

function urlAt(plan: LoadPlan, turn: number): string {
  return plan.urls[turn % plan.urls.length] ?? '';
}

async function ask(url: string, agent: Agent | false, plan: LoadPlan): Promise<void> {
  const start = performance.now();
  counts.requests++;
  try {
    const name = await request(url, { agent, trust: trustOf(plan), onConnection: () => counts.connections++ });
    answers[name] = (answers[name] ?? 0) + 1;
  } catch (error) {
    counts.failures++;
    const reason = `${error instanceof Error ? error.message : error} at ${url}`;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  counts.maxMilliseconds = Math.max(counts.maxMilliseconds, Math.round(performance.now() - start));
  await sleep(plan.pauseMilliseconds ?? 20);
}

let authority: string | undefined;

function trustOf({ trust }: LoadPlan): { ca: string; name: string } | undefined {
  if (trust === undefined) return undefined;
  authority ??= readFileSync(trust.ca, 'utf8');
  return { ca: authority, name: trust.name };
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as LoadPlan);
