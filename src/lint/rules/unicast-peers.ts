import type { LoadedSpec } from '../../spec/load.ts';
import { FAMILY_NAMES, whyNoHost } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const unicastPeers: Rule = {
  id: 'LVS176',
  name: 'unicast-peers',
  severity: 'error',
  why: 'Without anybody to speak to, an instance goes to fault, or falls back to multicast',
  harm: 'keepalived takes a list of peers without a valid one for none at all, and sends multicast, which clouds and many switches drop; since 2.2.5 a keyword makes it a fault instead. In the first case nobody hears the other and both directors hold the VIP, in the second none does.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150 }
          unicast: true
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          unicast: true
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance, vrrp_data.c alloc_vrrp_unicast_peer; measured with 2.2.7; acassen/keepalived#2458, #97; machine-config-operator PR 2576',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    if (instance.meant.unicast === null || isLost(loaded, instance, 'vips', 'source')) continue;
    yield* wrongPeers(instance);
    if (!directorsLost(loaded, instance)) yield* lonely(instance);
  }
}

function* wrongPeers({ name, path, meant }: WrittenInstance): Iterable<Report> {
  for (const [index, peer] of (meant.unicast?.peers ?? []).entries()) {
    const place = [...path, 'unicast', 'peers', index];
    const reason = whyNoHost(peer);
    if (peer.family !== meant.family && meant.vips.length > 0)
      yield {
        path: place,
        message: `${peer.text} is ${FAMILY_NAMES[peer.family]}, but the adverts of ${name} are ${FAMILY_NAMES[meant.family]}`,
      };
    else if (reason !== undefined) yield { path: place, message: `${peer.text} is ${reason}, and can be no peer` };
  }
}

function* lonely({ name, path, meant }: WrittenInstance): Iterable<Report> {
  const peers = (meant.unicast?.peers ?? []).map(({ text }) => text);
  for (const member of meant.members) {
    const others = meant.members.filter(({ director }) => director !== member.director);
    if ([...others.map(({ source }) => source?.text), ...peers].some((text) => text !== member.source?.text)) continue;
    yield {
      path: [...path, 'unicast'],
      side: 'key',
      message: `${member.director} has nobody to send the adverts of ${name} to`,
      hint: 'add another director, or unicast: { peers: [...] }',
    };
  }
}
