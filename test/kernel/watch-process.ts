import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { until } from '../lab/until.ts';
import { type Program, startProgram } from './program.ts';
import type { WrittenTable } from './written-table.ts';

/** watch as a process of its own, with the log as JSON, that looks every second. */
export function startWatch(t: TestContext, table: WrittenTable, ...args: string[]): Program {
  return startProgram(t, table, ['watch', '--interval', '1s', '--log-level', 'debug', ...args]);
}

/** What the log said, whatever of it a test asks for. */
export interface Said {
  readonly event: string;
  readonly result?: string;
  readonly trigger?: string;
  readonly guard?: string;
  readonly subject?: string;
  readonly to?: string;
  readonly level: string;
}

/** Every whole line of its log; fails on one that is no JSON. */
function said({ output }: Program): Said[] {
  const lines = output.stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Said);
}

/** How many lines are like that. */
export function count(program: Program, like: Partial<Said>): number {
  const wanted = Object.entries(like);
  return said(program).filter((line) => wanted.every(([key, value]) => line[key as keyof Said] === value)).length;
}

/** Waits for that many lines like that. */
export function hear(program: Program, like: Partial<Said>, times = 1): Promise<void> {
  const describe = () => `${JSON.stringify(like)} x ${times} in\n${program.output.stdout}${program.output.stderr}`;
  return until(() => count(program, like) >= times, { describe });
}

/** So many looks at the table have come and gone. */
export async function looks(program: Program, times: number): Promise<void> {
  const before = count(program, { event: 'reconcile', trigger: 'drift-timer' });
  await hear(program, { event: 'reconcile', trigger: 'drift-timer' }, before + times);
}

/** The polite end: 0, and by no signal. */
export async function stop(program: Program): Promise<void> {
  program.child.kill('SIGTERM');
  assert.deepEqual(await program.ended, { code: 0, signal: null });
}
