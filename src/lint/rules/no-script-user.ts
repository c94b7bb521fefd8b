import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands, writtenUsers } from '../written-commands.ts';

export const noScriptUser: Rule = {
  id: 'LVS198',
  name: 'no-script-user',
  severity: 'warning',
  why: 'keepalived runs such a script as keepalived_script, and does without the script where there is no such user',
  harm: 'With enable_script_security and no user named, keepalived wants the user keepalived_script. Where a host does not have it, keepalived removes the script ("Unable to set default user for vrrp script"), and nothing is followed on that director.',
  examples: {
    bad: yaml`
      keepalived: { enable_script_security: true }
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      keepalived: { enable_script_security: true, script_user: nobody }
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived lib/notify.c set_default_script_user: "Unable to set default user for vrrp script %s - removing"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { script_user, enable_script_security } = loaded.spec.keepalived ?? {};
  if (script_user !== undefined || enable_script_security === false || loaded.damaged(['keepalived'])) return;
  const users = new Set(writtenUsers(loaded).map(({ path }) => JSON.stringify(path.slice(0, -1))));
  const nameless = writtenCommands(loaded).find(({ path }) => !users.has(JSON.stringify(path.slice(0, -1))));
  if (nameless === undefined) return;
  yield {
    path: nameless.path,
    message: 'Nothing says as whom this command runs, and not every host has the user keepalived_script',
    hint: 'write keepalived: { script_user: nobody }, or root where it must be',
  };
}
