import { z } from 'zod';
import { text } from '../scalars.ts';

/** Commands that run when a VRRP instance or a sync group changes its state. */
export const notify = z
  .strictObject({
    master: text().optional().describe('Command run on becoming master. keepalived: notify_master.'),
    backup: text().optional().describe('Command run on becoming backup. keepalived: notify_backup.'),
    fault: text().optional().describe('Command run on a fault. keepalived: notify_fault.'),
    stop: text().optional().describe('Command run when keepalived stops. keepalived: notify_stop.'),
    deleted: text()
      .optional()
      .describe('Command run when a reload removes the instance; not for sync groups. keepalived: notify_deleted.'),
    any: text()
      .optional()
      .describe('Command run on every change, with type, name, state and priority as arguments. keepalived: notify.'),
    user: text({ max: 64 })
      .optional()
      .describe('User, and group after a blank, that the commands run as. Default: keepalived.script_user.'),
  })
  .meta({ id: 'Notify', title: 'notify section' });
