import { setTimeout as delay } from 'node:timers/promises';
import { OperationError } from '../errors.ts';
import { restoreFailures } from '../ipvsadm/failures.ts';
import { assembleLiveTable, type Listings } from '../ipvsadm/live-table.ts';
import { parseRates } from '../ipvsadm/parse-rates.ts';
import { restoreInput } from '../ipvsadm/restore-input.ts';
import type { LiveTable, Rates } from '../model/live.ts';
import type { Operation } from '../plan/plan.ts';
import type { ExecResult } from './exec.ts';
import { execInNetns } from './in-netns.ts';
import { commandText, endedWell, type ToolCall, toolError } from './ipvsadm-errors.ts';
import type { Kernel, OperationFailure } from './kernel.ts';

export interface IpvsadmOptions {
  /** Name or path of the program. Default: `ipvsadm`, looked up in PATH, /usr/sbin and /sbin. */
  readonly ipvsadm?: string | undefined;
  /** Name of a network namespace of `ip netns`. Default: the one we are in. */
  readonly netns?: string | undefined;
  /** How long one call may take. Default: 30. */
  readonly timeoutSeconds?: number | undefined;
  /** The descriptor of our lock, which ipvsadm holds too: it may outlive us and still be working off its input. */
  readonly heldFd?: number | undefined;
  /** The environment that the program gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The IPVS table as ipvsadm shows and changes it. */
export function ipvsadmKernel(options: IpvsadmOptions): Kernel {
  const call: Call = (args, input) => callTool(options, { args, input });
  return {
    read: () => readTable(call),
    run: (operations) => runChunks(call, operations),
    rates: () => readRates(call),
  };
}

type Call = (args: readonly string[], input?: string) => Promise<{ tool: ToolCall; result: ExecResult }>;

async function callTool(
  { ipvsadm = 'ipvsadm', netns, timeoutSeconds = 30, heldFd, env }: IpvsadmOptions,
  { args, input = '' }: { args: readonly string[]; input: string | undefined },
): Promise<{ tool: ToolCall; result: ExecResult }> {
  const result = await execInNetns([ipvsadm, ...args], { netns, env, input, timeoutSeconds, heldFd });
  return { tool: { ipvsadm, args, netns, timeoutSeconds }, result };
}

async function outputOf(call: Call, args: readonly string[]): Promise<string> {
  const { tool, result } = await call(args);
  if (!endedWell(result)) throw toolError(tool, result);
  return result.stdout;
}

const READS = 4;
const READ_AGAIN_MILLISECONDS = 50;

/** Somebody who writes while we read makes the listings differ; that passes, so we read again. */
async function readTable(call: Call): Promise<LiveTable> {
  let difference = '';
  for (let attempt = 0; attempt < READS; attempt += 1) {
    await delay(attempt * READ_AGAIN_MILLISECONDS);
    const assembled = assembleLiveTable(await readListings(call));
    if (assembled.ok) return assembled.table;
    difference = assembled.difference;
  }
  throw new OperationError(`Cannot read the IPVS table: its listings did not agree in ${READS} reads: ${difference}`, {
    hints: ['Another program may be changing it without a pause; look for one, and run this again'],
  });
}

async function readListings(call: Call): Promise<Listings> {
  const results = await Promise.allSettled([
    outputOf(call, ['-Sn']),
    outputOf(call, ['-Ln', '--thresholds', '--exact']),
    outputOf(call, ['-L', '--timeout']),
    outputOf(call, ['-L', '--daemon']),
  ]);
  const [save = '', thresholds = '', timeouts = '', daemon = ''] = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return { save, thresholds, timeouts, daemon };
}

async function readRates(call: Call): Promise<Rates> {
  const args = ['-Ln', '--rate', '--exact'];
  const rates = parseRates(await outputOf(call, args));
  if (rates === undefined)
    throw new OperationError(`Cannot read what "${commandText({ args, netns: undefined })}" printed`);
  return rates;
}

/**
 * Bytes of one call's input: what a socket takes whole (net.core.wmem_default is three times that), so that a kill -9 of
 * ours never leaves ipvsadm half a line. It would run it: `-D -t 192.0.2.1:80` is the beginning of another rule.
 */
const CHUNK_BYTES = 64 * 1024;

async function runChunks(call: Call, operations: readonly Operation[]): Promise<OperationFailure[]> {
  const failures: OperationFailure[] = [];
  let from = 0;
  for (const chunk of chunksOf(operations)) {
    const found = await runChunk(call, { operations: chunk, isFirst: from === 0 });
    failures.push(...found.map((failure) => ({ ...failure, index: failure.index + from })));
    from += chunk.length;
    // What stopped one chunk stops the batch, as if it had been one.
    if (found.some(({ kind }) => kind === 'not-run')) return [...failures, ...neverRun(operations, from)];
  }
  return failures;
}

function chunksOf(operations: readonly Operation[]): Operation[][] {
  const chunks: Operation[][] = [];
  let room = 0;
  for (const operation of operations) {
    // All of it is ASCII. The marker's number grows with the chunk, so it is given its longest form.
    const bytes = restoreInput([operation], { markers: true }).length + String(CHUNK_BYTES).length;
    if (room < bytes) {
      chunks.push([]);
      room = CHUNK_BYTES;
    }
    chunks.at(-1)?.push(operation);
    room -= bytes;
  }
  return chunks;
}

async function runChunk(
  call: Call,
  { operations, isFirst }: { operations: readonly Operation[]; isFirst: boolean },
): Promise<readonly OperationFailure[]> {
  const { tool, result } = await call(['-R'], restoreInput(operations, { markers: true }));
  const { stderr, exitCode, signal, timedOut } = result;
  const stopped = timedOut ? { stopped: toolError(tool, result).message } : {};
  const report = restoreFailures({ stderr, exitCode, signal, count: operations.length, ...stopped });
  // Before the first rule nothing has happened, and it is the tool that failed, not a rule.
  if (!report.started && isFirst) throw toolError(tool, result);
  return report.failures;
}

function neverRun(operations: readonly Operation[], from: number): OperationFailure[] {
  const message = 'ipvsadm ended before this one';
  return operations.slice(from).map((_, at) => ({ index: from + at, kind: 'not-run', message }));
}
