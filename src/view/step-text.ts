import { serverKey, serviceKey } from '../model/table.ts';
import type { Operation, Step } from '../plan/plan.ts';

const VERBS = {
  'add-service': 'add service',
  'edit-service': 'edit service',
  'delete-service': 'remove service',
  'add-server': 'add real server',
  'edit-server': 'edit real server',
  'delete-server': 'remove real server',
  'set-timeouts': 'set',
  'start-daemon': 'start',
  'stop-daemon': 'stop',
} as const satisfies Record<Operation['op'], string>;

/** One step as a line of progress: `add real server   web-https/web-5 10.20.0.15:443 weight 1`. */
export function stepText({ operation, label }: Step): string {
  const [address, rest] = detail(operation);
  // What nobody named is called by its address.
  const named = address === '' || label.endsWith(address) ? label : `${label} ${address}`;
  return `${verb(operation).padEnd(18)} ${named}${rest}`;
}

/** Weight 0 is no weight among others: no new connections, the established ones go on. */
function verb(operation: Operation): string {
  return operation.op === 'edit-server' && operation.server.weight === 0 ? 'quiesce' : VERBS[operation.op];
}

function detail(operation: Operation): [address: string, rest: string] {
  switch (operation.op) {
    case 'add-service':
    case 'edit-service':
    case 'delete-service':
      return [serviceKey(operation.service), ''];
    case 'add-server':
    case 'edit-server':
      return [serverKey(operation.server), ` weight ${operation.server.weight}`];
    case 'delete-server':
      return [serverKey(operation.server), ''];
    default:
      return ['', ''];
  }
}
