import { z } from 'zod';
import { command, safeText } from '../conf-scalars.ts';

/** Commands that run when the health of a service or of its real servers changes. */
export const serviceNotify = z
  .strictObject({
    up: command().optional().describe('Command run when a real server becomes healthy. keepalived: notify_up.'),
    down: command().optional().describe('Command run when a real server fails. keepalived: notify_down.'),
    quorum_up: command().optional().describe('Command run when the service gains its quorum. keepalived: quorum_up.'),
    quorum_down: command()
      .optional()
      .describe('Command run when the service loses its quorum. keepalived: quorum_down.'),
    user: safeText({ max: 64 })
      .optional()
      .describe('User, and group after a blank, that the commands run as. Default: keepalived.script_user.'),
  })
  .meta({ id: 'ServiceNotify', title: 'notify section' });
