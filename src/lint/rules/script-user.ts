import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenUsers } from '../written-commands.ts';

export const scriptUser: Rule = {
  id: 'LVS167',
  name: 'script-user',
  severity: 'error',
  why: 'keepalived takes the first word for a user, the second for a group, and ignores the rest',
  harm: 'keepalived reads a user and a group, and nothing else. A third word is dropped, so a script lacks the rights that a further group was to give it.',
  examples: {
    bad: yaml`
      keepalived: { script_user: keepalived_script adm www-data }
    `,
    good: yaml`
      keepalived: { script_user: keepalived_script adm }
    `,
  },
  source: 'keepalived lib/notify.c: set_script_uid_gid',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, user } of writtenUsers(loaded)) {
    if (user.trim().split(/\s+/).length <= 2) continue;
    yield { path, message: `"${user}" is more than a user and a group`, hint: 'write user, or user and group' };
  }
}
