import { serviceKey } from '../model/table.ts';
import type { RealServerHost, Use } from '../needs/real-server-hosts.ts';
import type { LocalAddress, RealServerNeeds } from '../needs/real-server-needs.ts';
import type { ReceivePort, TunnelDevice } from '../needs/tunnels.ts';

/** `web-1 (10.0.0.21)` */
export function hostTitle({ names, addresses }: RealServerHost): string {
  return `${names.join(' or ')} (${addresses.join(', ')})`;
}

/** What it serves, and how: `web-https, tcp 203.0.113.10:443, by dr`. */
export function useText({ service, server: { forwarding } }: Use): string {
  const method = forwarding.method === 'tun' ? `tun (${forwarding.tunnel.type})` : forwarding.method;
  return `${service.name}, ${serviceKey(service.address)}, by ${method}`;
}

/** What a host needs, by the files that systemd has for it. */
export interface NetworkdParts {
  readonly networks: readonly {
    readonly device: string;
    readonly file: string;
    readonly addresses: readonly LocalAddress[];
  }[];
  readonly netdevs: readonly (TunnelDevice & { readonly file: string })[];
  /** What systemd-networkd cannot make. */
  readonly commands: { readonly ports: readonly ReceivePort[]; readonly devices: readonly TunnelDevice[] };
}

/**
 * systemd-networkd knows no GRE checksums (systemd.netdev(5)), and gives a GUE port the protocol 0, which the kernel
 * refuses (netdev/fou-tunnel.c; systemd 252 gets ERANGE from Linux 6.1).
 */
export function networkdParts({ devices, receivePorts, addresses }: RealServerNeeds): NetworkdParts {
  const at = (device: string) => addresses.filter((address) => address.device === device);
  const onLo = at('lo');
  return {
    networks: [
      ...(onLo.length === 0 ? [] : [{ device: 'lo', file: '10-lvs-lo', addresses: onLo }]),
      ...devices.map(({ name }) => ({ device: name, file: `10-${name}`, addresses: at(name) })),
    ],
    netdevs: devices.filter(({ checksum }) => !checksum).map((device) => ({ ...device, file: `10-${device.name}` })),
    commands: { ports: receivePorts, devices: devices.filter(({ checksum }) => checksum) },
  };
}
