import { interfacesOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const interfaceMissing: Rule<DirectorHost> = {
  id: 'DOC301',
  name: 'interface-missing',
  severity: 'error',
  why: 'An instance whose interface is not there is in fault, and connection sync does not start',
  source: 'keepalived vrrp.c; ip_vs_sync.c: ENODEV',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { interfaces } = host.facts;
  const named = interfacesOf(host);
  if (named.size === 0) return;
  if (!interfaces.known) return yield* notSeen(interfaces);
  const present = interfaces.value.map(({ name }) => name);
  for (const [name, use] of named) {
    if (present.includes(name)) continue;
    yield {
      seen: `There is no interface ${name}; there is ${present.join(', ')}`,
      wanted: `${name}, for ${use}`,
      advice: 'Name an interface of this host in the spec, or bring that one into being',
    };
  }
}
