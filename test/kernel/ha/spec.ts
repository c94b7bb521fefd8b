import type { Family } from '../../../src/model/address.ts';
import { HA_SERVERS, HA_VIPS } from '../../lab/ha-plan.ts';

/** What the specs of these tests have in common: two services by NAT and two by DR, one for each family. */
export function haSpec(directors: readonly string[], rest: object): object {
  return {
    version: 1,
    directors: Object.fromEntries(directors.map((name, index) => [name, director(index + 1)])),
    defaults: { check: 'none', scheduler: 'rr' },
    services: { ...services('nat'), ...services('dr') },
    ...rest,
  };
}

function director(host: number): object {
  return { address: `10.1.0.${host}`, interface: 'eth0' };
}

/** One service for each family on a VIP, with the real servers of a forwarding method. */
export function services(method: 'nat' | 'dr', { vip = method as keyof typeof HA_VIPS } = {}): Record<string, object> {
  const own = HA_SERVERS.filter(({ name }) => name.startsWith(method));
  const service = (family: Family) => ({
    vip: HA_VIPS[vip][family],
    port: 80,
    forwarding: method,
    servers: Object.fromEntries(
      own.map(({ name, addresses, port }) => [name, { address: addresses[family], port }] as const),
    ),
  });
  return { [`${vip}-ipv4`]: service('ipv4'), [`${vip}-ipv6`]: service('ipv6') };
}

/** VRRP for the DR services in an instance of its own, and for NAT in two that move together. */
export function vrrp(settings: object, families: readonly Family[] = ['ipv4', 'ipv6']) {
  const instance = (id: number, vip: keyof typeof HA_VIPS) => ({
    virtual_router_id: id,
    vips: families.map((family) => HA_VIPS[vip][family]),
    ...settings,
  });
  return {
    vrrp: {
      dr: instance(51, 'dr'),
      'nat-outside': instance(52, 'nat'),
      'nat-inside': { ...instance(53, 'gateway'), interface: 'eth1' },
    },
    sync_groups: { nat: { instances: ['nat-outside', 'nat-inside'] } },
  };
}
