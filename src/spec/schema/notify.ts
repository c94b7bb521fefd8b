import { z } from 'zod';
import { command, safeText } from '../conf-scalars.ts';

/** Commands that run when a VRRP instance or a sync group changes its state. */
export const notify = z
  .strictObject({
    master: command().optional().describe('Command run on becoming master. keepalived: notify_master.'),
    backup: command().optional().describe('Command run on becoming backup. keepalived: notify_backup.'),
    fault: command().optional().describe('Command run on a fault. keepalived: notify_fault.'),
    stop: command().optional().describe('Command run when keepalived stops. keepalived: notify_stop.'),
    deleted: command()
      .optional()
      .describe('Command run when a reload removes the instance; not for sync groups. keepalived: notify_deleted.'),
    any: command()
      .optional()
      .describe('Command run on every change, with type, name, state and priority as arguments. keepalived: notify.'),
    user: safeText({ max: 64 })
      .optional()
      .describe('User, and group after a blank, that the commands run as. Default: keepalived.script_user.'),
  })
  .meta({ id: 'Notify', title: 'notify section' });
