import { sortServices, type VirtualService } from '../model/table.ts';
import type { Operation } from '../plan/plan.ts';
import { operationArguments } from './argv.ts';

/**
 * Input of `ipvsadm -R` for these operations, in their order. With markers, each rule follows a line that ipvsadm
 * refuses by name on stderr without asking the kernel anything; so every complaint follows the number of its rule
 * (`restoreFailures` reads it back). ipvsadm itself names neither line nor rule.
 */
export function restoreInput(operations: readonly Operation[], { markers }: { markers: boolean }): string {
  return operations
    .map((operation, index) => `${markers ? `-L --@${index}\n` : ''}${operationArguments(operation).join(' ')}\n`)
    .join('');
}

/** A whole table as `ipvsadm -R` input: sorted, and complete, with the thresholds that `ipvsadm -Sn` leaves out. */
export function saveTable(services: readonly VirtualService[]): string {
  return restoreInput(sortServices(services).flatMap(serviceOperations), { markers: false });
}

function serviceOperations(service: VirtualService): Operation[] {
  const { address, servers, ...attributes } = service;
  return [
    { op: 'add-service', service: address, attributes },
    ...servers.map((server): Operation => ({ op: 'add-server', service: address, server })),
  ];
}
