import type { LoadedSpec } from '../../spec/load.ts';
import { OLDEST_KEEPALIVED } from '../../spec/resolve-keepalived.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const oldKeepalived: Rule = {
  id: 'LVS164',
  name: 'old-keepalived',
  severity: 'error',
  why: 'Nobody has tried what lvsctl writes with a version before that of Debian 12, and it lacks some of the keywords',
  harm: 'What lvsctl writes is tried with keepalived 2.2.7, that of Debian 12. Older versions lack some of its keywords, and go on without them.',
  examples: {
    bad: yaml`
      keepalived: { version: 2.0.20 }
    `,
    good: yaml`
      keepalived: { version: 2.2.7 }
    `,
  },
  source: 'lvsctl: its tests run keepalived 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const version = loaded.spec.keepalived?.version;
  if (version === undefined || !isOlder(version, OLDEST_KEEPALIVED)) return;
  yield {
    path: ['keepalived', 'version'],
    message: `keepalived ${version} is older than ${OLDEST_KEEPALIVED}, the oldest that lvsctl writes for`,
    hint: 'upgrade keepalived on the directors',
  };
}
