import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands } from '../written-commands.ts';

export const notifyRestart: Rule = {
  id: 'LVS260',
  name: 'notify-restart',
  severity: 'warning',
  why: 'keepalived changes state as it starts, runs the command again, and so on: the VIPs never come to rest',
  harm: 'keepalived runs the notify commands at each change of state, the first one after its start too. A command that restarts keepalived makes it start, change state and run the command again, and the VIPs go with each turn. The log shows starts that are right one by one, and a service manager that does as it was told.',
  examples: {
    bad: yaml`
      keepalived: { script_user: root }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          notify: { backup: /usr/bin/systemctl restart keepalived }
    `,
    good: yaml`
      keepalived: { script_user: root }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          notify: { backup: /usr/bin/systemctl restart nginx }
    `,
  },
  source: 'keepalived vrrp_notify.c: notify scripts run at each change of state, the first one included',
  check,
};

const RESTART =
  /\bsystemctl\s+(?:\S+\s+)*?(?:re)?(?:start|load|stop)\b.*\bkeepalived\b|\bservice\s+keepalived\s+(?:re)?(?:start|load|stop)|\b(?:p|all)?kill(?:all)?\b.*\bkeepalived\b/;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command } of writtenCommands(loaded)) {
    if (!RESTART.test(command)) continue;
    yield {
      path,
      message: 'keepalived would stop, start or reload itself by this command',
      hint: 'remove it; to give up the VIPs follow a track script or a track file with weight 0',
    };
  }
}
