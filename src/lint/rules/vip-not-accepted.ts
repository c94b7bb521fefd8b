import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, isStrict, strictPath, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const vipNotAccepted: Rule = {
  id: 'LVS180',
  name: 'vip-not-accepted',
  severity: 'error',
  why: 'keepalived drops packets to the VIPs by firewall rules then, before IPVS sees them: the services answer nobody',
  harm: 'Without accept mode keepalived installs firewall rules that drop packets to the VIPs on the master, before IPVS sees them. Everything looks right: the VIP is there, the service is in the kernel, and no client gets an answer. Strict mode does it too: with VRRP version 2 whatever is written, and with version 3 unless accept is, which lvsctl writes there.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          accept: false
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          accept: true
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance: accept mode; vrrp_nftables.c; keepalived.conf(5) no_accept; on strict mode: acassen/keepalived#474, #1373, #2046, #1142, #2319, #2339',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    if (isLost(loaded, instance, 'vips', 'excluded_vips', 'strict', 'version', 'priority')) continue;
    const { path, written, meant } = instance;
    // The owner of an address takes packets to it in any case.
    if (meant.members.every(({ priority }) => priority === 255)) continue;
    const service = serviceOn(loaded, instance);
    if (!meant.accept && service !== undefined)
      yield {
        path: [...path, 'accept'],
        message: `With accept: false nobody reaches ${service}, whose VIP ${instance.name} holds`,
        hint: 'remove it',
      };
    if (meant.accept && isStrict(loaded, meant) && meant.version === 2 && (service !== undefined || written.accept))
      yield {
        path: strictPath(instance),
        message: `Strict VRRP version 2 takes no packets to the VIPs of ${instance.name}${service === undefined ? '' : `, so nobody reaches ${service}`}`,
        hint: 'use version: 3, or strict: false',
      };
  }
}

/** A service on one of the VIPs. */
function serviceOn({ desired }: LoadedSpec, { meant }: WrittenInstance): string | undefined {
  const held = [...meant.vips, ...meant.excludedVips].map(({ address }) => address.text);
  return desired.services.find(({ address }) => address.kind === 'address' && held.includes(address.vip))?.name;
}
