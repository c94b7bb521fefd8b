import type { Kernel, OperationFailure } from '../../src/host/kernel.ts';
import type { VirtualService } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { live } from '../plan/build.ts';
import { runOperation } from '../plan/table-machine.ts';

/** What goes wrong in a kernel in memory. What throws stands for ipvsadm ending badly, or for the end of lvsctl itself. */
export interface Faults {
  /** What becomes of an operation instead of its effect; `silent`: nothing, and nobody says so. */
  operation?: (operation: Operation) => Omit<OperationFailure, 'index'> | 'silent' | undefined;
  /** Called before each operation and, as `end`, after the last of a batch. */
  step?: (operation: Operation | 'end') => void;
  read?: () => void;
  /** What somebody else makes of the table after each batch. */
  rival?: (table: readonly VirtualService[]) => readonly VirtualService[];
}

export interface MemoryKernel extends Kernel {
  table: readonly VirtualService[];
  /** Open connections by `serverKey`. */
  active: Record<string, number>;
  faults: Faults;
  /** Every table there was. */
  readonly seen: (readonly VirtualService[])[];
  /** Every operation that had its effect, in order. */
  readonly ran: Operation[];
  /** How many batches came. */
  batches: number;
}

/** An IPVS table in memory behind the interface of the real one. */
export function memoryKernel(table: readonly VirtualService[], faults: Faults = {}): MemoryKernel {
  const kernel: MemoryKernel = {
    table,
    active: {},
    faults,
    seen: [table],
    ran: [],
    batches: 0,
    read: async () => {
      kernel.faults.read?.();
      return live(kernel.table, { active: kernel.active });
    },
    run: async (operations) => runBatch(kernel, operations),
    rates: async () => new Map(),
  };
  return kernel;
}

function runBatch(kernel: MemoryKernel, operations: readonly Operation[]): OperationFailure[] {
  kernel.batches += 1;
  const failures = operations.flatMap((operation, index) => {
    kernel.faults.step?.(operation);
    const failure = runOne(kernel, operation);
    return failure === null ? [] : [{ index, ...failure }];
  });
  kernel.faults.step?.('end');
  setTable(kernel, kernel.faults.rival?.(kernel.table) ?? kernel.table);
  return failures;
}

function runOne(kernel: MemoryKernel, operation: Operation): Omit<OperationFailure, 'index'> | null {
  const fault = kernel.faults.operation?.(operation);
  if (fault === 'silent') return null;
  if (fault !== undefined) return fault;
  try {
    setTable(kernel, runOperation(kernel.table, operation));
  } catch (error) {
    const message = (error as Error).message;
    return { kind: message.startsWith('EEXIST') ? 'exists' : 'missing', message };
  }
  kernel.ran.push(operation);
  return null;
}

function setTable(kernel: MemoryKernel, table: readonly VirtualService[]): void {
  kernel.table = table;
  kernel.seen.push(table);
}
