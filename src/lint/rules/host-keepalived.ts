import { yaml } from '../example.ts';
import { isOlder } from '../../model/version-order.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { declaredDirectors } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';

export const hostKeepalived: Rule = {
  id: 'LVS155',
  name: 'host-keepalived',
  severity: 'error',
  why: 'lvsctl writes keepalived.conf for keepalived.version; an older one goes on without the words that it does not know, so apply refuses to give it the file',
  harm: 'Keywords come with releases, and lvsctl writes those of keepalived.version. An older keepalived reports "Unknown keyword" and starts without what the word was for, so apply compares the versions and leaves such a director as it is. The other directors have the new file already, and the one that was left behind shows when it becomes master.',
  examples: {
    bad: yaml`
      keepalived: { version: 2.3.1 }
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { keepalived: "2.3.1" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { keepalived: "2.2.8" } }
    `,
    good: yaml`
      keepalived: { version: 2.2.8 }
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { keepalived: "2.2.8" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { keepalived: "2.2.8" } }
    `,
  },
  source: 'lvsctl; keepalived, release by release',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { version } = loaded.desired.keepalived;
  if (loaded.damaged(['keepalived', 'version'])) return;
  for (const { name, path, host } of declaredDirectors(loaded)) {
    if (host.keepalived === undefined || !isOlder(host.keepalived, version)) continue;
    yield {
      path: [...path, 'keepalived'],
      message: `${name} has keepalived ${host.keepalived}, and the spec is for ${version}`,
      hint:
        loaded.spec.keepalived?.version === undefined
          ? 'install a newer one there'
          : 'install a newer one there, or lower keepalived.version',
      related: [{ path: ['keepalived', 'version'], message: 'the version that is written for' }],
    };
  }
}
