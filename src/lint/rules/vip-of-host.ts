import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';
import { writtenVips } from '../written-vips.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const vipOfHost: Rule = {
  id: 'LVS153',
  name: 'vip-of-host',
  severity: 'error',
  why: 'A VIP moves, and an address of a host does not: two hosts would have it, or the host would lose its own with the VIP',
  harm: 'VRRP moves the VIP to whichever director is master. Where a host has the same address for itself, two hosts answer for it as soon as another director is master; and when keepalived takes the VIP away, the host loses its own address. While that director is master all looks well, so it shows at the first failover.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24, 192.0.2.12/24], priority: { lb1: 150, lb2: 100 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24, 192.0.2.13/24], priority: { lb1: 150, lb2: 100 } }
    `,
  },
  source: 'acassen/keepalived#836, #1385, #2479; RFC 5798 §6.4.2: only an owner has it for itself',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const instances = writtenInstances(loaded);
  if (instances.length === 0) return;
  const hosts = hostAddresses(loaded);
  for (const instance of instances) {
    // An owner has the VIP as its own address, which is a finding of its own.
    if (instance.meant.members.some(({ priority }) => priority === 255)) continue;
    for (const { path, address } of writtenVips(instance)) {
      const host = hosts.get(address.text);
      if (host === undefined) continue;
      yield {
        path,
        message: `${address.text} is a VIP of ${instance.name}, and the own address of ${host.name}`,
        hint: 'give the VIP an address of its own',
        related: [{ path: host.path, message: `the address of ${host.name}` }],
      };
    }
  }
}

function hostAddresses(loaded: LoadedSpec): ReadonlyMap<string, { readonly name: string; readonly path: Path }> {
  const hosts = new Map<string, { readonly name: string; readonly path: Path }>();
  for (const service of loaded.desired.services)
    for (const { server, written } of serversIn(loaded, service))
      hosts.set(server.address, { name: server.name, path: written.path });
  for (const [name, { address }] of Object.entries(loaded.spec.directors ?? {}))
    hosts.set(address.text, { name, path: ['directors', name, 'address'] });
  return hosts;
}
