import type { Family } from '../model/address.ts';
import type { Tunnel } from '../model/table.ts';
import type { Use } from './real-server-hosts.ts';

/** The kind of device that unwraps packets, as ip-link(8) calls it. */
export type DeviceKind = 'ipip' | 'sit' | 'ip6tnl' | 'gre' | 'ip6gre';

/** What unwraps the packets that the director sends to one address of the host. */
interface Unwrapping {
  readonly kind: DeviceKind;
  /** Our own device takes what comes to this address; the kernel's tunl0 and its like take the rest, as before. */
  readonly local: string;
  /** Whether packets carry a GRE checksum: the kernel drops those that differ from the device (ip_tunnel_rcv). */
  readonly checksum: boolean;
}

export interface TunnelDevice extends Unwrapping {
  readonly name: string;
}

/** A UDP port that takes GUE, and hands what it unwraps to the tunnel device. */
export interface ReceivePort {
  readonly family: Family;
  readonly port: number;
}

export interface TunnelUse extends Use {
  readonly tunnel: Tunnel;
}

/** The uses that come through a tunnel. */
export function tunnelUses(uses: readonly Use[]): readonly TunnelUse[] {
  return uses.flatMap((use) => {
    const { forwarding } = use.server;
    return forwarding.method === 'tun' ? [{ ...use, tunnel: forwarding.tunnel }] : [];
  });
}

/** The devices for these uses, one for each way to wrap and each address: `lvs-ipip`, `lvs-ipip-2`. */
export function tunnelDevices(uses: readonly TunnelUse[]): readonly TunnelDevice[] {
  const distinct = [...new Map(uses.map(unwrappingOf).map((each) => [unwrappingKey(each), each])).values()];
  return distinct.map((each, index) => {
    const number = distinct.slice(0, index + 1).filter(({ kind }) => kind === each.kind).length;
    return { name: `lvs-${each.kind}${number === 1 ? '' : `-${number}`}`, ...each };
  });
}

/** The device that the packets of a use come out of. */
export function deviceOf(use: TunnelUse, devices: readonly TunnelDevice[]): TunnelDevice | undefined {
  const key = unwrappingKey(unwrappingOf(use));
  return devices.find((device) => unwrappingKey(device) === key);
}

function unwrappingKey({ kind, local, checksum }: Unwrapping): string {
  return `${kind} ${local} ${checksum}`;
}

function unwrappingOf({ server, service, tunnel }: TunnelUse): Unwrapping {
  return {
    kind: deviceKind(tunnel, { outer: server.family, inner: service.address.family }),
    local: server.address,
    checksum: tunnel.type === 'gre' && tunnel.checksum === 'csum',
  };
}

function deviceKind(tunnel: Tunnel, { outer, inner }: { outer: Family; inner: Family }): DeviceKind {
  if (tunnel.type === 'gre') return outer === 'ipv4' ? 'gre' : 'ip6gre';
  // GUE is IP in IP in UDP: its port takes off the UDP, an ordinary device the rest.
  if (outer === 'ipv6') return 'ip6tnl';
  return inner === 'ipv4' ? 'ipip' : 'sit';
}

/** What stands behind `ip link add NAME type`. */
export function linkOptions({ kind, local, checksum }: TunnelDevice): readonly string[] {
  return [kind, ...(kind === 'ip6tnl' ? ['mode', 'any'] : []), 'local', local, ...(checksum ? ['icsum'] : [])];
}

/** What no kernel can do, a sentence each: it has one GRE device for an address, with checksums or without. */
export function tunnelClashes(uses: readonly TunnelUse[]): readonly string[] {
  return [...Map.groupBy(uses, ({ server }) => server.address)].flatMap(([address, group]) => {
    const by = (checksum: string) =>
      group
        .filter(({ tunnel }) => tunnel.type === 'gre' && tunnel.checksum === checksum)
        .map(({ service }) => service.name);
    const [summed, plain] = [by('csum'), by('nocsum')];
    if (summed.length === 0 || plain.length === 0) return [];
    return [
      `${address} is reached by gre with a checksum (${summed.join(', ')}) and without one (${plain.join(', ')})`,
    ];
  });
}

/** The ports that take GUE, IPv4 first. */
export function receivePorts(uses: readonly TunnelUse[]): readonly ReceivePort[] {
  const ports = uses.flatMap(({ tunnel, server }) =>
    tunnel.type === 'gue' ? [{ family: server.family, port: tunnel.port }] : [],
  );
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const own = ports.filter((each) => each.family === family).map(({ port }) => port);
    return [...new Set(own)].sort((a, b) => a - b).map((port) => ({ family, port }));
  });
}

/** What a packet grows by on its way to the real server, in bytes (ip_vs_xmit.c: __ip_vs_get_out_rt). */
export function overhead({ tunnel, server }: TunnelUse): number {
  const outer = server.family === 'ipv4' ? 20 : 40;
  switch (tunnel.type) {
    case 'ipip':
      return outer;
    case 'gre':
      return outer + 4 + (tunnel.checksum === 'csum' ? 4 : 0);
    case 'gue':
      return outer + 8 + 4 + (tunnel.checksum === 'remcsum' ? 8 : 0);
  }
}

/** What a firewall knows the wrapped packets by. */
export function wireProtocol({ tunnel, service }: TunnelUse): string {
  switch (tunnel.type) {
    case 'gue':
      return `UDP port ${tunnel.port}`;
    case 'gre':
      return 'IP protocol 47';
    case 'ipip':
      return service.address.family === 'ipv4' ? 'IP protocol 4' : 'IP protocol 41';
  }
}
