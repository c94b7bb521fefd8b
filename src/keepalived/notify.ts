import type { Notify } from '../model/vrrp.ts';
import { scriptStatement } from './script-statement.ts';
import type { Statement } from './block.ts';

/** The commands of an instance or a sync group that run on a change of state. */
export function notifyStatements({ master, backup, fault, stop, any, user }: Notify): Statement[] {
  return [
    ...scriptStatement('notify_master', master, user),
    ...scriptStatement('notify_backup', backup, user),
    ...scriptStatement('notify_fault', fault, user),
    ...scriptStatement('notify_stop', stop, user),
    ...scriptStatement('notify', any, user),
  ];
}
