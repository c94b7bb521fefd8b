import type { Outcome } from '../../src/daemon/converge.ts';
import { serviceKey, type VirtualService } from '../../src/model/table.ts';
import { subjectOfOperation } from '../../src/plan/subject.ts';
import { owning, server, service, type Sketch, tcp } from '../plan/build.ts';
import type { Place } from './apply.ts';
import { type Faults, memoryKernel } from './memory-kernel.ts';

/** Two services that change in every phase, and a third that is new: what a fault in one must not do to the others. */

export const A = tcp('192.0.2.1');
export const B = tcp('192.0.2.2');
export const NEW = tcp('192.0.2.3');
export const LIVE_A = service(A, [server('10.0.0.1'), server('10.0.0.2')]);
export const LIVE_B = service(B, [server('10.0.0.3'), server('10.0.0.4')]);
export const BEFORE = [LIVE_A, LIVE_B];
export const AFTER: Sketch[] = [
  service(A, [server('10.0.0.1'), server('10.0.0.9')], { scheduler: 'rr' }),
  service(B, [server('10.0.0.3'), server('10.0.0.9')], { scheduler: 'rr' }),
  service(NEW, [server('10.0.0.5'), server('10.0.0.6')]),
];
export const REFUSED = { kind: 'refused', message: 'No buffer space available' } as const;

export function place(faults: Faults = {}, before: readonly VirtualService[] = BEFORE): Place {
  return { kernel: memoryKernel(before, faults), state: owning(before), now: 1_000_000 };
}

export function find({ kernel }: Place, key: string): VirtualService {
  const found = kernel.table.find(({ address }) => serviceKey(address) === key);
  if (found === undefined) throw new Error(`${key} is not there`);
  return found;
}

export function without(table: readonly VirtualService[], key: string): VirtualService[] {
  return table.filter(({ address }) => serviceKey(address) !== key);
}

export function troubles({ results }: Outcome): string[] {
  return results
    .filter(({ result }) => result !== 'done')
    .map(({ step, result }) => `${result} ${step.operation.op} ${subjectOfOperation(step.operation)}`);
}

export function residualLabels({ residual }: Outcome): string[] {
  return residual.map(({ label }) => label);
}
