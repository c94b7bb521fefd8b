import type { LoadedSpec } from '../../spec/load.ts';
import { FAMILY_NAMES, isLinkLocalMulticast, isMulticast } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const multicastGroup: Rule = {
  id: 'LVS177',
  name: 'multicast-group',
  severity: 'error',
  why: 'keepalived skips a group that does not fit, and uses its own; the kernel refuses one for connection sync',
  harm: 'keepalived skips a group that is no multicast address or of the other family, and sends to its own, 224.0.0.18 or ff02::12, where it meets the routers it was to be kept apart from. With unicast no group is used at all. For connection sync the kernel refuses such a group, and no connection is synced.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          multicast_group: 192.0.2.99
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          multicast_group: 224.0.0.99
    `,
  },
  source: 'keepalived vrrp_parser.c vrrp_mcast_dstip_handler, global_parser.c lvs_syncd_handler; ip_vs_ctl.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const fault = isLost(loaded, instance, 'vips', 'unicast') ? undefined : faultOf(instance);
    if (fault !== undefined) yield { path: [...instance.path, 'multicast_group'], ...fault };
  }
  const group = loaded.spec.connection_sync?.group;
  if (group !== undefined && !isMulticast(group))
    yield {
      path: ['connection_sync', 'group'],
      message: `${group.text} is no multicast address`,
      hint: 'for example 224.0.0.81',
    };
}

function faultOf({ name, meant }: WrittenInstance): { readonly message: string; readonly hint?: string } | undefined {
  const { multicastGroup: group, family, unicast, vips } = meant;
  if (group === null) return undefined;
  if (unicast !== null)
    return { message: `${name} has a multicast_group, and sends unicast`, hint: 'remove one of the two' };
  if (group.family !== family && vips.length > 0)
    return {
      message: `${group.text} is ${FAMILY_NAMES[group.family]}, but the adverts of ${name} are ${FAMILY_NAMES[family]}`,
    };
  if (!isMulticast(group))
    return { message: `${group.text} is no multicast address`, hint: 'for routers one by one, use unicast' };
  if (group.family === 'ipv6' && !isLinkLocalMulticast(group))
    return { message: `${group.text} reaches beyond the link`, hint: 'choose a group from ff02::' };
  return undefined;
}
