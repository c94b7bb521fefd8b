import type { Desired, DesiredService } from '../model/desired.ts';
import { compareText } from '../model/table.ts';
import type { Vip, VrrpInstance } from '../model/vrrp.ts';
import { isInNetwork } from './network.ts';

interface HeldVip {
  readonly vip: Vip;
  readonly instance: VrrpInstance;
}

/** The VIPs whose network a real server is in: a director that holds one can be its gateway. */
export function vipsInNetworkOf(server: string, desired: Desired): readonly HeldVip[] {
  return heldVips(desired).filter(({ vip }) => isBeside(server, vip));
}

function isBeside(server: string, vip: Vip): boolean {
  return vip.address.text !== server && !isSingleAddress(vip) && isInNetwork(server, vip);
}

/**
 * The interfaces of a director, or of all of them, on which requests for an IPv4 service by nat come in and go out to its
 * real servers as well, by all that the spec says: the VIP is in the network of the real servers.
 */
export function oneArmInterfaces(desired: Desired, director: string | undefined): readonly string[] {
  const held = Map.groupBy(heldVips(desired), ({ vip }) => vip.address.text);
  const oneArm = desired.services.flatMap((service) => oneArmVips(service, held));
  const interfaces = oneArm.flatMap(({ vip, instance }) =>
    instance.members
      .filter((member) => director === undefined || member.director === director)
      .flatMap((member) => vip.interface ?? member.interface ?? []),
  );
  return [...new Set(interfaces)].sort(compareText);
}

function oneArmVips(
  { address, servers }: DesiredService,
  held: ReadonlyMap<string, readonly HeldVip[]>,
): readonly HeldVip[] {
  if (address.kind === 'fwmark' || address.family === 'ipv6') return [];
  const behind = servers.filter(({ forwarding }) => forwarding.method === 'nat');
  return (held.get(address.vip) ?? []).filter(({ vip }) => behind.some((server) => isBeside(server.address, vip)));
}

function heldVips({ keepalived }: Desired): readonly HeldVip[] {
  return keepalived.instances.flatMap((instance) =>
    [...instance.vips, ...instance.excludedVips].map((vip) => ({ vip, instance })),
  );
}

function isSingleAddress({ address, prefixLength }: Vip): boolean {
  return prefixLength === (address.family === 'ipv4' ? 32 : 128);
}
