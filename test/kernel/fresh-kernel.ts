import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ipvsadmKernel } from '../../src/host/ipvsadm-kernel.ts';
import type { Kernel } from '../../src/host/kernel.ts';
import type { VirtualService } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { freshNamespace } from './namespace.ts';

export interface FreshKernel {
  readonly netns: string;
  readonly kernel: Kernel;
  /** Runs the real ipvsadm by hand: its arguments in one line. */
  readonly ipvsadm: (line: string, input?: string) => { stdout: string; stderr: string; status: number | null };
  /** Writes to ip_vs as programs do that are not ipvsadm; see fixtures/bin/foreign-writer. */
  readonly foreign: (line: string) => void;
}

/** The real kernel with an empty table of its own. */
export function freshKernel(t: TestContext, options: { readonly isUp?: boolean } = {}): FreshKernel {
  const netns = freshNamespace(t, options);
  const run = (file: string, line: string, input = '') => {
    const args = ['netns', 'exec', netns, file, ...line.split(' ')];
    return spawnSync('ip', args, { input, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  };
  const writer = join(import.meta.dirname, '../fixtures/bin/foreign-writer');
  return {
    netns,
    kernel: ipvsadmKernel({ netns, env: process.env }),
    ipvsadm: (line, input) => run('ipvsadm', line, input),
    foreign: (line) => {
      const { status, stderr } = run(writer, line);
      if (status !== 0) throw new Error(`foreign-writer ${line}: ${stderr}`);
    },
  };
}

/** What makes a table out of nothing. */
export function additions(services: readonly VirtualService[]): Operation[] {
  return services.flatMap(({ address, servers, ...attributes }): Operation[] => [
    { op: 'add-service', service: address, attributes },
    ...servers.map((server): Operation => ({ op: 'add-server', service: address, server })),
  ]);
}
