import assert from 'node:assert/strict';
import type { Kernel } from '../../src/host/kernel.ts';
import type { LiveTable } from '../../src/model/live.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { bareTable } from '../bare-table.ts';
import { runOperation } from '../plan/table-machine.ts';

export interface RecordingKernel extends Kernel {
  /** The table as the last read found it. */
  last(): LiveTable;
}

/** A kernel that tells every table it goes through, the ones between two operations of a batch included. */
export function recordingKernel(kernel: Kernel, onTable: (table: readonly VirtualService[]) => void): RecordingKernel {
  let latest: LiveTable | null = null;
  let table: readonly VirtualService[] | null = null;
  return {
    last: () => latest ?? assert.fail('never read'),
    rates: () => kernel.rates(),
    run: async (operations) => {
      assert.ok(table !== null, 'wrote without having read');
      const failures = await kernel.run(operations);
      assert.deepEqual(failures, []);
      for (const operation of operations) {
        table = runOperation(table, operation);
        onTable(table);
      }
      return failures;
    },
    read: async () => {
      const live = await kernel.read();
      if (table !== null) assert.deepEqual(bareTable(live.services), table, 'ipvsadm did something else than told');
      table = bareTable(live.services);
      onTable(table);
      latest = live;
      return live;
    },
  };
}
