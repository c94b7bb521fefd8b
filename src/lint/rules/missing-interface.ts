import type { VrrpMember } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const missingInterface: Rule = {
  id: 'LVS168',
  name: 'missing-interface',
  severity: 'error',
  why: 'keepalived ends at once over an instance without an interface, and takes the other instances with it',
  harm: 'keepalived ends over an instance without an interface ("Unknown interface!"), with 2.2.7 also when it sends unicast. All other instances of that director end with it, and their VIPs are gone.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12 }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'keepalived vrrp.c chk_min_cfg: "Unknown interface!"; measured with 2.2.7, with unicast too',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  // A director without an interface is one mistake, however many instances it takes part in.
  const told = new Set<string>();
  for (const instance of writtenInstances(loaded)) {
    if (isLost(loaded, instance, 'interface') || directorsLost(loaded, instance)) continue;
    const { name, path, meant } = instance;
    const without = meant.members.filter((member) => member.interface === null && !told.has(member.director));
    for (const { director } of without) told.add(director);
    if (without.length > 0)
      yield {
        path,
        side: 'key',
        message: `${name} has no interface on ${without.map(({ director }) => director).join(', ')}`,
        hint: 'give the director an interface, or the instance',
      };
    for (const member of meant.members) if (member.interface === 'lo') yield loopback(instance, member);
  }
}

function loopback(instance: WrittenInstance, member: VrrpMember): Report {
  const message = `${instance.name} cannot speak VRRP on the loopback interface of ${member.director}`;
  return { path: interfacePath(instance, member), message, hint: 'name the interface of the network with the clients' };
}

/** Where the interface of a member is written. */
function interfacePath({ path, written }: WrittenInstance, { director }: VrrpMember): Path {
  const { interface: device } = written;
  if (typeof device === 'string') return [...path, 'interface'];
  return device?.[director] === undefined ? ['directors', director, 'interface'] : [...path, 'interface', director];
}
